// Invariant: any journal, whole, cut anywhere or damaged, folds to the same state each time.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { fold, foldAll } from "../../src/engine/journal/fold.ts";
import { readLine } from "../../src/engine/journal/read.ts";
import {
  attemptEnded,
  attemptStarted,
  buildEnded,
  buildStarted,
  eventfulBuild,
  numbered,
  planned,
} from "../support/journal-builder.ts";

void describe("fold", () => {
  void test("any prefix folds, the same whether at once or event by event, and changes nothing", () => {
    const events = eventfulBuild();
    const frozen = JSON.stringify(events);
    for (let length = 0; length <= events.length; length++) {
      const prefix = events.slice(0, length);
      const state = foldAll(prefix);
      assert.deepEqual(foldAll(prefix), state);
      if (length === 0) assert.equal(state, undefined);
      else assert.equal(state?.lastSeq, length);
      const before = JSON.stringify(state);
      const next = events[length];
      if (next !== undefined) fold(state, next);
      assert.equal(JSON.stringify(state), before, "a state is never changed in place");
    }
    assert.equal(JSON.stringify(events), frozen);
  });

  void test("any suffix, subset and order of events folds without a throw", () => {
    const events = eventfulBuild();
    for (let from = 0; from < events.length; from++) foldAll(events.slice(from));
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 300; round++) {
      const some = events.filter(() => random() < 0.6).sort(() => random() - 0.5);
      const renumbered = some.map((event, index) => ({ ...event, seq: index + 1 }));
      assert.deepEqual(foldAll(renumbered), foldAll(renumbered));
    }
  });

  void test("an event read twice counts once", () => {
    const events = eventfulBuild();
    assert.deepEqual(foldAll(events.flatMap((event) => [event, event])), foldAll(events));
    assert.deepEqual(foldAll([...events, ...events]), foldAll(events));
  });

  void test("the end of the eventful build is what its events say", () => {
    const state = foldAll(eventfulBuild());
    assert.equal(state?.state, "interrupted");
    assert.equal(state.exitCode, 130);
    assert.deepEqual(
      state.stages.map((stage) => [
        stage.name,
        stage.state,
        stage.attempts.map((one) => one.state),
      ]),
      [
        ["strap", "skipped", []],
        ["illumos", "succeeded", ["succeeded"]],
        ["extra", "succeeded", ["failed", "succeeded"]],
        ["live", "interrupted", ["interrupted"]],
      ],
    );
    assert.deepEqual(state.problems, [], "a new attempt ends the problems of the one before");
    assert.equal(state.stopping?.signal, "SIGTERM");
    assert.equal(state.hosts.length, 2);
    assert.match(state.notes.join(), /extra\.1\.log became shorter/);
  });

  void test("events of unknown stages and ended attempts change nothing but the number", () => {
    const base = numbered([
      buildStarted([planned("src")]),
      ...attemptStarted("src"),
      attemptEnded("src", "failed"),
    ]);
    const state = foldAll(base);
    for (const body of [
      attemptEnded("src", "succeeded"),
      attemptEnded("nosuch", "succeeded"),
      ...attemptStarted("nosuch"),
      ...attemptStarted("src", 1),
    ]) {
      const after = foldAll([...base, ...numbered([body], 5)]);
      assert.deepEqual({ ...after, lastSeq: 0 }, { ...state, lastSeq: 0 }, body.type);
    }
  });

  void test("a retry makes the build run again and unsays how it ended", () => {
    const events = numbered([
      buildStarted([planned("src"), planned("live")]),
      ...attemptStarted("src"),
      attemptEnded("src", "failed"),
      { type: "stage-skipped", stage: "live", reason: "src failed" },
      buildEnded("failed"),
      { type: "command-taken", id: "x", command: "retry", stage: "src" },
    ]);
    const state = foldAll(events);
    assert.equal(state?.state, "running");
    assert.ok(!("endedAt" in state) && !("exitCode" in state) && !("durationMs" in state));
    assert.deepEqual(
      state.stages.map((stage) => stage.state),
      ["pending", "pending"],
    );
  });
});

void describe("a line of a journal", () => {
  const line = (value: unknown): ReturnType<typeof readLine> => readLine(JSON.stringify(value));

  void test("of a newer version, of an unknown type or damaged is passed over with a note", () => {
    const [event] = eventfulBuild();
    assert.ok("event" in line(event));
    for (const other of [
      { ...event, v: 2 },
      { ...event, type: "dance" },
      { ...event, type: "toString" },
      { ...event, seq: 1.5 },
      { ...event, at: 7 },
      [],
      null,
      7,
    ]) {
      assert.ok("note" in line(other), JSON.stringify(other));
    }
    assert.ok("note" in readLine('{"v":1,"seq":'));
    assert.ok("note" in readLine("\0".repeat(50)));
    assert.ok("blank" in readLine(""));
    assert.ok("blank" in readLine(" \r"));
  });

  void test("that lacks a field of its type is damaged: it never reaches the fold", () => {
    const events = eventfulBuild();
    const optional = new Set(["group", "index", "exitCode", "fingerprint", "steps", "refused"]);
    for (const event of events) {
      for (const field of Object.keys(event).filter((name) => !optional.has(name))) {
        for (const wrong of [undefined, null]) {
          const read = line({ ...event, [field]: wrong });
          const damaged = [
            ...events.slice(0, event.seq - 1),
            ...("event" in read ? [read.event] : []),
          ];
          foldAll([...damaged, ...events.slice(event.seq)] as JournalEvent[]);
          if (!["stage", "refused"].includes(field)) {
            assert.ok("note" in read, `${event.type} without ${field}`);
          }
        }
      }
    }
  });
});
