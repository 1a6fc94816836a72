// Invariant: the tree is checked as a reader sees it, without a terminal.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { BuildState } from "../../src/engine/journal/state.ts";
import {
  initialUi,
  noFacts,
  type BuildFacts,
  type ConsoleModel,
  type UiState,
} from "../../src/ui/model.ts";
import { rowText } from "../../src/ui/present/cells.ts";
import { screenRows } from "../../src/ui/present/screen.ts";
import { stageRows } from "../../src/ui/present/stage-rows.ts";
import { paint, themeFor } from "../../src/ui/theme.ts";
import {
  modelBuild,
  modelOf,
  modelStart,
  problemEvent,
  stepEvent,
} from "../support/console-model.ts";
import { attemptEnded, attemptStarted } from "../support/journal-builder.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const stages = ["strap", "illumos", "extra", "src", "local/kvm", "live"];

/** illumos took 3 steps, extra is at its fifth of nine. */
const running = modelBuild(
  stages,
  ...attemptStarted("illumos"),
  stepEvent("illumos", "Building tools", 1),
  stepEvent("illumos", "Building OS-Net", 2),
  attemptEnded("illumos", "succeeded"),
  ...attemptStarted("extra"),
  ...["libz", "openssl", "curl", "libxml", "python"].map((name, index) =>
    stepEvent("extra", name, index + 1, 9),
  ),
);

interface Room {
  readonly height: number;
  readonly width: number;
  readonly facts: BuildFacts;
}

function rowsOf(
  build: BuildState,
  ui: Partial<UiState> = {},
  { height = 20, width = 38, facts = noFacts }: Partial<Room> = {},
): readonly string[] {
  const model = modelOf(build, 60, { ui: { ...initialUi, selected: "extra", ...ui }, facts });
  return stageRows(model, theme, width, height).map((row) => rowText(row).trimEnd());
}

describe("the tree of stages", () => {
  it("opens what runs by itself: how many are done, the last ones, what runs, how many are left", () => {
    assert.deepEqual(rowsOf(running), [
      " · strap",
      " ✓ illumos  2 steps             00:01",
      "›⠋ extra  5/9                   00:54",
      "   ✓ 2 done                     00:02",
      "   ✓ curl                       00:01",
      "   ✓ libxml                     00:01",
      "   ⠋ python                     00:48",
      "   · 4 left",
      " · src",
      " · local/kvm",
      " · live",
    ]);
  });

  it("names the step in the row of the stage where there is no room for its own", () => {
    const rows = rowsOf(running, {}, { height: 6 });
    assert.equal(rows.length, 6);
    assert.equal(rows[2], "›⠋ extra  5/9 python            00:54");
  });

  it("shows all steps of a stage that was opened, and none of one that was closed", () => {
    const open = rowsOf(running, { opened: { illumos: true, extra: false } });
    assert.deepEqual(open.slice(1, 5), [
      " ✓ illumos                      00:01",
      "   ✓ Building tools             00:01",
      "   ✓ Building OS-Net            00:01",
      "›⠋ extra  5/9 python            00:54",
    ]);
  });

  it("keeps a step that is selected in sight", () => {
    const rows = rowsOf(running, { step: 0 });
    assert.ok(rows.includes("›  ✓ libz                       00:01"), rows.join("\n"));
  });

  it("shows the failed component of a failed stage, with its problems", () => {
    const build = modelBuild(
      stages,
      ...attemptStarted("extra"),
      stepEvent("extra", "libz", 1, 9),
      stepEvent("extra", "curl", 2, 9),
      problemEvent("extra", 1, "libz"),
      problemEvent("extra", 2, "libz"),
      attemptEnded("extra", "failed"),
    );
    const rows = rowsOf(build);
    assert.ok(rows.includes("›✗ extra  exit 2             ✗2 00:01"), rows.join("\n"));
    assert.ok(rows.includes("   ✗ libz                    ✗2 00:01"), rows.join("\n"));
    assert.ok(!rows.some((row) => row.includes("curl")), "what went on is not the failure");
  });

  it("takes the last step for the failed one where no problem names a component", () => {
    const build = modelBuild(
      stages,
      ...attemptStarted("extra"),
      stepEvent("extra", "libz", 1, 9),
      stepEvent("extra", "curl", 2, 9),
      attemptEnded("extra", "failed"),
    );
    assert.ok(rowsOf(build).some((row) => row.startsWith("   ✗ curl")));
  });

  it("never loses the running stage, whatever is selected and however low the screen is", () => {
    for (const selected of stages) {
      for (let height = 2; height < 12; height++) {
        const rows = rowsOf(running, { selected }, { height });
        assert.ok(rows.length <= height);
        assert.ok(
          rows.some((row) => /^[› ]⠋ extra/.test(row)),
          `${selected} in ${height} rows`,
        );
        assert.ok(
          rows.some((row) => row.startsWith("›")),
          `${selected} in ${height} rows`,
        );
      }
    }
  });
});

const facts: BuildFacts = {
  runs: {
    runs: {
      strap: { scratch: [61_000, 59_000, 60_000] },
      extra: { scratch: [50_000, 50_500] },
      src: { incremental: [5000], scratch: [63_000, 1000, 62_000, 64_000, 65_000] },
    },
    lastFailed: [],
  },
  percent: 42,
};

