// Invariant: a stage's command gets a clean start, and its end is on disk whoever lives to see it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { ownIdentity } from "../../src/engine/process/process-table.ts";
import { sessionOf } from "../../src/engine/process/session.ts";
import {
  forbidStart,
  prepareStatusFile,
  readStatusFile,
} from "../../src/engine/process/status-file.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";
import { startWrapped, type WrappedCommand } from "../../src/engine/process/wrapper.ts";
import { until } from "../support/smartbuild.ts";

const table = processTable();

interface Place extends WrappedCommand {
  readonly folder: string;
}

function placeFor(t: TestContext, script: string, change: Partial<WrappedCommand> = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-wrapper-"));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, "host.pid"), `${process.pid}\n`);
  return {
    folder,
    argv: ["/bin/sh", "-c", script],
    cwd: folder,
    environment: { PATH: process.env["PATH"] ?? "", SMARTBUILD_STAGE: "b/s.1" },
    log: join(folder, "s.1.log"),
    status: join(folder, "s.1.status"),
    go: join(folder, "s.1.go"),
    hostPid: join(folder, "host.pid"),
    revive: ["/bin/sh", "-c", 'echo "it\'s revived" > "$1"', "sh", join(folder, "revived it's")],
    ...change,
  };
}

async function ended(place: Place): Promise<{ code: number | undefined; log: string }> {
  assert.equal(await startWrapped(place).ended, undefined);
  const log = readFileSync(place.log, "utf8");
  return { code: readStatusFile(place.status).exitCode, log };
}

void describe("wrapper", () => {
  for (const [script, code] of [
    ["exit 0", 0],
    ["exit 7", 7],
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
    ["exec /nosuch/program 2>/dev/null", 127],
  ] as const) {
    void test(`leaves the status of "${script}": ${code}`, async (t) => {
      const place = placeFor(t, script);
      const wrapper = startWrapped(place);
      const size = statSync(place.status).size;
      await wrapper.ended;
      assert.deepEqual(readStatusFile(place.status), { pid: wrapper.pid, exitCode: code });
      assert.equal(statSync(place.status).size, size, "written in place");
      assert.ok(!existsSync(place.go));
      assert.ok(!existsSync(join(place.folder, "revived it's")), "the host lives");
    });
  }

  void test("keeps the order of stdout and stderr: 1,000 alternating lines", async (t) => {
    const place = placeFor(
      t,
      "i=0; while [ $i -lt 500 ]; do echo $((2 * i)); echo $((2 * i + 1)) >&2; i=$((i + 1)); done",
    );
    const { log } = await ended(place);
    assert.deepEqual(log, Array.from({ length: 1000 }, (_, index) => `${index}\n`).join(""));
  });

  void test("gives the command an empty stdin, a session of its own and default signals", async (t) => {
    const place = placeFor(
      t,
      'cat; readlink /proc/self/fd/0; grep -E "Sig(Ign|Blk)" /proc/self/status; ' +
        'echo "session $(cut -d" " -f6 /proc/self/stat)"; [ -t 1 ] || echo no terminal; (: </dev/tty) 2>/dev/null || echo no tty',
    );
    const { code, log } = await ended(place);
    assert.equal(code, 0);
    assert.match(
      log,
      /^\/dev\/null\nSigBlk:\t0{16}\nSigIgn:\t0{16}\nsession (\d+)\nno terminal\nno tty\n$/,
    );
    assert.equal(Number(/session (\d+)/.exec(log)?.[1]), readStatusFile(place.status).pid);
  });

  void test("outlives a signal to its session and still writes the status", async (t) => {
    const place = placeFor(t, "echo ready; sleep 600");
    const wrapper = startWrapped(place);
    await until("the command runs", () => readFileSync(place.log, "utf8") === "ready\n");
    const pid = wrapper.pid ?? 0;
    assert.equal(sessionOf(table, table.find(pid) ?? ownIdentity(table)).length, 3);
    process.kill(-pid, "SIGTERM");
    await wrapper.ended;
    assert.equal(readStatusFile(place.status).exitCode, 143);
  });

  void test("does not run the command once its start was forbidden", async (t) => {
    const place = placeFor(t, "echo ran");
    let ran = 0;
    let forbidden = 0;
    for (let round = 0; round < 20; round++) {
      rmSync(place.log, { force: true });
      const wrapper = startWrapped(place);
      const until = performance.now() + round / 2;
      while (performance.now() < until);
      const isForbidden = forbidStart(place.go);
      await wrapper.ended;
      const hasRun = readFileSync(place.log, "utf8") === "ran\n";
      assert.notEqual(hasRun, isForbidden, "exactly one of both");
      if (hasRun) ran++;
      else forbidden++;
      assert.equal(readStatusFile(place.status).exitCode, hasRun ? 0 : undefined);
    }
    t.diagnostic(`of 20 races the command won ${ran}, the ban ${forbidden}`);
  });

  void test("revives a dead host as its last act, a zombie included", async (t) => {
    const parent = spawn("sh", ["-c", "sleep 0.01 & echo $!; exec sleep 60"]);
    t.after(() => parent.kill());
    const zombie = await new Promise<string>((resolve) =>
      parent.stdout.once("data", (text: Buffer) => {
        resolve(text.toString());
      }),
    );
    await until("it is a zombie", () => table.find(Number(zombie)) === undefined);
    for (const dead of [zombie, "999999999\n", ""]) {
      const place = placeFor(t, "exit 3");
      writeFileSync(place.hostPid, dead);
      const { code, log } = await ended(place);
      assert.equal(code, 3);
      assert.equal(log, "", "the log is the command's alone");
      assert.equal(readFileSync(join(place.folder, "revived it's"), "utf8"), "it's revived\n");
    }
  });

  void test("that cannot be started says why", async (t) => {
    const place = placeFor(t, "true", { cwd: "/nosuch/folder" });
    const wrapper = startWrapped(place);
    assert.equal(wrapper.pid, undefined);
    assert.match((await wrapper.ended) ?? "", /\/nosuch\/folder|ENOENT/);
  });
});

void describe("status file", () => {
  void test("says what is known, and nothing when it is damaged", (t) => {
    const { status, go } = placeFor(t, "true");
    assert.deepEqual(readStatusFile(status), {});
    prepareStatusFile(status, go);
    assert.equal(statSync(status).size, 17);
    for (const [text, known] of [
      [" ".repeat(16), {}],
      ["123             ", { pid: 123 }],
      ["123        0    ", { pid: 123, exitCode: 0 }],
      ["4194304    137  ", { pid: 4_194_304, exitCode: 137 }],
      ["12x        0    ", {}],
      ["123        1x   ", {}],
    ] as const) {
      writeFileSync(status, `${text}\n`);
      assert.deepEqual(readStatusFile(status), known, text);
    }
  });

  void test("a start is forbidden once", (t) => {
    const { status, go } = placeFor(t, "true");
    prepareStatusFile(status, go);
    assert.equal(forbidStart(go), true);
    assert.equal(forbidStart(go), false);
  });
});
