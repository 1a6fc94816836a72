// Invariant: every line that is waited for stands at one end of the log, so that only the right
// window can show it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertTime,
  consolePid,
  endedBuild,
  peakMb,
  screenFor,
  timeKeys,
} from "../support/check-console.ts";
import { firstLine, gigabyte, lastLine, writeHugeLog } from "../support/huge-log.ts";

test("check 02: both ends of a 1 GB log are reached while it is indexed", async (t) => {
  const screen = screenFor(t);
  let lines = 0;
  endedBuild(screen, (path) => {
    ({ lines } = writeHugeLog(path, gigabyte));
  });
  const began = performance.now();
  const terminal = screen.open([]);
  let sawMark = false;
  const shows =
    (text: string) =>
    (shown: string): boolean => {
      sawMark ||= /indexing \d+ %/.test(shown);
      return shown.includes(text);
    };
  await terminal.waitFor(shows(lastLine));
  const times: number[] = [];
  times.push(await timeKeys(terminal, ["Enter", "g"], shows(firstLine)));
  times.push(await timeKeys(terminal, ["G"], shows(lastLine)));
  times.push(await timeKeys(terminal, ["g"], shows(firstLine)));
  assert.ok(sawMark, "the log was never said to be indexed");
  await terminal.waitFor(shows(` of ${String(lines)}`), 60_000);
  const indexed = performance.now() - began;
  assertTime(t, "g and G while indexing, longest", Math.max(...times), 300);
  assertTime(t, "start and whole index", indexed, 5000);
  const memory = peakMb(consolePid(terminal));
  t.diagnostic(`memory ${memory.toFixed(0)} MB (limit 400)`);
  assert.ok(memory < 400, `${memory.toFixed(0)} MB`);
  times.push(await timeKeys(terminal, ["G"], shows(lastLine)));
});
