// Invariant: processes are read as the systems document them, odd names and zombies included.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as turn } from "node:timers/promises";
import { oldestLeaf, shortCommand } from "../../src/engine/process/oldest-leaf.ts";
import { linuxProcessTable, parseStat } from "../../src/engine/process/os-linux.ts";
import { parsePsinfo, sunosProcessTable } from "../../src/engine/process/os-sunos.ts";
import { isAlive, ownIdentity } from "../../src/engine/process/process-table.ts";
import { sessionOf } from "../../src/engine/process/session.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";

/** A stat line of proc_pid_stat(5); fields 7 to 21 are of no interest. */
function statLine(name: string, state = "S"): string {
  return `42 (${name}) ${state} 1 43 44 ${"0 ".repeat(15)}987654 0 0`;
}

/** psinfo_t of the 64-bit kernel, by the offsets of sys/procfs.h. */
function psinfo(fields: { lwps: number; pid: number; session: number; name: string }): Buffer {
  const bytes = Buffer.alloc(416);
  bytes.writeInt32LE(fields.lwps, 4);
  bytes.writeInt32LE(fields.pid, 8);
  bytes.writeInt32LE(1, 12);
  bytes.writeInt32LE(fields.pid, 16);
  bytes.writeInt32LE(fields.session, 20);
  bytes.writeInt32LE(501, 24);
  bytes.writeInt32LE(502, 28);
  bytes.writeBigInt64LE(1_790_000_000n, 88);
  bytes.writeBigInt64LE(123_456_789n, 96);
  bytes.write(fields.name, 136, 16, "latin1");
  bytes.write("/usr/bin/not the name", 152, "latin1");
  return bytes;
}

void describe("Linux", () => {
  void test("stat is read whatever the name holds", () => {
    for (const name of ["sh", "a b", "a) S 9 9 9", "((", ")", "", "tmux: server", "x\ny"]) {
      assert.deepEqual(parseStat(statLine(name), "boot"), {
        pid: 42,
        start: "987654",
        boot: "boot",
        parent: 1,
        group: 43,
        session: 44,
        name,
      });
    }
  });

  void test("zombies and the dead are no processes, nor is a torn line", () => {
    for (const state of ["Z", "X", "x"])
      assert.equal(parseStat(statLine("sh", state), "b"), undefined);
    for (const torn of ["", "42", "42 (sh", "42 (sh) S 1 43 44 0"]) {
      assert.equal(parseStat(torn, "b"), undefined, torn);
    }
  });

  void test("the table agrees with ps about this process and a child's session", (t) => {
    const table = linuxProcessTable("/proc");
    const self = table.find(process.pid);
    assert.ok(self);
    assert.equal(self.parent, process.ppid);
    const ps = execFileSync("ps", ["-o", "pgid=,sid=", "-p", String(process.pid)], {
      encoding: "utf8",
    });
    assert.deepEqual(ps.trim().split(/\s+/).map(Number), [self.group, self.session]);
    const child = spawn("sleep", ["60"], { detached: true, env: { MARK: "a=b" } });
    t.after(() => child.kill());
    const pid = child.pid ?? 0;
    assert.equal(table.find(pid)?.session, pid);
    assert.ok(table.all().some((one) => one.pid === pid));
    assert.equal(table.userOf(pid), process.getuid?.());
    assert.equal(table.userOf(999_999_999), undefined);
    assert.equal(table.environmentOf(999_999_999, "MARK"), undefined);
    assert.deepEqual(table.argvOf(pid), ["sleep", "60"]);
    assert.deepEqual(table.argvOf(999_999_999), []);
    const elapsed = execFileSync("ps", ["-o", "etimes=", "-p", String(process.pid)]);
    const age = table.ageOf(self, Date.now()) / 1000;
    assert.ok(Math.abs(age - Number(String(elapsed))) < 3, `${age} s, ps says ${String(elapsed)}`);
  });

  void test("what a session waits for is its oldest process without children", async (t) => {
    const script = "sh -c 'sleep 3; sleep 300; :' & sleep 0.5; gcc -c -O2 other.c; sleep 301";
    const leader = spawn("sh", ["-c", script], { detached: true, stdio: "ignore" });
    const table = processTable();
    t.after(() => {
      process.kill(-(leader.pid ?? 0), "SIGKILL");
    });
    const wrapper = table.find(leader.pid ?? 0);
    assert.ok(wrapper);
    for (;;) {
      const waits = sessionOf(table, wrapper).map(({ pid }) => table.argvOf(pid).join(" "));
      if (waits.includes("sleep 301") && waits.includes("sleep 3")) break;
      await turn(20);
    }
    const oldest = oldestLeaf(table, wrapper, Date.now());
    assert.equal(oldest?.command, "sleep 3");
    const seconds = (Date.now() - oldest.startedAt) / 1000;
    assert.ok(seconds > 0.3 && seconds < 30, `${seconds} s`);
    assert.equal(oldestLeaf(table, { ...wrapper, boot: "other" }, Date.now()), undefined);
  });

  void test("a command is told by its program and the file it works on", () => {
    assert.equal(
      shortCommand(["/usr/bin/gcc", "-O2", "-c", "a/b/foo.c", "-o", "foo.o"]),
      "gcc ... foo.c",
    );
    assert.equal(shortCommand(["sleep", "60"]), "sleep 60");
    assert.equal(shortCommand(["/opt/local/bin/gmake"]), "gmake");
    assert.equal(shortCommand(["tar", "-C", "/x", "-cf", "out.tar", "."]), "tar ... out.tar");
    assert.equal(
      shortCommand(["curl", "https://me:secret@example.com/"]),
      "curl https://***@example.com/",
    );
    assert.doesNotMatch(shortCommand(["sh", "-c", "printf '\u001b[2J\u0007'"]), /[\x00-\x1f]/);
  });

  void test("an identity is more than a pid", () => {
    const table = processTable();
    const self = ownIdentity(table);
    assert.ok(isAlive(table, self));
    assert.ok(!isAlive(table, { ...self, start: "1" }));
    assert.ok(!isAlive(table, { ...self, boot: "other" }));
    assert.deepEqual(sessionOf(table, { ...self, boot: "other" }), []);
  });
});

