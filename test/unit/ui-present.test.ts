// Invariant: the rows of every screen are checked as a reader sees them, without a terminal.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foldAll } from "../../src/engine/journal/fold.ts";
import type { EventBody, JournalEvent } from "../../src/engine/journal/events.ts";
import { commandFor } from "../../src/ui/keymap.ts";
import {
  initialUi,
  noFacts,
  type ConsoleModel,
  type Size,
  type VisibleLine,
} from "../../src/ui/model.ts";
import { fit, rowText, rowWidth, shortenStart, spread, cell } from "../../src/ui/present/cells.ts";
import { clockTime } from "../../src/engine/journal/clock-time.ts";
import { screenRows } from "../../src/ui/present/screen.ts";
import { stageRows } from "../../src/ui/present/stage-rows.ts";
import { stageToFollow } from "../../src/ui/present/selection.ts";
import { paint, themeFor } from "../../src/ui/theme.ts";
import { attemptStarted, buildStarted, numbered, planned } from "../support/journal-builder.ts";
import { classicPlan } from "../support/screen-script.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const began = Date.parse("2026-11-23T10:15:00.000Z");

/** A build after some events, a second apart. */
function buildOf(...bodies: readonly EventBody[]): NonNullable<ConsoleModel["build"]> {
  const first: EventBody = {
    type: "build-started",
    build: "20261123T101500Z",
    program: "0.1.0",
    workspace: "/build/smartos-live",
    layout: "classic",
    targets: ["live"],
    keepGoing: false,
    umask: 0o22,
    plan: classicPlan,
    environment: {},
  };
  const events = [first, ...bodies].map((body, index): JournalEvent => ({
    v: 1,
    seq: index + 1,
    at: new Date(began + index * 1000).toISOString(),
    ...body,
  }));
  const build = foldAll(events);
  assert.ok(build !== undefined);
  return build;
}

function stageStarted(stage: string, attempt = 1): EventBody {
  return {
    type: "stage-started",
    stage,
    attempt,
    argv: ["make"],
    cwd: "/build/smartos-live",
    environment: {},
    log: `${stage}.${attempt}.log`,
    status: `${stage}.${attempt}.status`,
    furtherLogs: [],
    removed: [],
  };
}

function stageEnded(stage: string, outcome: "succeeded" | "failed", exitCode: number): EventBody {
  return { type: "stage-ended", stage, attempt: 1, outcome, exitCode, durationMs: 61_000 };
}

const extraRuns = buildOf(
  stageStarted("strap"),
  stageEnded("strap", "succeeded", 0),
  stageStarted("extra"),
  {
    type: "step",
    stage: "extra",
    attempt: 1,
    step: { name: "curl", index: 3, total: 7 },
    span: { log: "extra.1.log", start: 0, end: 9 },
  },
);

const extraFailed = buildOf(
  stageStarted("extra"),
  {
    type: "problem",
    problem: {
      id: "1",
      kind: "compile-error",
      stage: "extra",
      attempt: 1,
      summary: "curl.c:12: 'foo' undeclared",
    },
  },
  stageEnded("extra", "failed", 2),
  { type: "build-ended", outcome: "failed", exitCode: 2, durationMs: 90_000, artefacts: [] },
);

function line(number: number, text: string, kind?: VisibleLine["kind"]): VisibleLine {
  return {
    number,
    offset: 0,
    bytes: text.length,
    text,
    spans: [],
    cut: false,
    rewritten: false,
    kind,
  };
}

function modelOf(change: Partial<ConsoleModel> = {}): ConsoleModel {
  const build = "build" in change ? change.build : extraRuns;
  return {
    workspace: { root: "/build/smartos-live", layout: "classic" },
    version: "0.1.0",
    build,
    log: {
      stage: "extra",
      attempt: 1,
      attempts: 1,
      file: "extra.1.log",
      own: true,
      total: 812,
      lines: [
        line(810, "cc -c curl.c"),
        line(811, "curl.c:12:5: error: 'foo' undeclared", "failure"),
        line(812, "curl.c:14:5: warning: unused variable", "warning"),
      ],
      fresh: 0,
    },
    facts: noFacts,
    ui: { ...initialUi, selected: "extra" },
    size: { columns: 80, rows: 24 },
    now: began + 90_000,
    beat: 0,
    ...change,
  };
}

/** The whole screen as text. */
function screenText(model: ConsoleModel): readonly string[] {
  return screenRows(model, theme).map(rowText);
}

