// Invariant: the log is written before, and the time is that from Enter in a shell to the screen.
import { join } from "node:path";
import { test } from "node:test";
import { assertTime, endedBuild, screenFor, timeKeys } from "../support/check-console.ts";
import { gigabyte, lastLine, writeHugeLog } from "../support/huge-log.ts";

test("check 01: header, stages and last lines of a 1 GB log are there within a second", async (t) => {
  const screen = screenFor(t);
  endedBuild(screen, (path) => void writeHugeLog(path, gigabyte));
  const terminal = screen.shell(["sh", "-i"], { env: { PS1: "ready> ", ENV: undefined } });
  const began = async (): Promise<number> => {
    await terminal.waitFor(/ready>\s*$/);
    terminal.keys("-l", screen.program);
    await terminal.waitFor("cli.js");
    return timeKeys(terminal, ["Enter"], (shown) => {
      const [header = ""] = shown.split("\n");
      const stages = ["configure", "strap", "illumos", "extra", "live"];
      return (
        header.includes(join(screen.tree.root).slice(-12)) &&
        stages.every((stage) => new RegExp(`^[› ]\\S? ?${stage}\\b`, "m").test(shown)) &&
        shown.includes(lastLine)
      );
    });
  };
  const first = await began();
  terminal.keys("q");
  const second = await began();
  t.diagnostic(`first start ${first.toFixed(0)} ms`);
  assertTime(t, "start on a 1 GB log", Math.min(first, second), 1000);
});