void describe("SunOS", () => {
  void test("psinfo is read by its documented offsets", () => {
    assert.deepEqual(parsePsinfo(psinfo({ lwps: 1, pid: 77, session: 70, name: "dmake" }), "b"), {
      pid: 77,
      start: "1790000000123456789",
      boot: "b",
      parent: 1,
      group: 77,
      session: 70,
      name: "dmake",
    });
    const full = psinfo({ lwps: 2, pid: 1, session: 1, name: "sixteen-letters!" });
    assert.equal(parsePsinfo(full, "b")?.name, "sixteen-letters!");
  });

  void test("a zombie and a short file are no processes", () => {
    const zombie = psinfo({ lwps: 0, pid: 77, session: 70, name: "sh" });
    assert.equal(parsePsinfo(zombie, "b"), undefined);
    assert.equal(parsePsinfo(zombie.subarray(0, 100), "b"), undefined);
  });

  void test("the table reads a /proc of psinfo files", (t) => {
    const proc = mkdtempSync(join(tmpdir(), "smartbuild-proc-"));
    t.after(() => {
      rmSync(proc, { recursive: true });
    });
    for (const [pid, lwps] of [
      [1, 1],
      [77, 1],
      [78, 0],
    ] as const) {
      mkdirSync(join(proc, String(pid)));
      writeFileSync(join(proc, `${pid}/psinfo`), psinfo({ lwps, pid, session: 77, name: "sh" }));
    }
    mkdirSync(join(proc, "self"));
    const table = sunosProcessTable(proc);
    assert.deepEqual(
      table
        .all()
        .map(({ pid }) => pid)
        .sort(),
      [1, 77],
    );
    assert.equal(table.find(78), undefined);
    assert.equal(table.userOf(77), 502);
    const leader = table.find(77);
    assert.ok(leader);
    assert.equal(leader.boot, "1790000000123456789", "the zone's init tells the boot");
    assert.deepEqual(table.argvOf(77), ["/usr/bin/not", "the", "name"]);
    assert.equal(table.ageOf(leader, 1_790_000_060_123), 60_000);
    assert.deepEqual(
      sessionOf(table, leader)
        .map(({ pid }) => pid)
        .sort(),
      [1, 77],
    );
  });
});