const sizes = [
  { columns: 200, rows: 60 },
  { columns: 80, rows: 24 },
  { columns: 60, rows: 20 },
  { columns: 40, rows: 12 },
  { columns: 24, rows: 8 },
  { columns: 20, rows: 5 },
];

describe("rows of cells", () => {
  it("fits a row to its width by filling or cutting", () => {
    assert.equal(rowText(fit([cell("abc")], 5, "…")), "abc  ");
    assert.equal(rowText(fit([cell("abc"), cell("def")], 5, "…")), "abcd…");
    assert.equal(rowText(fit([cell("漢字漢字")], 6, "…")), "漢字 …");
    assert.equal(rowText(shortOf("/build/smartos-live", 8)), "…os-live");
  });

  it("keeps the right end when the left is too long", () => {
    assert.equal(rowText(spread([cell("abcdefgh")], [cell(" 01:20")], 10, "…")), "abc… 01:20");
  });

  it("counts wide, combining and coloured characters as a terminal does", () => {
    assert.equal(rowWidth([cell("é漢✓\u0301🙂")]), 6);
  });
});

function shortOf(path: string, width: number): readonly [ReturnType<typeof cell>] {
  return [cell(shortenStart(path, width, "…"))];
}

describe("a duration", () => {
  it("is minutes and seconds, with hours when there are some", () => {
    assert.equal(clockTime(83_400), "01:23");
    assert.equal(clockTime(3_723_000), "1:02:03");
    assert.equal(clockTime(-5), "00:00");
  });
});

describe("what goes on beyond its pane", () => {
  const small = { columns: 40, rows: 12 };

  it("is marked in the stages", () => {
    assert.match(screenText(modelOf({ size: small })).join("\n"), /▲$(?:.*\n)+?.*▼$/m);
    const roomy = modelOf({ size: { columns: 40, rows: 60 } });
    assert.doesNotMatch(screenText(roomy).join("\n"), /[▲▼]/);
  });

  it("is marked in what is known of a problem", () => {
    const proof = [line(1, "curl.c:12:5: error: 'foo' undeclared", "cause")];
    const ui = { ...initialUi, selected: "extra", screen: "failures" } as const;
    const advice = "Mend it. ".repeat(40);
    const problems = extraFailed.problems.map((problem) => ({ ...problem, advice }));
    const long = { ...extraFailed, problems };
    const text = (size: Size): string =>
      screenText(modelOf({ build: long, ui, proof, size })).join("\n");
    assert.match(text(small), /▼$/m);
    assert.doesNotMatch(text({ columns: 80, rows: 60 }), /▼/);
  });
});

