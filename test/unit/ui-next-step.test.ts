// Invariant: after a build the screen says what comes next, and each thing once: what to do in the
// sentence, the keys in the key bar.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EventBody, PlannedStage } from "../../src/engine/journal/events.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";
import { StaleWatch } from "../../src/ui/control/stale-watch.ts";
import { initialUi, type ConsoleModel } from "../../src/ui/model.ts";
import { outcomeRow } from "../../src/ui/present/outcome.ts";
import { rowText } from "../../src/ui/present/cells.ts";
import { screenRows } from "../../src/ui/present/screen.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { modelBuild, modelOf } from "../support/console-model.ts";
import { attemptEnded, attemptStarted, planned } from "../support/journal-builder.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const artefacts = [{ path: "output/platform-20261123T101500Z.tgz", bytes: 9 }];
const stages = ["configure", "illumos", "extra", "live"];

function ended(outcome: "succeeded" | "failed" | "interrupted"): EventBody {
  return { type: "build-ended", outcome, exitCode: 0, durationMs: 9000, artefacts };
}

const good = modelBuild(
  stages,
  ...stages.flatMap((stage) => [...attemptStarted(stage), attemptEnded(stage, "succeeded")]),
  ended("succeeded"),
);

function failing(file?: string, folder?: string): BuildState {
  return modelBuild(
    stages,
    ...attemptStarted("extra"),
    {
      type: "problem",
      problem: {
        id: "1",
        kind: "compile-error",
        stage: "extra",
        attempt: 1,
        summary: `${file ?? "it"} does not compile`,
        ...(file === undefined ? {} : { file, line: 12 }),
        ...(folder === undefined ? {} : { folder }),
      },
    },
    attemptEnded("extra", "failed"),
    ended("failed"),
  );
}

function screen(build: BuildState, change: Partial<ConsoleModel> = {}, selected = "extra"): string {
  const ui = { ...initialUi, selected };
  const log = {
    ...{ stage: "extra", attempt: 1, attempts: 1, file: "extra.1.log", own: true },
    ...{ total: 0, lines: [], fresh: 0 },
  };
  return screenRows(modelOf(build, 9, { ui, log, ...change }), theme)
    .map((row) => rowText(row).trimEnd())
    .join("\n");
}

describe("after a failure", () => {
  it("the sentence says what to mend, and the key bar begins with what that needs", () => {
    const shown = screen(failing("lib/curl.c"));
    assert.match(shown, /^ extra failed\. Mend lib\/curl\.c:12, then retry\.$/m);
    assert.match(shown, /\n r retry {2}o editor {2}b build {2}f failures {2}[^\n]*$/);
    assert.match(screen(failing(`${"deep/".repeat(9)}curl.c`)), /Mend curl\.c:12, then retry\./);
  });

  it("a file in a folder that make told is named from the workspace on, on every screen", () => {
    const told = failing("curl.c", "/build/smartos-live/extra/src");
    const shown = screen(told);
    assert.match(shown, /Mend extra\/src\/curl\.c:12, then retry\./);
    assert.match(shown, /✗ extra extra\/src\/curl\.c does not compile \(extra\/src\/curl\.c:12\)/);
    const list = screen(told, { ui: { ...initialUi, selected: "extra", screen: "failures" } });
    assert.match(list, /│ extra\/src\/curl\.c:12/);
    assert.match(
      screen(failing("lib/curl.c", "/build/smartos-live/extra/lib")),
      /Mend lib\/curl\.c:12/,
    );
    assert.match(screen(failing("curl.c", "/opt/gcc")), /Mend curl\.c:12/);
  });

  it("no editor is offered where no file is named", () => {
    const shown = screen(failing());
    assert.match(shown, /^ extra failed\. Once it is mended, retry\.$/m);
    assert.doesNotMatch(shown, / o editor/);
  });

  it("a retry that did not help is told together with what to mend", () => {
    const again = modelBuild(
      stages,
      ...attemptStarted("extra"),
      attemptEnded("extra", "failed"),
      ...attemptStarted("extra", 2),
      attemptEnded("extra", "failed", 2),
      ended("failed"),
    );
    assert.match(
      screen(again),
      /^ extra failed again \(attempt 2\)\. Once it is mended, retry\.$/m,
    );
  });

  it("of an earlier build what it came to stands only on the screens that are about it", () => {
    const past = { at: 1, of: 2 };
    const broken = failing();
    const here = screen(broken, { past });
    assert.match(here, /build 1 of 2, read-only/);
    assert.match(here, /^ extra failed\./m);
    assert.doesNotMatch(here, /b build/, "nothing can be built in it");
    for (const name of ["manifest", "settings", "builds"] as const) {
      const there = screen(broken, { past, ui: { ...initialUi, screen: name } });
      assert.doesNotMatch(there, /failed|build 1 of 2/, there);
      assert.match(there, /^ Build 7 is open, read-only\. {2}0: back to the newest build\.$/m);
    }
  });

  it("stages that were given up are called so", () => {
    const given = modelBuild(
      stages,
      ...attemptStarted("extra"),
      attemptEnded("extra", "failed"),
      { type: "stage-skipped", stage: "live", reason: "extra failed" },
      ended("failed"),
    );
    assert.match(screen(given), /^ . live {2}not run: extra failed/m);
  });

  it("the stage is named that has to be selected for a retry", () => {
    assert.match(screen(failing(), {}, "live"), /Once it is mended, select extra and retry\./);
  });
});

