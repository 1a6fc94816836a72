// Invariant: a journal that was cut or damaged at any byte can be read and written on.
import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { systemClock } from "../../src/engine/clock.ts";
import { readBuild } from "../../src/engine/journal/builds.ts";
import type { EventBody, JournalEvent } from "../../src/engine/journal/events.ts";
import { fold } from "../../src/engine/journal/fold.ts";
import { JournalFollower } from "../../src/engine/journal/follow.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";
import { endTornLine, JournalWriter } from "../../src/engine/journal/writer.ts";
import { anyJournal } from "../support/any-journal.ts";
import {
  attemptEnded,
  attemptStarted,
  buildEnded,
  buildStarted,
  eventfulBuild,
  hostStarted,
  numbered,
  planned,
} from "../support/journal-builder.ts";

const textOf = (events: readonly JournalEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-journal-"));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function eventsIn(folder: string): readonly JournalEvent[] {
  const follower = new JournalFollower(join(folder, "journal.jsonl"));
  const events = follower.poll();
  follower.close();
  return events;
}

/** What the next host does: it reads what is there and writes on. */
function writeOn(folder: string, body: EventBody): void {
  endTornLine(folder);
  const journal = new JournalWriter(folder, readBuild(folder)?.lastSeq ?? 0, systemClock);
  journal.write(body);
  journal.close(false);
}

void describe("a journal", () => {
  void test("cut at every byte is read, and written on with the next number", (t) => {
    const folder = folderFor(t);
    const events = eventfulBuild().slice(0, 9);
    const whole = Buffer.from(textOf(events));
    const begun = textOf(events.slice(0, 1)).length;
    for (let length = begun; length <= whole.length; length++) {
      writeFileSync(join(folder, "journal.jsonl"), whole.subarray(0, length));
      writeOn(folder, hostStarted(99, true));
      const after = eventsIn(folder);
      assert.deepEqual(
        after.map(({ seq }) => seq),
        after.map((_, index) => index + 1),
        `cut after ${length} bytes`,
      );
      assert.deepEqual(after.slice(0, -1), events.slice(0, after.length - 1));
      assert.equal(readBuild(folder)?.hosts.at(-1)?.host.pid, 99, `cut after ${length} bytes`);
    }
  });

  void test("cut within its first line holds no build, and is no crash", (t) => {
    const folder = folderFor(t);
    const line = textOf(eventfulBuild().slice(0, 1));
    for (let length = 0; length < line.length; length++) {
      writeFileSync(join(folder, "journal.jsonl"), line.slice(0, length));
      assert.equal(readBuild(folder), undefined);
    }
  });

  void test("with garbage anywhere is read, and what was passed over is told", (t) => {
    const folder = folderFor(t);
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(anyJournal, fc.nat(), bytes, (events, place, garbage) => {
        const whole = Buffer.from(textOf(events));
        whole.set(garbage.subarray(0, whole.length), place % Math.max(1, whole.length - 40));
        writeFileSync(join(folder, "journal.jsonl"), whole);
        const state = readBuild(folder);
        const read = eventsIn(folder);
        assert.ok(read.length <= events.length + garbage.length);
        if (state !== undefined && read.length < events.length) assert.ok(state.notes.length > 0);
      }),
      { numRuns: 60 },
    );
  });

  void test("of a day, one million events, is followed in flat memory", (t) => {
    const folder = folderFor(t);
    const path = join(folder, "journal.jsonl");
    const follower = new JournalFollower(path);
    let state: BuildState | undefined;
    let written = 0;
    const add = (bodies: readonly EventBody[]): void => {
      appendFileSync(path, textOf(numbered(bodies, written + 1)));
      written += bodies.length;
      for (const event of follower.poll()) state = fold(state, event);
    };
    add([buildStarted([planned("illumos"), planned("live")]), hostStarted(1)]);
    const collect = collector();
    let base = 0;
    for (let attempt = 1; attempt <= 101; attempt++) {
      add(attemptStarted("illumos", attempt));
      add(Array.from({ length: 9990 }, (_, index) => middle(attempt, index)));
      add([
        attemptEnded("illumos", "failed", attempt),
        { type: "command-taken", id: `${attempt}`, command: "retry", stage: "illumos" },
      ]);
      if (attempt === 10) base = collect();
    }
    const growth = (collect() - base) / 1e6;
    add([buildEnded("failed")]);
    follower.close();
    t.diagnostic(`${written} events; ${growth.toFixed(1)} MB more than after a tenth of them`);
    assert.ok(written >= 1_000_000);
    assert.equal(state?.lastSeq, written);
    assert.ok(growth < 20, `${growth} MB`);
  });
});

/** What a running stage tells: steps, and problems that come and go. */
function middle(attempt: number, index: number): EventBody {
  const where = { stage: "illumos", attempt };
  const id = `illumos.${attempt}.${Math.floor(index / 100)}`;
  if (index % 100 === 50) {
    return {
      type: "problem",
      problem: { ...where, id, kind: "compile", summary: `error ${index}` },
    };
  }
  if (index % 100 === 60) return { type: "problem-dropped", ...where, id };
  const span = { log: `illumos.${attempt}.log`, start: index * 100, end: index * 100 + 80 };
  return { type: "step", ...where, step: { name: `library ${index}`, index }, span };
}

/** Bytes that live after everything that is dead was freed. */
function collector(): () => number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  return () => {
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + external + arrayBuffers;
  };
}
