// Invariant: a workspace has one owner at most, and a dead one never keeps it.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { lockOwner, takeLock } from "../../src/engine/host/lock.ts";
import { ownIdentity } from "../../src/engine/process/process-table.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";

const taker = join(import.meta.dirname, "../support/lock-taker.ts");
const table = processTable();
const self = ownIdentity(table);

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-lock-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

function takeIn(folder: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", taker, folder, ...args]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => (said += text.toString()));
  }
  return new Promise((resolve) =>
    child.once("close", (code, signal) => {
      resolve(signal ?? `${said}${code === 0 ? "" : String(code)}`);
    }),
  );
}

void describe("lock", () => {
  void test("of many processes that race for it, one has it at a time", async (t) => {
    const folder = folderFor(t);
    const said = await Promise.all([1, 2, 3, 4, 5, 6].map(() => takeIn(folder, "40")));
    assert.deepEqual(said, Array<string>(6).fill("held 40 times\n"));
    assert.deepEqual(readdirSync(folder), []);
  });

  void test("a dead owner is taken over from, by one of many", async (t) => {
    const folder = folderFor(t);
    assert.equal(await takeIn(folder, "1", "die"), "SIGKILL");
    assert.equal(lockOwner(folder, table), undefined);
    const said = await Promise.all([1, 2, 3, 4, 5, 6].map(() => takeIn(folder, "1", "die")));
    assert.deepEqual(said, Array<string>(6).fill("SIGKILL"));
    const lock = takeLock(folder, self, table);
    assert.ok("release" in lock);
    assert.ok(lock.takenFrom !== undefined && lock.number > 1);
    assert.equal(lockOwner(folder, table)?.pid, process.pid);
    lock.release();
    assert.equal(lockOwner(folder, table), undefined);
  });

  void test("a taker that looked away does not push out the owner of a lower number", (t) => {
    const folder = folderFor(t);
    // What it saw is gone: host 1 was dead, host 2 came and went, host 1 is alive again.
    writeFileSync(join(folder, "host.1.lock"), JSON.stringify({ ...self, machine: hostname() }));
    let looks = 0;
    const late = takeLock(
      folder,
      { ...self, pid: 1 },
      {
        ...table,
        find: (pid) => (pid === self.pid && looks++ < 1 ? undefined : table.find(pid)),
      },
    );
    assert.ok(!("release" in late), "it stands back");
    assert.equal(late.pid, self.pid);
    assert.deepEqual(readdirSync(folder), ["host.1.lock"]);
  });

  void test("the lock of a live taker is left to it: the number would be taken by the next one", (t) => {
    const folder = folderFor(t);
    const dead = { ...self, start: "1", machine: hostname() };
    writeFileSync(join(folder, "host.2.lock"), JSON.stringify(dead));
    let looks = 0;
    const find: typeof table.find = (pid) => {
      // It comes after the owner has looked for others, and will see it and stand back.
      if (++looks === 2) {
        const late = JSON.stringify({ ...self, machine: hostname() });
        writeFileSync(join(folder, "host.1.lock"), late);
      }
      return table.find(pid);
    };
    const lock = takeLock(folder, { ...self, pid: 1 }, { ...table, find });
    assert.ok("release" in lock && lock.number === 3);
    assert.deepEqual(readdirSync(folder), ["host.1.lock", "host.3.lock"]);
  });

  void test("a pid that was used again is not its owner", (t) => {
    const folder = folderFor(t);
    const recycled = { ...self, start: String(Number(self.start) - 1), machine: hostname() };
    writeFileSync(join(folder, "host.3.lock"), JSON.stringify(recycled));
    assert.equal(lockOwner(folder, table), undefined);
    const rebooted = { ...self, boot: "another", machine: hostname() };
    writeFileSync(join(folder, "host.4.lock"), JSON.stringify(rebooted));
    const lock = takeLock(folder, self, table);
    assert.ok("release" in lock && lock.number === 5);
    assert.deepEqual(readdirSync(folder), ["host.5.lock"]);
  });

  void test("a zombie is no owner", async (t) => {
    const folder = folderFor(t);
    const parent = spawn("sh", ["-c", "sleep 0.01 & echo $!; exec sleep 60"]);
    t.after(() => parent.kill());
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once("data", (text: Buffer) => {
        resolve(Number(text.toString()));
      }),
    );
    const identity = table.find(pid) ?? { pid, start: "0", boot: self.boot };
    while (table.find(pid) !== undefined) spawnSync("true");
    process.kill(pid, 0);
    writeFileSync(
      join(folder, "host.1.lock"),
      JSON.stringify({ pid, start: identity.start, boot: identity.boot, machine: hostname() }),
    );
    assert.equal(lockOwner(folder, table), undefined);
  });

  void test("an owner on another machine is respected: nobody here can see whether it lives", (t) => {
    const folder = folderFor(t);
    const far = { pid: 999_999_999, start: "1", boot: "x", machine: `not-${hostname()}` };
    writeFileSync(join(folder, "host.2.lock"), JSON.stringify(far));
    assert.deepEqual(takeLock(folder, self, table), far);
    assert.deepEqual(readdirSync(folder), ["host.2.lock"]);
  });

  void test("a taker that died while it stood back keeps nobody from seeing the owner", (t) => {
    const folder = folderFor(t);
    writeFileSync(join(folder, "host.1.lock"), JSON.stringify({ ...self, machine: hostname() }));
    const dead = { ...self, start: "1", machine: hostname() };
    writeFileSync(join(folder, "host.2.lock"), JSON.stringify(dead));
    const taken = takeLock(folder, { ...self, pid: 1 }, table);
    assert.ok(!("release" in taken));
    assert.equal(taken.pid, self.pid);
    assert.equal(lockOwner(folder, table)?.pid, self.pid);
  });

  void test("a damaged lock is nobody's", (t) => {
    const folder = folderFor(t);
    writeFileSync(join(folder, "host.1.lock"), '{"pid":');
    assert.equal(lockOwner(folder, table), undefined);
    const lock = takeLock(folder, self, table);
    assert.ok("release" in lock && lock.number === 2);
  });
});
