// Invariant: the header's counts are those of the rows under it, and its time is what was worked.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fold } from "../../src/engine/journal/fold.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";
import { initialUi } from "../../src/ui/model.ts";
import { rowText } from "../../src/ui/present/cells.ts";
import { agoText } from "../../src/ui/present/duration.ts";
import { headerRow } from "../../src/ui/present/header.ts";
import { logTitle } from "../../src/ui/present/log-title.ts";
import { quietText } from "../../src/ui/present/quiet-text.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { modelBuild, modelOf, modelStart } from "../support/console-model.ts";
import { attemptEnded, attemptStarted, buildEnded } from "../support/journal-builder.ts";

const theme = themeFor({ LANG: "C.UTF-8" });

function header(build: BuildState, seconds: number, width = 80): string {
  return rowText(headerRow(modelOf(build, seconds), theme, width));
}

describe("the header of a build", () => {
  const failed = [...attemptStarted("extra"), attemptEnded("extra", "failed")];

  it("counts stages that were up to date among those that are done", () => {
    const build = modelBuild(["strap", "extra"], ...failed);
    const [strap, extra] = build.stages;
    assert.ok(strap !== undefined && extra !== undefined);
    const fresh = { ...strap, state: "skipped", planned: false } as const;
    assert.match(header({ ...build, stages: [fresh, extra] }, 9), / 1 of 2 stages /);
    assert.match(header({ ...build, stages: [fresh, extra] }, 9, 40), / 1\/2 /);
    const given = { ...strap, state: "skipped" } as const;
    assert.match(header({ ...build, stages: [given, extra] }, 9), / 0 of 2 stages /);
  });

  it("says what an ended build took, and how long ago it ended", () => {
    const build = modelBuild(["extra"], ...failed, buildEnded("failed"));
    assert.match(header(build, 4), /failed {2}0 of 1 stages {2}took 00:09 {2}just now $/);
    assert.match(header(build, 724), / took 00:09 {2}12 min ago $/);
    assert.match(header(build, 724, 60), / took 00:09 {2}12 min ago $/);
  });

  it("leaves out the time between the end and a retry", () => {
    const build = modelBuild(["extra"], ...failed, buildEnded("failed"));
    // It ended in second 4; somebody came back 10 minutes later.
    const at = new Date(Date.parse(build.startedAt) + 604_000).toISOString();
    const body = { type: "command-taken", id: "a", command: "retry", stage: "extra" } as const;
    const again = { v: 1, seq: build.lastSeq + 1, at, ...body } as const;
    const retried = fold(build, again);
    assert.ok(retried !== undefined);
    assert.match(header(retried, 610), /running {2}0 of 1 stages {2}00:10 $/);
  });
});

describe("how long ago", () => {
  it("is told in one unit", () => {
    const minute = 60_000;
    const texts = [0, 59_999, minute, 59 * minute, 60 * minute, 47 * 60 * minute, 48 * 60 * minute];
    assert.deepEqual(texts.map(agoText), [
      "just now",
      "just now",
      "1 min ago",
      "59 min ago",
      "1 h ago",
      "47 h ago",
      "2 days ago",
    ]);
  });
});

describe("a quiet stage", () => {
  it("is told with what it waits for, the age of that only where there is room", () => {
    const now = modelStart + 300_000;
    const child = { command: "gcc -c foo.c", startedAt: now - 248_000 };
    const quiet = { stage: "extra", since: now - 250_000, child };
    assert.equal(quietText(quiet, now), "quiet 04:10: gcc -c foo.c (04:08)");
    assert.equal(quietText(quiet, now, 33), "quiet 04:10: gcc -c foo.c (04:08)");
    assert.equal(quietText(quiet, now, 32), "quiet 04:10: gcc -c foo.c");
  });
});

describe("the title of a log", () => {
  it("shows no half of a number", () => {
    const lines = [123_400, 123_420].map((number) => ({
      ...{ number, offset: number, bytes: 1, text: "x", spans: [] },
      ...{ cut: false, rewritten: false, kind: undefined },
    }));
    const log = {
      ...{ stage: "illumos", attempt: 1, attempts: 1, file: "illumos.1.nightly.log", own: false },
      ...{ total: 234_567, lines, fresh: 0 },
    };
    const model = modelOf(modelBuild(["illumos"], ...attemptStarted("illumos")), 9, {
      log,
      ui: { ...initialUi, selected: "illumos" },
    });
    const title = (width: number): string =>
      rowText(logTitle(model, lines, theme, width)).trimEnd();
    assert.match(title(60), /^ illumos {2}nightly\.log {2}123400-123420 of 234567 +following$/);
    assert.match(title(50), /^ illumos {2}nightly\.log {2}123400-123420 +following$/);
    assert.match(title(41), /^ illumos {2}nightly\.log +following$/);
  });

  it("names the key for the other logs where there is room", () => {
    const log = {
      ...{ stage: "illumos", attempt: 1, attempts: 1, file: "illumos.1.log", own: true },
      ...{ total: 0, lines: [], fresh: 0, others: 1 },
    };
    const model = modelOf(modelBuild(["illumos"], ...attemptStarted("illumos")), 9, {
      log,
      ui: { ...initialUi, selected: "illumos" },
    });
    const title = (width: number): string => rowText(logTitle(model, [], theme, width)).trimEnd();
    assert.match(title(60), /^ illumos {2}no output yet {2}L: other log +following$/);
    assert.match(title(40), /^ illumos {2}no output yet +following$/);
  });
});