describe("estimates", () => {
  it("stand in a row under the running stage, and in those of waiting stages", () => {
    assert.deepEqual(rowsOf(running, {}, { facts }).slice(0, 4), [
      " · strap      ETA 01:00 (median of 3)",
      " ✓ illumos  2 steps             00:01",
      "›⠋ extra  5/9                   00:54",
      "   +00:03 over estimate (median of 2)",
    ]);
    const rows = rowsOf(running, {}, { facts });
    assert.ok(rows.includes(" · src        ETA 01:03 (median of 5)"), rows.join("\n"));
    assert.ok(rows.includes(" · live       no estimate (first run)"), rows.join("\n"));
  });

  it("are said to be none once where nothing tells of any stage", () => {
    const none = (ui: Partial<UiState>): readonly string[] =>
      rowsOf(running, ui, { facts: { ...facts, runs: { runs: {}, lastFailed: [] } } }).filter(
        (row) => row.includes("no estimate") || row.trim() === "",
      );
    assert.deepEqual(none({}), ["   no estimate (first run)"]);
    assert.deepEqual(none({ selected: "live" }), ["›· live       no estimate (first run)"]);
    assert.deepEqual(none({ selected: "illumos" }), ["   no estimate (first run)"]);
  });

  it("have a column where there is room", () => {
    const rows = rowsOf(running, {}, { facts, width: 70 });
    assert.match(rows[0] ?? "", /^ · strap {30,}ETA 01:00 \(median of 3\)$/);
    assert.match(rows[2] ?? "", /^›⠋ extra {2}5\/9 +00:54 {2}\+00:03 over estimate$/);
    assert.equal(rows[3]?.indexOf("00:02"), rows[2]?.indexOf("00:54"));
  });

  it("are told of a retry by past retries alone", () => {
    const failed = modelBuild(stages, ...attemptStarted("src"), attemptEnded("src", "failed"), {
      type: "command-taken",
      id: "a",
      command: "retry",
      stage: "src",
    });
    const rows = rowsOf(failed, { selected: "src" }, { facts, width: 70 });
    assert.ok(
      rows.some((row) => /^›· src .*no estimate \(first retry\)$/.test(row)),
      rows.join("\n"),
    );
  });
});

describe("a quiet stage", () => {
  const quiet = { stage: "extra", since: modelStart + 10_000 };
  it("says since when, and what it waits for and since when", () => {
    const child = { command: "gcc ... foo.c", startedAt: modelStart + 12_000 };
    const rows = rowsOf(
      running,
      {},
      { facts: { ...facts, quiet: { ...quiet, child } }, width: 50 },
    );
    assert.equal(rows[3], "   quiet 00:50: gcc ... foo.c (00:48)");
    assert.match(rows[4] ?? "", /^ {3}\+00:03 over estimate/);
  });

  it("says so in its own row where there is no other", () => {
    const rows = rowsOf(running, {}, { facts: { ...facts, quiet }, height: 6 });
    assert.equal(rows[2], "›⠋ extra  quiet 00:50           00:54");
  });
});

describe("the problems under the build", () => {
  const build = modelBuild(
    stages,
    ...attemptStarted("extra"),
    ...Array.from({ length: 50 }, (_, index) => problemEvent("extra", index, "libz")),
  );
  const screen = (rows: number, columns = 80): readonly string[] =>
    screenRows(
      modelOf(build, 60, { ui: { ...initialUi, selected: "extra" }, size: { columns, rows } }),
      theme,
    ).map(rowText);

  it("take at most a third of the screen, and none of a low one", () => {
    for (let rows = 8; rows <= 60; rows++) {
      for (const columns of [40, 80]) {
        const shown = screen(rows, columns);
        const strip = shown.filter((row) => /^ ✗ extra libz|^ 50 problems/.test(row)).length;
        assert.ok(strip <= rows / 3, `${strip} of ${rows}`);
        assert.ok(
          shown.some((row) => /^›⠋ extra/.test(row)),
          `what runs, in ${rows} rows`,
        );
        assert.equal(shown.length, rows);
      }
    }
    assert.ok(screen(24).some((row) => row.startsWith(" 50 problems, 46 not shown ─")));
  });

  it("name a stage once, though its component is called the same", () => {
    const found = modelBuild(stages, ...attemptStarted("src"), problemEvent("src", 1, "src"));
    const rows = screenRows(modelOf(found, 60, { size: { columns: 80, rows: 24 } }), theme);
    const row = rows.map(rowText).find((each) => each.startsWith(" ✗ src"));
    assert.match(row ?? "", /^ ✗ src file1\.c/);
  });

  it("link to the files they name, where links are wanted", () => {
    const model: ConsoleModel = modelOf(build, 60);
    const painted = (links: boolean): string =>
      screenRows(model, theme)
        .map((row) => paint(row, { ...theme, links }))
        .join("\n");
    assert.match(
      painted(true),
      /\x1b\]8;;file:\/\/[^/]*\/build\/smartos-live\/src\/file0\.c\x1b\\(?:\x1b\[0m)?file0\.c:0: undeclared\x1b\]8;;\x1b\\/,
    );
    assert.doesNotMatch(painted(false), /\x1b\]/);
  });
});