describe("the screen", () => {
  it("is as tall as any terminal and never wider, in every state", () => {
    const states: readonly Partial<ConsoleModel>[] = [
      {},
      { build: extraFailed },
      { build: undefined, log: undefined },
      { log: undefined },
      {
        ui: {
          ...initialUi,
          selected: "extra",
          overlay: { kind: "help", top: 0, text: "", typing: false },
        },
      },
      { ui: { ...initialUi, selected: "extra", overlay: { kind: "stop", choice: "cancel" } } },
      { ui: { ...initialUi, selected: "extra", screen: "log", pane: "log" } },
      {
        build: extraFailed,
        ui: { ...initialUi, selected: "extra", screen: "failures" },
        proof: Array.from({ length: 26 }, (_, i) => line(i + 1, "proof ".repeat(60), "cause")),
      },
      {
        ui: {
          ...initialUi,
          selected: "extra",
          overlay: { kind: "prompt", asks: "search", text: "x".repeat(300) },
        },
      },
      {
        ui: {
          ...initialUi,
          selected: "live",
          notice: "A sentence that is a good deal longer than forty cells.",
        },
      },
    ];
    for (const size of sizes) {
      for (const [index, state] of states.entries()) {
        const rows = screenText(modelOf({ ...state, size }));
        assert.equal(
          rows.length,
          size.rows,
          `rows of state ${index} at ${size.columns}x${size.rows}`,
        );
        for (const row of rows) assert.ok(rowWidth([cell(row)]) <= size.columns, row);
      }
    }
  });

  it("shows workspace, layout, build, progress and time on top", () => {
    const [header] = screenText(modelOf());
    assert.match(
      header ?? "",
      /smartos-live · classic · 20261123T101500Z +running {2}3 of 12 stages {2}01:30 $/,
    );
  });

  it("shows a running stage with its step and a failed one with its problems", () => {
    const rows = screenText(modelOf()).join("\n");
    assert.match(rows, /›⠋ extra {2}3\/7 curl +01:27/);
    assert.match(rows, / ✓ strap +01:01/);
    assert.match(rows, / - configure {2}up to date/);
    const failed = screenText(modelOf({ build: extraFailed })).join("\n");
    assert.match(failed, /✗ extra {2}exit 2 +✗1 01:01/);
    assert.match(failed, /extra failed\. Once it is mended, retry\. /);
  });

  it("names the new build where the cause of a failure lies in an earlier stage", () => {
    const common = { attempt: 1, summary: "usr/bin/curl is not there" };
    const installer = { component: "extra/curl", why: "it names the path", certain: false };
    const build = buildOf(
      stageStarted("extra"),
      { type: "problem", problem: { ...common, id: "1", kind: "entry-missing", stage: "extra" } },
      stageEnded("extra", "succeeded", 0),
      stageStarted("live"),
      {
        type: "problem",
        problem: { ...common, id: "2", kind: "entry-failed", stage: "live", installer },
      },
      stageEnded("live", "failed", 2),
      { type: "build-ended", outcome: "failed", exitCode: 2, durationMs: 90_000, artefacts: [] },
    );
    assert.match(
      screenText(modelOf({ build })).join("\n"),
      /^ live failed\. Mend extra\/curl, then b: builds extra and the rest again\. *$/m,
    );
    for (const screen of ["failures", "log"] as const) {
      const ui = { ...initialUi, selected: "extra", screen };
      assert.match(
        screenText(modelOf({ build, ui })).join("\n"),
        /^ live failed\. Mend extra\/curl, then 1, then b: builds extra and the rest again\. *$/m,
      );
    }
    const why = commandFor("build", "r")?.disabled;
    assert.ok(why !== undefined);
    assert.equal(why(modelOf({ build })), "extra did not fail; mend it, then b builds it again");
    assert.equal(
      why(modelOf({ build, ui: { ...initialUi, selected: "extra", screen: "log" } })),
      "extra did not fail; mend it, then 1, then b builds it again",
    );
    assert.equal(
      why(modelOf({ build, ui: { ...initialUi, selected: "strap" } })),
      "strap did not fail; to run it again: smartbuild retry strap",
    );
    const live = modelOf({ build, ui: { ...initialUi, selected: "live" } });
    assert.equal(why(live), undefined);
  });

  it("counts down to the end of what does not end by itself", () => {
    const stop: EventBody = { type: "stopping", signal: "SIGTERM", graceSeconds: 10 };
    const begun = [buildStarted([planned("strap")]), ...attemptStarted("strap"), stop];
    const build = foldAll(numbered(begun));
    assert.ok(build?.stopping !== undefined);
    const at = Date.parse(build.stopping.at);
    for (const [after, then] of [
      [0, "kills them in 10 s"],
      [6500, "kills them in 4 s"],
      [12_000, "kills what is left"],
      [-60_000, "kills them in 10 s"],
    ] as const) {
      const text = screenText(modelOf({ build, now: at + after })).join("\n");
      assert.ok(text.includes(`Stopping: asked all its processes to end, ${then}.`), text);
    }
  });

  it("offers no next problem once a build has succeeded without any", () => {
    const size = { columns: 200, rows: 24 };
    assert.match(screenText(modelOf({ build: extraFailed, size })).at(-1) ?? "", /e next problem/);
    const good = buildOf(stageStarted("live"), stageEnded("live", "succeeded", 0), {
      type: "build-ended",
      outcome: "succeeded",
      exitCode: 0,
      durationMs: 90_000,
      artefacts: [],
    });
    const bar = screenText(modelOf({ build: good, size })).at(-1) ?? "";
    assert.match(bar, /b build/);
    assert.doesNotMatch(bar, /next problem/);
  });

  it("marks failing and warning lines by a sign, not by colour alone", () => {
    const rows = screenText(modelOf());
    assert.ok(rows.some((row) => row.includes("│✗ curl.c:12:5: error: 'foo' undeclared")));
    assert.ok(rows.some((row) => row.includes("│! curl.c:14:5: warning")));
  });

  it("marks what is searched for, and says which hit it is and what is hidden", () => {
    const { log } = modelOf();
    assert.ok(log !== undefined);
    const hit = { ...line(7, "cc -c curl.c"), hits: [{ start: 6, end: 10 }] };
    const model = modelOf({
      log: {
        ...log,
        lines: [hit],
        search: { text: "curl", at: 3, count: 17, complete: 1 },
        filter: { hidden: 1234, shown: 1, context: 2, complete: 1 },
      },
      ui: { ...initialUi, selected: "extra", isNarrowed: true, filter: ["cc"] },
      size: { columns: 120, rows: 24 },
    });
    const rows = screenRows(model, theme);
    const painted = rows.map((row) => paint(row, theme)).join("\n");
    assert.match(painted, /cc -c \x1b\[30;43mcurl\x1b\[0m\.c/);
    assert.match(rows.map(rowText).join("\n"), /\/curl {2}3\/17.*&cc {2}1,234 lines hidden/);
  });

  it("says whether the log is followed, and how much came since", () => {
    assert.ok(screenText(modelOf()).some((row) => row.endsWith("following ")));
    const log = modelOf().log;
    assert.ok(log !== undefined);
    const paused = modelOf({
      log: { ...log, fresh: 17 },
      ui: { ...initialUi, selected: "extra", follow: false },
    });
    assert.ok(screenText(paused).some((row) => row.endsWith("paused, +17 new lines ")));
  });

  it("keeps the selected stage in view where not all stages fit", () => {
    for (const stage of classicPlan.map(({ name }) => name)) {
      const rows = stageRows(modelOf({ ui: { ...initialUi, selected: stage } }), theme, 40, 4);
      assert.ok(rows.some((row) => rowText(row).startsWith("›") && rowText(row).includes(stage)));
    }
  });

  it("is one line in a very small terminal", () => {
    const rows = screenText(modelOf({ size: { columns: 20, rows: 5 } }));
    assert.equal(rows[0]?.trimEnd(), "⠋ 3/12 extra 01:30");
    assert.equal(rows.slice(1).join("").trim(), "");
  });

  it("shows all three choices of the stop question at every size", () => {
    for (const size of sizes) {
      const overlay = { kind: "stop", choice: "cancel" } as const;
      const text = screenText(
        modelOf({ size, ui: { ...initialUi, selected: "extra", overlay } }),
      ).join("\n");
      assert.match(text, size.rows < 8 ? /s stop d detach Esc/ : /stop +detach +\[cancel\]/);
    }
  });

  it("names the next key before anything was built", () => {
    const text = screenText(modelOf({ build: undefined, log: undefined })).join("\n");
    assert.match(text, /b {2}configure, build the world/);
    assert.match(text, /b build {2}q quit {2}: actions {2}\? keys/);
  });

  it("draws ASCII only where the terminal has no UTF-8", () => {
    const ascii = themeFor({ LANG: "C" });
    for (const size of sizes) {
      for (const build of [extraRuns, extraFailed, undefined]) {
        for (const overlay of [undefined, { kind: "stop", choice: "stop" }] as const) {
          const model = modelOf({ build, size, ui: { ...initialUi, selected: "extra", overlay } });
          const text = screenRows(model, ascii).map(rowText).join("\n");
          assert.match(text, /^[\n\x20-\x7e]*$/);
        }
      }
    }
  });
});

describe("colours", () => {
  it("are the 16 of the terminal, and none at all with NO_COLOR", () => {
    const plain = themeFor({ LANG: "C.UTF-8", NO_COLOR: "1" });
    for (const build of [extraRuns, extraFailed]) {
      const rows = screenRows(modelOf({ build }), theme);
      const colours = rows.map((row) => paint(row, theme)).join("");
      assert.match(colours, /\x1b\[[\d;]*3[1-7]/);
      assert.doesNotMatch(colours, /[34]8[;:]/);
      const bare = rows.map((row) => paint(row, plain)).join("");
      assert.doesNotMatch(bare, /\x1b\[(?:\d+;)*[349]\d/);
    }
  });

  it("of the build itself are kept in its output", () => {
    const styled = {
      ...line(1, "red plain"),
      spans: [{ start: 0, end: 3, style: { foreground: 1 } }],
    };
    const log = modelOf().log;
    assert.ok(log !== undefined);
    const screen = screenRows(modelOf({ log: { ...log, lines: [styled] } }), theme);
    const row = screen.find((each) => rowText(each).includes("red plain")) ?? [];
    assert.ok(paint(row, theme).endsWith("  \x1b[31mred\x1b[0m plain"));
  });
});

describe("the stage to follow", () => {
  it("is the running one, then the one that failed, then the last", () => {
    assert.equal(stageToFollow(extraRuns)?.name, "extra");
    assert.equal(stageToFollow(extraFailed)?.name, "extra");
    const between = buildOf(stageStarted("strap"), stageEnded("strap", "succeeded", 0));
    assert.equal(stageToFollow(between)?.name, "strap");
    assert.equal(stageToFollow(buildOf())?.name, "preflight");
  });
});