describe("after a success", () => {
  it("the image is named, and the keys that tell how to boot it", () => {
    assert.match(
      screen(good),
      /^ Done: output\/platform-20261123T101500Z\.tgz {2}5, then i: how to boot it$/m,
    );
  });

  it("a build that was started elsewhere is told, with the key that shows it", () => {
    const past = { at: 1, of: 2, overtakenBy: 2 };
    assert.match(screen(good, { past }), /^ Build 2 was started elsewhere\. {2}0: show it\.$/m);
    const ui = { ...initialUi, screen: "settings" } as const;
    assert.equal(
      rowText(outcomeRow({ build: good, ui, past }) ?? []).trimEnd(),
      " Build 2 was started elsewhere.  0: show it.",
    );
  });

  it("stages that became stale are marked, with the key that builds them", () => {
    const stale = { configure: "the setting OVERLAYS changed", live: "configure will be built" };
    const facts = { percent: 100, stale };
    const tones = (change: Partial<ConsoleModel>): readonly (string | undefined)[] =>
      screenRows(modelOf(good, 9, { ui: { ...initialUi, selected: "extra" }, ...change }), theme)
        .flat()
        .filter(({ text }) => text === "✓")
        .map(({ tone }) => tone);
    assert.deepEqual(
      tones({}),
      Array.from(stages, () => "succeeded"),
    );
    assert.deepEqual(tones({ facts }), ["dim", "succeeded", "succeeded", "dim"]);
    const shown = screen(good, { facts });
    assert.match(
      shown,
      /^ ✓ configure {2}stale +00:01 │[^\n]*\n {3}the setting OVERLAYS changed +│/m,
    );
    assert.match(
      screen(good, { facts, size: { columns: 80, rows: 9 } }),
      /✓ live {2}stale: con.*… /,
    );
    assert.match(shown, /^ Changed since: b builds configure and live again\.$/m);
    const wide = screen(good, { facts, size: { columns: 200, rows: 60 } });
    assert.match(wide, /\n {3}the setting OVERLAYS changed /);
    const all = Object.fromEntries(stages.map((name) => [name, "it"]));
    assert.match(
      screen(good, { facts: { percent: 100, stale: all } }),
      /b builds configure, illumos and 2 more again\./,
    );
    assert.doesNotMatch(screen(good, { facts: { percent: 100, stale: {} } }), /Changed since/);
  });
});

describe("a prompt", () => {
  it("for a further filter says that it adds, and how to show all", () => {
    const overlay = { kind: "prompt", asks: "filter", text: "" } as const;
    const first = screen(good, { ui: { ...initialUi, overlay } });
    assert.match(first, /^ & {3}what to show; ! before it: what not$/m);
    const further = screen(good, { ui: { ...initialUi, overlay, filter: ["curl"] } });
    assert.match(
      further,
      /^ & {3}empty shows all; a text adds its lines to &curl; ! before it: what not$/m,
    );
  });
});

describe("what is stale", () => {
  const plan = (...run: readonly string[]): readonly PlannedStage[] =>
    stages.map((name) => planned(name, { run: run.includes(name), reasons: [`${name} changed`] }));

  it("is asked for when it may have changed and nobody types, and told of good stages only", async () => {
    let asked = 0;
    let news = 0;
    const watch = new StaleWatch({
      plan: () => Promise.resolve(plan(...(asked++ === 0 ? ["illumos", "extra", "live"] : []))),
      onNews: () => news++,
    });
    const build = failing();
    const look = async (lastKey: number, now: number): Promise<void> => {
      watch.look(build, lastKey, now);
      await new Promise(setImmediate);
    };
    const start = performance.now();
    await look(start, start + 5000);
    assert.equal(asked, 0, "nothing was changed");
    watch.expect();
    await look(start + 5000, start + 5100);
    assert.equal(asked, 0, "somebody types");
    await look(start, start + 5000);
    assert.deepEqual([asked, news], [1, 1]);
    assert.deepEqual(watch.stale, {}, "of the failed build no stage was good");
    await look(start + 6000, start + 9000);
    assert.equal(asked, 1, "it is too early for another look");
    await look(start, start + 3_600_000);
    assert.equal(asked, 1, "nobody is there");
    watch.forget();
    assert.equal(watch.stale, undefined);
  });

  it("is what a stage that was good would be built for, until a build begins", async () => {
    const watch = new StaleWatch({
      plan: () => Promise.resolve(plan("illumos", "live")),
      onNews: () => undefined,
    });
    watch.expect();
    watch.look(good, 0, performance.now() + 5000);
    await new Promise(setImmediate);
    assert.deepEqual(watch.stale, { illumos: "illumos changed", live: "live changed" });
    watch.expect();
    watch.look(good, 0, performance.now() + 9000);
    watch.forget();
    await new Promise(setImmediate);
    assert.equal(watch.stale, undefined, "the answer came too late");
  });

  it("is not told where nothing can be planned", async () => {
    const watch = new StaleWatch({
      plan: () => Promise.reject(new Error("no git here")),
      onNews: () => undefined,
    });
    watch.expect();
    watch.look(good, 0, performance.now() + 5000);
    await new Promise(setImmediate);
    assert.equal(watch.stale, undefined);
  });
});
