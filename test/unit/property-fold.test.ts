// Invariant: what holds for the fold holds for every journal, not for those somebody thought of.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { fold, foldAll } from "../../src/engine/journal/fold.ts";
import { readLine } from "../../src/engine/journal/read.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";
import { anyJournal } from "../support/any-journal.ts";

/** The states before and after each event. */
function* steps(
  events: readonly JournalEvent[],
): Generator<{ event: JournalEvent; before: BuildState | undefined; after: BuildState }> {
  let before: BuildState | undefined;
  for (const event of events) {
    const after = fold(before, event);
    assert.ok(after);
    yield { event, before, after };
    before = after;
  }
}

void describe("for every journal", () => {
  void test("any prefix and any choice of its events folds", () => {
    fc.assert(
      fc.property(anyJournal, fc.infiniteStream(fc.boolean()), (events, choice) => {
        for (let length = 0; length <= events.length; length++) foldAll(events.slice(0, length));
        foldAll(events.filter(() => choice.next().value));
      }),
    );
  });

  void test("the number of the last event only grows", () => {
    fc.assert(
      fc.property(anyJournal, fc.infiniteStream(fc.nat({ max: 3 })), (events, back) => {
        // A reader that lost its place gives events out again.
        const again = events.flatMap((_, at) =>
          events.slice(Math.max(0, at - back.next().value), at + 1),
        );
        let last = 0;
        for (const { after } of steps(again)) {
          assert.ok(after.lastSeq >= last);
          last = after.lastSeq;
        }
        assert.deepEqual(foldAll(again), foldAll(events));
      }),
    );
  });

  void test("no ended attempt runs again or changes, and numbers of attempts only grow", () => {
    fc.assert(
      fc.property(anyJournal, (events) => {
        for (const { event, before, after } of steps(events)) {
          for (const stage of after.stages) {
            const earlier = before?.stages.find(({ name }) => name === stage.name)?.attempts ?? [];
            earlier.forEach((attempt, index) => {
              if (attempt.state === "running") return;
              if (stage.attempts[index] === attempt) return;
              // Its steps go, and nothing else, when the stage is begun again.
              const { trail, ...lasting } = attempt;
              assert.notEqual(trail, undefined);
              assert.deepEqual(stage.attempts[index], lasting);
              assert.equal(event.type, "stage-started");
            });
            const numbers = stage.attempts.map(({ number }) => number);
            assert.deepEqual(numbers, [...new Set(numbers)].sort());
          }
        }
      }),
    );
  });

  void test("a problem disappears only when it is dropped or its stage is begun again", () => {
    fc.assert(
      fc.property(anyJournal, (events) => {
        for (const { event, before, after } of steps(events)) {
          const ids = new Set(after.problems.map(({ id }) => id));
          for (const { id, stage, attempt } of before?.problems ?? []) {
            if (ids.has(id)) continue;
            const isDropped = event.type === "problem-dropped" && event.id === id;
            const isSuperseded =
              event.type === "stage-started" && event.stage === stage && event.attempt > attempt;
            assert.ok(isDropped || isSuperseded, `${id} went with ${event.type}`);
          }
        }
      }),
    );
  });

  void test("what is written is what is read", () => {
    fc.assert(
      fc.property(anyJournal, (events) => {
        for (const event of events) {
          const line = JSON.stringify(event);
          assert.ok(!line.includes("\n"));
          assert.deepEqual(readLine(line), { event: JSON.parse(line) as unknown });
        }
      }),
    );
  });

  void test("a line with anything in it is read without a throw", () => {
    const anyLine = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.tuple(anyJournal, fc.nat(), fc.nat(), fc.string()).map(([events, which, at, garbage]) => {
        const line = JSON.stringify(events[which % events.length]);
        return line.slice(0, at % line.length) + garbage + line.slice((at % line.length) + 3);
      }),
    );
    fc.assert(
      fc.property(anyLine, (line) => {
        const read = readLine(line);
        if ("note" in read) assert.ok(read.note.length < 200);
      }),
    );
  });
});
