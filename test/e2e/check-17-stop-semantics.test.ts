// Invariant: a stop is asked for twice over or not at all, and then nothing of the build is left.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeProgram } from "../../src/engine/workspace/host-probe.ts";
import { processesWith, until } from "../support/smartbuild.ts";
import { counting, ScreenBuild } from "../support/screen-build.ts";

const limitMs = 5000;

test("check 17: Ctrl-C asks first, a stop ends the whole tree, and codes are make's", async (t) => {
  const build = new ScreenBuild({
    // Grandchildren, one of them in a process group of its own.
    "0-livesrc-stamp": [
      ...counting(5),
      "set -m; sleep 600 & (trap '' HUP; sleep 601) & set +m",
      "sh -c 'sleep 602; true' & echo ready; wait",
    ],
    "0-man-stamp": ["echo 'man.c:1:1: error: no'; exit 3"],
  });
  t.after(() => {
    build.close();
  });
  const { root } = build.tree;
  const terminal = build.shell(["sh", "-c", `${build.program} run; echo left=$?; exec cat`]);
  await terminal.waitFor("ready");
  terminal.keys("C-c");
  await terminal.waitFor("[cancel]");
  assert.match(terminal.screen(), /Stop the build \(src runs\)\?/);
  terminal.keys("Enter");
  await terminal.waitFor((screen) => !screen.includes("[cancel]") && screen.includes("following"));
  assert.match(build.run("status", "--json").output, /"state":"running"/);

  terminal.keys("C-c");
  await terminal.waitFor("[cancel]");
  const began = performance.now();
  terminal.keys("C-c");
  await terminal.waitFor(/^ Stopped\./m);
  await until(
    "no process of the stage is left",
    () => processesWith(`${root}/log/smartbuild/`).length === 0,
  );
  const ms = performance.now() - began;
  terminal.keys("q");
  await terminal.waitFor("left=130");
  assert.match(terminal.screen(), /^Build \S+ was stopped after/m);
  assert.equal(existsSync(join(root, "0-livesrc-stamp")), false);
  t.diagnostic(`${ms.toFixed(0)} ms from the key until no process is left`);
  assert.ok(ms < 3 * limitMs, `${ms} ms`);

  const make = makeProgram(process.env["PATH"] ?? "") ?? "make";
  const made = spawnSync(make, ["SHELL=/bin/bash", "0-man-stamp"], { cwd: root });
  const failing = build.shell(["sh", "-c", `${build.program} run man; echo left=$?; exec cat`]);
  await failing.waitFor(/^ man failed\./m);
  failing.keys("q");
  await failing.waitFor(`left=${String(made.status)}`);
  assert.equal(made.status, 2);
  const good = build.shell(["sh", "-c", `${build.program} run tools; echo left=$?; exec cat`]);
  await good.waitFor(/^ Done\./m);
  good.keys("q");
  await good.waitFor("left=0");
});
