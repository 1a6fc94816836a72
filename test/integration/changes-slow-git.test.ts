// Invariant: a git that does not answer holds a failed stage up for two seconds, not for ever.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { changesSince } from "../../src/engine/diagnosis/changes.ts";

it("tells what it knows without git when git does not answer", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-git-"));
  const path = process.env["PATH"];
  t.after(() => {
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "git"), "#!/bin/sh\nexec sleep 60\n");
  chmodSync(join(folder, "git"), 0o755);
  process.env["PATH"] = `${folder}:${path ?? ""}`;
  const mark = (head: string): { name: string; head: string; changes: string } => ({
    name: ".",
    head: head.repeat(40),
    changes: "",
  });
  const began = performance.now();
  const changes = await changesSince({
    root: folder,
    good: {
      folder,
      build: "0001-20260101T000000Z",
      at: "2026-01-01T00:00:00.000Z",
      log: "tools.1.log",
      fingerprint: { repositories: [mark("a")], settings: { ROOTCMD: "1", JOBS: "2" } },
      fragments: { "configure.local": "1" },
    },
    now: { repositories: [mark("b")], settings: { ROOTCMD: "3", JOBS: "2" } },
    fragments: { "configure.local": "1", "configure.more": "2" },
    named: ["frob.c"],
  });
  const took = performance.now() - began;
  assert.ok(took < 3000, `${took} ms`);
  assert.deepEqual(changes?.settings, ["ROOTCMD"]);
  assert.deepEqual(changes.fragments, ["configure.more"]);
  assert.deepEqual(changes.commits, []);
});
