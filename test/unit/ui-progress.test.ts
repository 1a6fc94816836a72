// Invariant: how far a build is, and what the terminal is told of it, follow from its state.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EventBody, JournalEvent } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";
import type { PastRunsRead } from "../../src/engine/journal/estimate.ts";
import { EndBell } from "../../src/ui/control/end-bell.ts";
import { rowText } from "../../src/ui/present/cells.ts";
import { headerRow } from "../../src/ui/present/header.ts";
import { buildEta, percentDone } from "../../src/ui/present/progress.ts";
import { terminalWords } from "../../src/ui/present/terminal-words.ts";
import { TerminalSignals } from "../../src/ui/terminal/signals.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { modelBuild, modelOf, modelStart, stepEvent } from "../support/console-model.ts";
import {
  attemptEnded,
  attemptStarted,
  buildEnded,
  buildStarted,
  numbered,
  planned,
} from "../support/journal-builder.ts";

const stages = ["strap", "extra", "live"];
const past: PastRunsRead = {
  runs: {
    strap: { scratch: [1000] },
    extra: { scratch: [60_000] },
    live: { scratch: [39_000] },
  },
  lastFailed: [],
};
/** extra has run since the fourth second. */
const running = modelBuild(
  stages,
  ...attemptStarted("strap"),
  attemptEnded("strap", "succeeded"),
  ...attemptStarted("extra"),
);
const at = (seconds: number): number => modelStart + seconds * 1000;

describe("the percentage", () => {
  it("counts stages by the time they take", () => {
    assert.equal(percentDone(running, past, at(4)), 1);
    assert.equal(percentDone(running, past, at(34)), 31);
    assert.equal(percentDone(running, past, at(10_000)), 58, "an overrun is never done");
  });

  it("counts stages of a first build by their usual part, and moves within each of them", () => {
    const weights = [6, 60, 8];
    const weighed = (build: BuildState): BuildState => ({
      ...build,
      stages: build.stages.map((stage, index) => ({ ...stage, weight: weights[index] ?? 1 })),
    });
    const none: PastRunsRead = { runs: {}, lastFailed: [] };
    const first = weighed(running);
    // strap took a second for its 6 of 74; so extra may take ten.
    assert.equal(percentDone(first, none, at(4)), 8);
    assert.equal(percentDone(first, none, at(14)), 46);
    const shares = Array.from({ length: 600 }, (_, second) => percentDone(first, none, at(second)));
    assert.ok(shares.every((share, second) => share >= (shares[second - 1] ?? 0)));
    assert.equal(shares.at(-1), 83);
    const stepped = (index: number): BuildState =>
      weighed(
        modelBuild(
          stages,
          ...attemptStarted("strap"),
          attemptEnded("strap", "succeeded"),
          ...attemptStarted("extra"),
          stepEvent("extra", "curl", index, 4),
        ),
      );
    // The step began in the sixth second.
    assert.equal(percentDone(stepped(1), none, at(6)), 8);
    assert.equal(percentDone(stepped(3), none, at(6)), 48);
    assert.ok(percentDone(stepped(3), none, at(99)) < percentDone(stepped(4), none, at(6)) + 1);
  });

  it("goes by what steps usually are of a stage, and never stands still within them", () => {
    const none: PastRunsRead = { runs: {}, lastFailed: [] };
    const parts = [
      { from: 0.06, to: 0.52 },
      { from: 0.52, to: 0.98 },
    ];
    const begun: JournalEvent[] = numbered([
      buildStarted(stages.map((name) => planned(name, { weight: name === "extra" ? 60 : 6 }))),
      ...attemptStarted("strap"),
      attemptEnded("strap", "succeeded"),
      ...attemptStarted("extra"),
    ]);
    const whenBegun = Date.parse(begun.at(-1)?.at ?? "");
    const shareAt = (seconds: number): number => {
      const passes = parts.flatMap((part, index): JournalEvent[] => {
        // The second pass begins when the first has taken a minute.
        const at = new Date(whenBegun + 60_000 * index).toISOString();
        const step = { name: `pass ${index}`, index: index + 1, part };
        const span = { log: "extra.1.log", start: index, end: index + 1 };
        const body: EventBody = { type: "step", stage: "extra", attempt: 1, step, span };
        return 60 * index > seconds ? [] : [{ v: 1, seq: begun.length + 1 + index, at, ...body }];
      });
      const build = foldAll([...begun, ...passes]);
      assert.ok(build !== undefined);
      return percentDone(build, none, whenBegun + seconds * 1000);
    };
    // 6 of 72 are over, and 60 of them run.
    assert.equal(shareAt(0), 13);
    const shares = Array.from({ length: 12 }, (_, at) => shareAt(at * 10));
    assert.ok(
      shares.every((share, at) => at === 0 || share > (shares[at - 1] ?? 0)),
      shares.join(" "),
    );
    assert.ok((shares[5] ?? 0) < 52, shares.join(" "));
    assert.equal(shareAt(90), 72, "by then 61 seconds were 52 hundredths of the stage");
    assert.ok(shareAt(10_000) <= 87);
  });

  it("gives stages without past runs the part that they have of the others", () => {
    const some: PastRunsRead = { runs: { strap: { scratch: [1000] } }, lastFailed: [] };
    assert.equal(percentDone(running, some, at(4)), 33, "three alike, one done");
  });

  it("is 100 only when the build succeeded", () => {
    const ended = modelBuild(
      stages,
      ...stages.flatMap((stage) => [...attemptStarted(stage), attemptEnded(stage, "succeeded")]),
    );
    assert.equal(percentDone(ended, past, at(99)), 99);
    const done = modelBuild(stages, buildEnded("succeeded"));
    assert.equal(percentDone(done, past, at(99)), 100);
  });
});

