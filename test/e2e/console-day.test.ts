// Invariant: a console that watches a build of a day, a million events, needs no more memory at its
// end than when it had seen half of them. DAY=whole plays the day; without it a quarter of one.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { EventBody } from "../../src/engine/journal/events.ts";
import { ownIdentity, processTable } from "../../src/engine/process/process-table.ts";
import { attemptStarted, buildStarted, numbered, planned } from "../support/journal-builder.ts";
import { ScreenBuild } from "../support/screen-build.ts";
import { until } from "../support/smartbuild.ts";

const eventsAtOnce = 25_000;
const rounds = process.env["DAY"] === "whole" ? 40 : 10;
/** Little room for garbage, so that what is held shows; a leak of some bytes an event ends it. */
const heap = "--max-old-space-size=64 --max-semi-space-size=2";

function problem(id: string, summary: string): EventBody {
  const where = { stage: "illumos", attempt: 1 };
  return { type: "problem", problem: { ...where, id, kind: "compile", summary } };
}

/** What a running stage tells: steps, and problems that come and go. */
function middle(index: number): EventBody {
  const where = { stage: "illumos", attempt: 1 };
  const id = `illumos.1.${String(Math.floor(index / 100))}`;
  if (index % 100 === 50) return problem(id, `error ${String(index)}`);
  if (index % 100 === 60) return { type: "problem-dropped", ...where, id };
  const span = { log: "illumos.1.log", start: index, end: index + 1 };
  return { type: "step", ...where, step: { name: `library ${String(index)}`, index }, span };
}

/** Megabytes that a process holds, the least of some looks: garbage comes and goes. */
async function megabytes(pid: number): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < 8; look++) {
    const text = readFileSync(`/proc/${String(pid)}/status`, "utf8");
    least = Math.min(least, Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1]) / 1000);
    await wait(250);
  }
  return least;
}

test("a console keeps its size over the events of a day", async (t) => {
  const build = new ScreenBuild();
  t.after(() => {
    build.close();
  });
  const folder = join(build.tree.root, "log/smartbuild/0001-20260101T000000Z");
  const journal = join(folder, "journal.jsonl");
  mkdirSync(folder, { recursive: true });
  let written = 0;
  const add = (bodies: readonly EventBody[]): void => {
    const events = numbered(bodies, written + 1);
    appendFileSync(journal, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    written += bodies.length;
  };
  add([
    buildStarted([planned("illumos"), planned("live")]),
    // This very process stands for the host: it lives as long as the test.
    { type: "host-started", host: ownIdentity(processTable()), lock: 1, adopted: false },
    ...attemptStarted("illumos", 1),
  ]);
  const terminal = build.open(["attach"], { env: { NODE_OPTIONS: heap } });
  await terminal.waitFor("illumos");
  const pid = await until("the console runs", () => terminal.pids("cli.js attach")[0]);
  let base = 0;
  for (let round = 1; round <= rounds; round++) {
    const first = written;
    add(Array.from({ length: eventsAtOnce }, (_, index) => middle(first + index)));
    add([problem("round", `round ${String(round)} is over`)]);
    terminal.keys(round === 1 ? "f" : "k");
    await terminal.waitFor(`round ${String(round)} is over`, 60_000);
    if (round === rounds / 2) base = await megabytes(pid);
  }
  const growth = (await megabytes(pid)) - base;
  t.diagnostic(
    `${String(written)} events; ${base.toFixed(0)} MB, then ${growth.toFixed(1)} MB more`,
  );
  assert.ok(written >= rounds * eventsAtOnce);
  assert.ok(growth < 20, `${growth.toFixed(1)} MB more`);
});
