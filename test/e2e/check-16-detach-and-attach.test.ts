// Invariant: whatever becomes of those who watch, the build goes on and a new watcher sees it whole.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isLive, until } from "../support/smartbuild.ts";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const limitMs = 1000;

/** Stage, last line and count of stages, as a watcher sees them. */
function isWhole(screen: string): boolean {
  return /^›\S extra /m.test(screen) && screen.includes("file60.c");
}

function countOf(terminal: Terminal): string | undefined {
  return /\d+ of \d+ stages/.exec(terminal.screen())?.[0];
}

test("check 16: a build goes on without its watchers, and two of them see it whole", async (t) => {
  const build = new ScreenBuild({
    "1-extra-stamp": [...counting(60), ...holding, "echo curl > proto/usr/bin/curl"],
  });
  t.after(() => {
    build.close();
  });
  const isRunning = (): boolean => /"state":"running"/.test(build.run("status", "--json").output);

  const first = build.shell(["sh", "-c", `${build.program} run; echo left=$?`]);
  await first.waitFor(isWhole);
  const count = countOf(first);
  first.keys("d");
  await first.waitFor("left=0");
  assert.ok(isRunning(), "d leaves the build running");

  const began = performance.now();
  const large = build.open(["attach"], { cols: 100, rows: 30 });
  await large.waitFor(isWhole);
  const ms = performance.now() - began;
  const small = build.open(["attach"]);
  await small.waitFor(isWhole);
  assert.deepEqual([countOf(large), countOf(small)], [count, count]);
  for (const viewer of [large, small]) {
    viewer.keys("g");
    await viewer.waitFor("file1.c");
  }

  const killed = large.pids("cli.js attach");
  assert.ok(killed.length > 0);
  for (const pid of killed) process.kill(pid, "SIGKILL");
  await large.waitFor("exit=137");
  assert.ok(isRunning(), "kill -9 of a console leaves the build running");

  const hungUp = small.pids("cli.js attach");
  assert.ok(hungUp.length > 0);
  small.close();
  await until("the console of a closed terminal has ended", () => !hungUp.some(isLive));
  assert.ok(isRunning(), "SIGHUP leaves the build running");

  const last = build.open(["attach"]);
  const other = build.open(["attach"], { cols: 100, rows: 30 });
  await last.waitFor(isWhole);
  await other.waitFor(isWhole);
  assert.equal(countOf(last), count);
  build.release();
  await last.waitFor("Done: output/platform-");
  await other.waitFor("Done: output/platform-");
  t.diagnostic(`attached after ${ms.toFixed(0)} ms`);
  assert.ok(ms < 3 * limitMs, `${ms} ms`);
});
