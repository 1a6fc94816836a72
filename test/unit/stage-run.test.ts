// Invariant: the end of an attempt is told from files and processes as they are left by hosts that
// died at any moment, and never from a pid alone.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { attemptFiles } from "../../src/engine/host/build-files.ts";
import { StageRun } from "../../src/engine/host/stage-run.ts";
import type { ProcessTable } from "../../src/engine/process/process-table.ts";
import { prepareStatusFile } from "../../src/engine/process/status-file.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";
import { isLive, until } from "../support/smartbuild.ts";

const files = attemptFiles("src", 1);

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-run-"));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A session whose leader is dead and whose other member lives; returns the leader's pid. */
async function orphanedSession(t: TestContext, mark: string): Promise<number> {
  const leader = spawn("/bin/sh", ["-c", "sleep 600 & echo $!; wait"], {
    detached: true,
    env: { ...process.env, SMARTBUILD_STAGE: mark },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const member = await new Promise<number>((resolve) => {
    leader.stdout.once("data", (text: Buffer) => {
      resolve(Number(text.toString()));
    });
  });
  t.after(() => {
    if (isLive(member)) process.kill(member, "SIGKILL");
  });
  leader.kill("SIGKILL");
  await until("the leader is dead", () => !isLive(leader.pid ?? 0));
  return leader.pid ?? 0;
}

void describe("an attempt whose host died", () => {
  void test("before its status file was made was never started", (t) => {
    const run = new StageRun(folderFor(t), files, "mark", processTable(), undefined);
    assert.equal(run.ended(0, "unknown")?.outcome, "interrupted");
  });

  void test("before its wrapper began never starts", (t) => {
    const folder = folderFor(t);
    prepareStatusFile(join(folder, files.status), join(folder, files.go));
    const run = new StageRun(folder, files, "mark", processTable(), undefined);
    assert.match(run.ended(0, "unknown")?.reason ?? "", /never started/);
  });

  void test("with its wrapper before the journal named it runs while its session lives", async (t) => {
    const folder = folderFor(t);
    const leader = await orphanedSession(t, "mark");
    writeFileSync(join(folder, files.status), `${leader}     `.padEnd(16) + "\n");
    const run = new StageRun(folder, files, "mark", processTable(), undefined);
    assert.equal(run.ended(0, "unknown"), undefined);
    assert.equal(run.leftovers().length, 1);
    const member = Number(/\((\d+)\)/.exec(run.leftovers()[0] ?? "")?.[1]);
    process.kill(member, "SIGKILL");
    await until("the member is dead", () => !isLive(member));
    assert.equal(run.ended(2000, "unknown")?.outcome, "interrupted");
  });

  void test("is over when its pid is another process's by now", async (t) => {
    const folder = folderFor(t);
    const leader = await orphanedSession(t, "another mark");
    writeFileSync(join(folder, files.status), `${leader}     `.padEnd(16) + "\n");
    const run = new StageRun(folder, files, "mark", processTable(), undefined);
    assert.equal(run.ended(0, "unknown")?.outcome, "interrupted");
  });

  void test("goes on while children of a command outlive the signal that ended it", async (t) => {
    const folder = folderFor(t);
    const leader = await orphanedSession(t, "mark");
    writeFileSync(join(folder, files.status), `${leader}`.padEnd(11) + "137  \n");
    const run = new StageRun(folder, files, "mark", processTable(), undefined);
    assert.equal(run.ended(0, "gone"), undefined);
    process.kill(Number(/\((\d+)\)/.exec(run.leftovers()[0] ?? "")?.[1]), "SIGKILL");
    await until("nothing of it lives", () => run.leftovers().length === 0);
    const end = run.ended(2000, "gone");
    assert.deepEqual([end?.outcome, end?.exitCode, end?.leftovers], ["failed", 137, []]);
  });

  void test("is over when its command ended by itself, and names what it left", async (t) => {
    const folder = folderFor(t);
    const leader = await orphanedSession(t, "mark");
    writeFileSync(join(folder, files.status), `${leader}`.padEnd(11) + "2    \n");
    const end = new StageRun(folder, files, "mark", processTable(), undefined).ended(0, "gone");
    assert.deepEqual([end?.outcome, end?.leftovers.length], ["failed", 1]);
  });

  void test("is seen to end by a clock that was set back", (t) => {
    const folder = folderFor(t);
    const wrapper = { pid: 77, start: "1", boot: "b" };
    let members = [{ ...wrapper, pid: 78, parent: 1, group: 77, session: 77, name: "cc" }];
    const table: ProcessTable = {
      find: () => undefined,
      all: () => members,
      userOf: () => 0,
      environmentOf: () => undefined,
      argvOf: () => [],
      ageOf: () => 0,
    };
    writeFileSync(join(folder, files.status), "77".padEnd(16) + "\n");
    const run = new StageRun(folder, files, "mark", table, wrapper);
    const now = Date.UTC(2026, 0, 1);
    assert.equal(run.ended(now, "unknown"), undefined);
    members = [];
    assert.equal(run.ended(now - 3_600_000, "unknown")?.outcome, "interrupted");
  });
});