describe("the ETA of the build", () => {
  it("is what its stages still take, with a mark where some are not known", () => {
    assert.equal(buildEta(running, past, at(34)), "ETA 01:09");
    const less = { ...past, runs: { extra: { scratch: [60_000] } } };
    assert.equal(buildEta(running, less, at(34)), "ETA 00:30+");
    assert.equal(buildEta(running, { runs: {}, lastFailed: [] }, at(34)), undefined);
    assert.equal(buildEta(running, undefined, at(34)), undefined);
  });
});

describe("the header", () => {
  const theme = themeFor({ LANG: "C.UTF-8" });
  const header = (width: number, free = 81e9, isLow = false): string =>
    rowText(
      headerRow(
        modelOf(running, 34, { facts: { runs: past, percent: 31, disk: { free, isLow } } }),
        theme,
        width,
      ),
    );

  it("tells percent, stages, time and ETA", () => {
    assert.match(header(80), /running {2}31 % {2}1 of 3 stages {2}00:34 {2}ETA 01:09 $/);
    assert.match(header(40), /running 31 % 1\/3 00:34 $/);
  });

  it("tells the free disk where there is room, and always where it is low", () => {
    assert.match(header(120), / 81 GB free {2}running/);
    assert.doesNotMatch(header(80), /free/);
    assert.match(header(80, 912e6, true), / 912 MB free {2}running/);
    assert.match(header(120, 1.5e9, true), / 1\.5 GB free/);
  });
});

describe("the title", () => {
  it("begins with the stage and the percentage, and holds no control characters", () => {
    const words = terminalWords(modelOf(running, 34, { facts: { percent: 31 } }));
    assert.deepEqual(words, {
      title: "extra 31 % - smartos-live",
      progress: { percent: 31, failed: false },
    });
    const hostile = terminalWords({
      ...modelOf(running, 34),
      workspace: { root: "/build/\x1b]2;gone\x07", layout: "classic" },
    });
    assert.doesNotMatch(hostile.title, /\p{Cc}/u);
  });

  it("says what came of a build, and keeps the progress of a failed one", () => {
    const failed = modelBuild(
      stages,
      ...attemptStarted("extra"),
      attemptEnded("extra", "failed"),
      buildEnded("failed"),
    );
    assert.deepEqual(terminalWords(modelOf(failed, 34, { facts: { percent: 31 } })), {
      title: "extra failed - smartos-live",
      progress: { percent: 31, failed: true },
    });
    const done = modelBuild(stages, buildEnded("succeeded"));
    assert.deepEqual(terminalWords(modelOf(done, 34)), { title: "built - smartos-live" });
  });
});

describe("what the terminal is told", () => {
  const words = { title: "extra 1 % - x", progress: { percent: 1, failed: false } };

  it("is written when it changes, and taken back", () => {
    const written: string[] = [];
    const signals = new TerminalSignals((text) => written.push(text), {
      title: true,
      progress: true,
      bell: true,
    });
    signals.show(words);
    signals.show(words);
    signals.show({ ...words, progress: { percent: 1, failed: true } });
    signals.leave();
    signals.leave();
    signals.show(words);
    signals.ring();
    assert.deepEqual(written, [
      "\x1b[22;0t\x1b]2;extra 1 % - x\x07\x1b]9;4;1;1\x07",
      "\x1b]9;4;2;1\x07",
      "\x1b[23;0t\x1b]9;4;0;0\x07",
    ]);
    signals.comeBack();
    signals.show(words);
    assert.equal(written.length, 4);
  });

  it("is nothing where all of it is turned off", () => {
    const written: string[] = [];
    const off = { title: false, progress: false, bell: false };
    const signals = new TerminalSignals((text) => written.push(text), off);
    signals.show(words);
    signals.ring();
    signals.leave();
    assert.deepEqual(written, []);
  });
});

describe("the bell", () => {
  const ended = { ...running, state: "failed" } as const;
  const ringing = (): { readonly bell: EndBell; readonly rung: () => number } => {
    let count = 0;
    return { bell: new EndBell(() => count++), rung: () => count };
  };

  it("rings once at the end of a run of a minute or more", () => {
    const { bell, rung } = ringing();
    bell.see(running, at(10));
    bell.see(ended, at(70));
    bell.see(ended, at(71));
    assert.equal(rung(), 1);
    bell.see(running, at(80));
    bell.see(ended, at(100));
    assert.equal(rung(), 1, "a retry of 20 s");
    bell.see(running, at(200));
    bell.see(ended, at(300));
    assert.equal(rung(), 2);
  });

  it("does not ring for what ended before it was looked at, nor for another build", () => {
    const { bell, rung } = ringing();
    bell.see(undefined, at(1));
    bell.see(ended, at(1000));
    bell.see(running, at(1001));
    bell.see({ ...ended, build: "0008-20261123T111500Z" }, at(2000));
    assert.equal(rung(), 0);
  });
});
