// Invariant: the rows of the builds page are checked as a reader sees them, at every size.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { BuildState } from "../../src/engine/journal/state.ts";
import { compareBuilds } from "../../src/engine/journal/compare-builds.ts";
import type { PastBuild } from "../../src/engine/journal/past-builds.ts";
import { bar, spark } from "../../src/ui/pages/builds/bars.ts";
import { buildsRows, lastTop } from "../../src/ui/pages/builds/rows.ts";
import type { CompareView, ImageView, ListView } from "../../src/ui/pages/builds/view.ts";
import { whenText } from "../../src/ui/pages/builds/words.ts";
import { rowText, rowWidth } from "../../src/ui/present/cells.ts";
import { themeFor } from "../../src/ui/theme.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const ascii = themeFor({ LANG: "C" });
const now = Date.parse("2026-11-23T12:00:00Z");

const volumes = [
  { name: "/", bytes: 200e6, usedBytes: 120e6, inodes: 40_000, usedInodes: 12_000 },
  { name: "/usr", bytes: 400e6, usedBytes: 396e6, inodes: 50_000, usedInodes: 20_000 },
];

function build(number: number, change: Partial<PastBuild> = {}): PastBuild {
  const name = `${String(number).padStart(4, "0")}-20261123T101500Z`;
  return {
    folder: `/ws/log/smartbuild/${name}`,
    build: name,
    number,
    state: "succeeded",
    startedAt: "2026-11-23T10:15:00Z",
    durationMs: number * 60_000,
    exitCode: 0,
    targets: [],
    stages: ["configure", "illumos", "extra", "live"].map((stage, index) => ({
      name: stage,
      state: "succeeded",
      durationMs: (index + 1) * 15_000 * number,
      attempts: 1,
    })),
    problemCount: 0,
    artefacts: [
      { path: "output/platform-20261123T101500Z.tgz", bytes: 44e6 },
      { path: "output/platform-20261123T101500Z", bytes: 102e6 },
    ],
    image: { archive: "output/platform-x/i86pc/amd64/boot_archive", bytes: 100e6, volumes },
    ...change,
  };
}

const failed = build(2, {
  state: "failed",
  exitCode: 2,
  stages: [
    { name: "illumos", state: "succeeded", durationMs: 2_460_000, attempts: 1 },
    { name: "extra", state: "failed", durationMs: 190_000, attempts: 2, exitCode: 2 },
  ],
  problemCount: 3,
  firstProblem: "curl.c line 12 does not compile: foo is not declared",
  artefacts: [],
});

const list: ListView = {
  kind: "builds",
  keys: "builds",
  now,
  builds: [build(3), failed, build(1)],
  top: 0,
  chosen: 0,
  count: 3,
  isReading: false,
  longestMs: 180_000,
  marked: undefined,
  disk: {
    logBytes: 48e6,
    made: build(3).artefacts.map((made) => ({ ...made, isThere: true })),
    verification: { state: "never" },
  },
  isVerifying: false,
  use: { bytes: 1.2e9, rule: { builds: 50, bytes: 1e10 } },
};

const image: ImageView = {
  kind: "builds",
  keys: "builds-image",
  now,
  build: build(3),
  disk: list.disk ?? { logBytes: 0, made: [] },
  trends: volumes.map((fill) => ({ fill, bytes: [1, 2, 3], inodes: [5, 5, 5] })),
  root: "/home/builder/smartos-live",
  isVerifying: false,
  top: 0,
};

function state(name: string, head: string): BuildState {
  return {
    build: name,
    program: "smartbuild 0.1.0",
    workspace: "/ws",
    layout: "classic",
    targets: [],
    keepGoing: false,
    umask: 0,
    state: "succeeded",
    startedAt: "2026-11-23T10:15:00Z",
    stages: [],
    sources: {
      repositories: [{ name: "projects/illumos", head, changes: "" }],
      settings: {},
      fragments: { "configure.local": head },
    },
    problems: [],
    artefacts: [],
    hosts: [],
    lastSeq: 1,
    notes: [],
  };
}

const comparison: CompareView = {
  kind: "builds",
  keys: "builds-compare",
  now,
  older: build(1),
  newer: build(3),
  compared: compareBuilds(state("1", "a".repeat(40)), state("3", "b".repeat(40))),
  commits: ["8c1f2ab projects/illumos: Mend the frobnicator"],
  top: 0,
};

function shown(view: ListView | ImageView | CompareView, columns: number, rows: number): string {
  const drawn = buildsRows(view, theme, { columns, rows });
  return drawn.map((row) => rowText(row).trimEnd()).join("\n");
}

