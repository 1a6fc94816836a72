// Invariant: whenever and whyever a build of an image ends, what stands under a final name is whole.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { ImageWorkspace } from "./image-workspace.ts";

const rounds = 20;

const files = {
  "manifest.d/a.manifest": `d etc 0755 root sys
d usr 0755 root sys
f etc/shadow 0400 root sys
f etc/noise 0444 root sys
f usr/noise 0444 root sys
`,
  "proto/etc/noise": randomBytes(3 * 2 ** 20),
  "proto/usr/noise": randomBytes(9 * 2 ** 20),
  "tools/customize": "#!/bin/sh\necho made > $1/etc/made\n",
};

/** Fails where something with a final name is not whole; the hidden rest is the next run's. */
function assertWhole(output: string): void {
  if (!existsSync(output)) return;
  for (const name of readdirSync(output)) {
    const path = join(output, name);
    if (name.startsWith(".")) continue;
    if (/^platform-\d.*Z$/.test(name)) {
      const archive = join(path, "i86pc/amd64/boot_archive");
      const sum = createHash("sha1").update(readFileSync(archive)).digest("hex");
      assert.equal(readFileSync(`${archive}.hash`, "utf8"), `${sum}\n`, path);
      assert.ok(existsSync(`${archive}.gitstatus`) && existsSync(`${archive}.manifest`));
    } else if (/^platform-\d.*\.tgz$/.test(name)) {
      assert.equal(spawnSync("tar", ["-tzf", path]).status, 0, path);
    }
  }
}

it("leaves nothing half done when it is killed, at whatever moment", async (t) => {
  const ws = new ImageWorkspace("modern", files);
  try {
    chmodSync(ws.path("tools/customize"), 0o755);
    const began = performance.now();
    const first = ws.build();
    assert.equal(first.status, 0, first.stdout + first.stderr);
    const usual = performance.now() - began;
    let killed = 0;
    for (let round = 0; round < rounds; round++) {
      const child = ws.start();
      child.stdout.resume();
      const closed = once(child, "close");
      // The moment is what is tried here: spread evenly over a run, and a little beyond its end.
      const ended = await Promise.race([closed, wait((usual * (round + 0.5) * 1.1) / rounds)]);
      if (ended === undefined) {
        killed++;
        child.kill("SIGKILL");
      }
      await closed;
      assertWhole(ws.path("output"));
    }
    t.diagnostic(
      `${killed} of ${rounds} runs were killed; a whole one takes ${usual.toFixed(0)} ms`,
    );
    assert.ok(killed > 0);
    const last = ws.build();
    assert.equal(last.status, 0, last.stderr);
    assertWhole(ws.path("output"));
    const hidden = readdirSync(ws.path("output")).filter((name) => name.startsWith("."));
    assert.deepEqual(hidden, []);
  } finally {
    ws.remove();
  }
});

it("names the disk that is full, whatever it was about to write", (t) => {
  const ws = new ImageWorkspace("modern", files);
  try {
    // In a namespace of users no file can be given to others, so no script can run on a copy there.
    if (process.getuid?.() === 0) chmodSync(ws.path("tools/customize"), 0o755);
    else rmSync(ws.path("tools/customize"));
    const failed = new Set<string>();
    for (const kib of [64, 8_000, 20_000, 30_000, 40_000, 48_000, 200_000]) {
      const run = ws.buildOnSmallDisk(kib);
      if (run.status === 99) {
        t.skip("neither root nor namespaces of users are to be had for a small disk");
        return;
      }
      if (run.status === 0) continue;
      assert.ok(run.status === 73 || run.status === 2, `${kib} KiB: ${run.stdout}${run.stderr}`);
      const words = run.stdout + run.stderr;
      assert.ok(words.includes(`the disk at ${ws.path("output")} is full (`), words);
      assert.deepEqual(run.left, [], `${kib} KiB`);
      failed.add(/cannot write \S*\/([\w.-]+)/.exec(run.stderr)?.[1] ?? "the copy");
    }
    t.diagnostic(`full while writing: ${[...failed].join(", ")}`);
    assert.ok(failed.has("usr.image") && failed.size >= 3, [...failed].join(", "));
    const enough = ws.buildOnSmallDisk(200_000);
    assert.equal(enough.status, 0, enough.stderr);
    assert.ok(enough.left.includes("platform-latest.tgz"));
  } finally {
    ws.remove();
  }
});
