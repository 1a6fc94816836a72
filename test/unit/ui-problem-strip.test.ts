// Invariant: under the build nobody has to guess what is wrong or where: sentences are not cut where
// there is room, and the file and line are never lost.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EventBody, Problem } from "../../src/engine/journal/events.ts";
import { initialUi } from "../../src/ui/model.ts";
import { rowText, rowWidth } from "../../src/ui/present/cells.ts";
import { failureRows } from "../../src/ui/present/failures.ts";
import { failureStrip, stripHeight } from "../../src/ui/present/failure-strip.ts";
import { problemRows } from "../../src/ui/present/problem-text.ts";
import { groupOf } from "../../src/ui/present/problems.ts";
import { screenRows } from "../../src/ui/present/screen.ts";
import { wrapped } from "../../src/ui/present/wrapped.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { modelBuild, modelOf } from "../support/console-model.ts";
import { attemptEnded, attemptStarted, buildEnded } from "../support/journal-builder.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const long =
  "usr/src/uts/common/fs/zfs/zfs_vnops.c line 4711 does not compile: implicit declaration of " +
  "function ‘zfs_enter’; did you mean ‘zfs_inter’? [-Werror=implicit-function-declaration]";

function problem(id: number, change: Partial<Problem> = {}): EventBody {
  const common = { kind: "compile-error", stage: "extra", attempt: 1 } as const;
  return { type: "problem", problem: { id: `p${id}`, ...common, summary: long, ...change } };
}

function strip(size: { columns: number; rows: number }, ...problems: EventBody[]): string[] {
  const build = modelBuild(
    ["extra"],
    ...attemptStarted("extra"),
    ...problems,
    attemptEnded("extra", "failed"),
    buildEnded("failed"),
  );
  const model = modelOf(build, 9, { size, ui: { ...initialUi, selected: "extra" } });
  const rows = failureStrip(model, theme, size.columns);
  assert.equal(rows.length, stripHeight(model));
  for (const row of rows) assert.ok(rowWidth(row) <= size.columns, rowText(row));
  assert.equal(screenRows(model, theme).length, size.rows);
  return rows.map((row) => rowText(row).trimEnd());
}

describe("the problems under a build", () => {
  it("have as many rows as their sentences need, where there is room", () => {
    const [, ...rows] = strip({ columns: 80, rows: 24 }, problem(1, { component: "curl" }));
    assert.equal(rows.length, 3);
    assert.equal(rows.map((row) => row.trim()).join(" "), `✗ extra/curl ${long}`);
    assert.ok(rows.slice(1).every((row) => /^ {3}\S/.test(row)));
  });

  it("give the cause two rows and the others one where there are many", () => {
    const many = Array.from({ length: 50 }, (_, id) =>
      problem(id, { file: `src/file${id}.c`, line: 100 + id, summary: `file${id}.c: ${long}` }),
    );
    const rows = strip({ columns: 80, rows: 24 }, ...many);
    assert.equal(rows.length, 5);
    assert.match(rows[0] ?? "", /^ 50 problems, 47 not shown .* f all$/);
    assert.match(rows.join("\n"), /file0\.c:100[^]*file1\.c:101[^]*file2\.c:102/);
  });

  it("name the file and line where the sentence does not, or is cut before it does", () => {
    const at = { file: "src/deep/main.c", line: 17 };
    assert.match(
      strip({ columns: 80, rows: 24 }, problem(1, { summary: "it does not compile", ...at })).at(
        -1,
      ) ?? "",
      /✗ extra it does not compile \(src\/deep\/main\.c:17\)$/,
    );
    for (const width of [30, 40, 60, 76]) {
      for (const most of [1, 2, 3]) {
        const late = { ...bodyOf(problem(1)), ...at, summary: `${"words ".repeat(28)}main.c:17` };
        const rows = problemRows("extra", late, width, most, "…");
        assert.ok(rows.length <= most);
        assert.match(rows.join(" "), /main\.c:17\b/, `${most} rows of ${width}`);
      }
    }
  });

  it("are of the component, by the name that it is built by", () => {
    const { stage, attempt, kind, id, summary } = bodyOf(problem(1));
    const own = { stage, attempt, kind, id, summary };
    assert.equal(groupOf({ ...own, component: "curl" }), "extra/curl");
    assert.equal(groupOf({ ...own, component: "extra" }), "extra");
    assert.equal(groupOf({ ...own, stage: "local/kvm", component: "kvm" }), "local/kvm");
  });
});

describe("wrapped text", () => {
  it("loses no character, whatever the width", () => {
    const text = `${"/a/very/long/path".repeat(5)} and 漢字漢字 words`;
    for (const width of [1, 2, 7, 20, 100]) {
      const rows = wrapped(text, width);
      assert.equal(rows.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
      if (width > 1)
        assert.ok(rows.every((row) => rowWidth([{ text: row, tone: "plain" }]) <= width));
    }
  });
});

function bodyOf(event: EventBody): Problem {
  assert.ok(event.type === "problem");
  return event.problem;
}

describe("the place of a problem", () => {
  const placeAt = (width: number, change: Partial<Problem> = {}): string => {
    const at = { file: "projects/illumos-extra/curl/cookie.c", line: 24, lines: [93, 94] as const };
    const body = problem(1, { summary: "it does not compile", count: 3, ...at, ...change });
    const rows = failureRows(modelOf(modelBuild(["extra"], body), 9), theme, width, 20);
    return (
      (rows[1] ?? [])
        .map(({ text }) => text)
        .join("")
        .split("│")
        .at(-1)
        ?.trim() ?? ""
    );
  };

  it("tells as much as fits, and nothing in part but the folders", () => {
    assert.match(placeAt(160), /^projects.*cookie\.c:24, line 93 of the log, 3 times$/);
    assert.equal(placeAt(84), "projects/illumos-extra/curl/cookie.c:24, 3 times");
    assert.equal(placeAt(65), "…ts/illumos-extra/curl/cookie.c:24");
    assert.equal(placeAt(80, { file: "a.c" }), "a.c:24, line 93 of the log, 3 times");
  });
});