describe("the builds page", () => {
  it("fills exactly its room and is never wider than it, in Unicode and in ASCII", () => {
    for (const view of [list, { ...list, chosen: 1 }, image, comparison]) {
      for (const [columns, rows] of [
        [200, 56],
        [80, 20],
        [76, 20],
        [60, 9],
        [40, 8],
        [24, 4],
      ] as const) {
        for (const one of [theme, ascii]) {
          const drawn = buildsRows(view, one, { columns, rows });
          assert.equal(drawn.length, rows, `${view.keys} at ${columns}x${rows}`);
          const widest = Math.max(...drawn.map(rowWidth));
          // The caller cuts what is wider; lists and figures must not come to that.
          if (columns >= 76)
            assert.ok(
              widest <= columns,
              `${widest} of ${columns}: ${drawn.map(rowText).join("\n")}`,
            );
          const text = drawn.map(rowText).join("");
          if (one === ascii) assert.match(text, /^[\x20-\x7e]*$/);
        }
      }
    }
  });

  it("shows each build with its time and a bar, and the chosen one with its stages", () => {
    const text = shown(list, 80, 20);
    assert.match(text, /^›✓ {3}3 {2}Nov 23 \d\d:15 {4}03:00 {2}━━━━━━ /m);
    assert.match(text, /^ ✗ {3}2 /m);
    assert.match(text, /│ succeeded after 03:00$/m);
    assert.match(text, /│ ✓ live {8}03:00 {2}━+$/m);
    assert.match(text, /│ +44 MB {2}…\S+101500Z\.tgz$/m);
    assert.match(text, /│ +99 % {2}of \/usr, 40 % of inodes$/m);
    assert.match(text, /│ never verified; v verifies it$/m);
    assert.match(text, /^ 3 builds, 1\.2 GB of logs/m);
    assert.match(shown(list, 200, 20), /; logs of 50 builds and 10 GB are kept/);
  });

  it("tells what failed, and that its logs are gone", () => {
    const disk = { logBytes: 0, made: [], dropped: "logs dropped on 2026-11-23 to make room" };
    const text = shown({ ...list, chosen: 1, disk }, 100, 20);
    assert.match(text, /│ failed after 02:00, exit 2$/m);
    assert.match(text, /│ ✗ extra +03:10 .* attempt 2, exit 2$/m);
    assert.match(text, /│ ✗ 3 problems$/m);
    assert.match(text, /curl\.c line 12 does not compile/);
    assert.match(text, /│ logs dropped on 2026-11-23 to make room$/m);
  });

  it("keeps the longest stages and the failed one where there is little room", () => {
    const many = build(3, {
      stages: Array.from({ length: 30 }, (_, index) => ({
        name: `stage${index}`,
        state: index === 4 ? "failed" : "succeeded",
        durationMs: index === 20 ? 900_000 : 1000,
        attempts: 1,
      })),
    });
    const text = shown({ ...list, builds: [many], count: 1 }, 80, 20);
    assert.match(text, /✗ stage4 /);
    assert.match(text, /✓ stage20 +15:00/);
    assert.match(text, /and \d+ shorter stages, 00:\d\d/);
  });

  it("shows an image with its fill, the trend, and how to boot it", () => {
    const text = shown(image, 100, 40);
    assert.match(text, /room {5}60 % ━+\S? +120 MB of 200 MB +▁▅█/);
    assert.match(text, /inodes {3}40 % .*20000 of 50000 +▄▄▄/);
    assert.match(text, /piadm install \/var\/tmp\/platform-20261123T101500Z\.tgz/);
    assert.match(text, /scp \/home\/builder\/smartos-live\/output\/platform-\S+ root@MACHINE/);
    const gone = image.disk.made.map((made) => ({ ...made, isThere: false }));
    const without = shown({ ...image, disk: { ...image.disk, made: gone } }, 100, 40);
    assert.match(without, /not there any more; build again to have one/);
    assert.ok(lastTop(image, { columns: 80, rows: 10 }) > 0);
    assert.equal(lastTop(image, { columns: 80, rows: 90 }), 0);
  });

  it("compares two builds by what changed", () => {
    const text = shown(comparison, 80, 20);
    assert.match(text, /^ Build 1 and build 3 /m);
    assert.match(text, /in all +01:00 +03:00 +\+02:00$/m);
    assert.match(text, /^ Settings that differ\n {3}fragment configure\.local\n\n {3}stage /m);
    assert.match(text, / time \+\/-$/m);
    assert.match(text, /projects\/illumos: aaaaaaaaaa, then bbbbbbbbbb/);
    assert.match(text, /8c1f2ab projects\/illumos: Mend the frobnicator/);
  });

  it("says what to do where nothing was built", () => {
    const text = shown({ ...list, builds: [], count: 0 }, 80, 20);
    assert.match(
      text,
      /Nothing has been built here yet\.\n\n {3}1 {2}to the build screen; b there builds/,
    );
  });
});

describe("bars", () => {
  it("never leave their room, and show whatever is more than nothing", () => {
    for (const share of [-1, 0, 1e-9, 0.3, 0.999, 1, 7]) {
      for (const width of [0, 1, 5, 40]) {
        for (const plain of [true, false]) {
          const drawn = bar(share, width, plain);
          assert.ok(drawn.length <= width, `${share} in ${width}`);
          assert.equal(drawn.length > 0, share > 0 && width > 0);
        }
      }
    }
    assert.equal(bar(0.5, 3, false), "━╸");
    assert.equal(spark([1, 2, 3, 9], 3, false), "▁▂█");
    assert.equal(spark([], 3, false), "");
  });

  it("stand beside times of the same width, whatever the year", () => {
    assert.equal(whenText("2025-01-02T03:04:05Z", now).length, 12);
    assert.equal(whenText("2026-11-23T10:15:00Z", now).length, 12);
  });
});
