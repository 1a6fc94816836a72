// Invariant: a follower hands out every line of a log once, whatever pieces it was written in.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { LogFollower, type FollowedLine } from "../../src/engine/logs/follow.ts";
import { LogTimes, LogTimesWriter } from "../../src/engine/logs/log-times.ts";

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "smartbuild-follow-"));
});
after(() => {
  rmSync(folder, { recursive: true });
});

function texts(lines: readonly FollowedLine[]): string[] {
  return lines.map((line) => line.text);
}

describe("a follower", () => {
  it("holds the unfinished line back until its newline or the end", () => {
    const path = join(folder, "pieces");
    const follower = new LogFollower(path);
    assert.deepEqual(follower.poll(), { lines: [], more: false });
    writeFileSync(path, "one\ntw");
    assert.deepEqual(follower.poll().lines, [{ offset: 0, end: 4, text: "one" }]);
    appendFileSync(path, "o é\nthr");
    assert.deepEqual(follower.poll().lines, [{ offset: 4, end: 11, text: "two é" }]);
    assert.deepEqual(follower.poll().lines, []);
    assert.deepEqual(follower.flush(), { offset: 11, end: 14, text: "thr" });
    assert.equal(follower.flush(), undefined);
    follower.close();
  });

  it("joins characters and lines torn by its own chunks", () => {
    const path = join(folder, "torn");
    const lines = Array.from({ length: 300 }, (_, i) => `${String(i)} ${"é名x".repeat(i * 7)}`);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
    const bytes = readFileSync(path);
    const follower = new LogFollower(path, { maxBytes: 1001 });
    const seen: FollowedLine[] = [];
    for (let more = true; more;) {
      const part = follower.poll();
      seen.push(...part.lines);
      more = part.more;
    }
    assert.deepEqual(texts(seen), lines);
    for (const line of seen) {
      assert.equal(bytes.toString("utf8", line.offset, line.end), `${line.text}\n`);
    }
    follower.close();
  });

  it("keeps the head of an endless line, and its place", () => {
    const path = join(folder, "endless");
    writeFileSync(path, `${"z".repeat(3_000_000)}\nnext\n`);
    const follower = new LogFollower(path);
    const [long, next] = follower.poll().lines;
    assert.equal(long?.end, 3_000_001);
    assert.equal(long.text, "z".repeat(65_536));
    assert.deepEqual(next, { offset: 3_000_001, end: 3_000_006, text: "next" });
    follower.close();
  });

  it("goes on where an earlier one stood", () => {
    const path = join(folder, "resumed");
    writeFileSync(path, "one\ntwo\n");
    const follower = new LogFollower(path, { start: 4 });
    assert.deepEqual(follower.poll().lines, [{ offset: 4, end: 8, text: "two" }]);
    follower.close();
  });

  it("says that the log became shorter, and reads it anew", () => {
    const path = join(folder, "shorter");
    writeFileSync(path, "one\ntwo\nunfinished");
    const follower = new LogFollower(path);
    follower.poll();
    truncateSync(path, 0);
    appendFileSync(path, "new\n");
    assert.deepEqual(follower.poll(), {
      lines: [{ offset: 0, end: 4, text: "new" }],
      more: false,
      truncated: { from: 18, to: 4 },
    });
    follower.close();
  });

  it("notices that the log was written anew and is longer than before", () => {
    const path = join(folder, "anew");
    writeFileSync(path, "one\ntwo\n");
    const follower = new LogFollower(path);
    follower.poll();
    truncateSync(path, 0);
    appendFileSync(path, "new\ntwo\nthree\n");
    const part = follower.poll();
    assert.deepEqual(texts(part.lines), ["new", "two", "three"]);
    assert.deepEqual(part.truncated, { from: 8, to: 14 });
    assert.deepEqual(follower.poll().lines, []);
    follower.close();
  });

  it("by name finishes a file that was moved away before it reads the new one", () => {
    const path = join(folder, "named");
    writeFileSync(path, "one\n");
    const follower = new LogFollower(path, { byName: true });
    assert.deepEqual(texts(follower.poll().lines), ["one"]);
    appendFileSync(path, "two\nlast");
    renameSync(path, `${path}.old`);
    assert.deepEqual(follower.poll(), { lines: [{ offset: 4, end: 8, text: "two" }], more: false });
    writeFileSync(path, "new\n");
    assert.deepEqual(follower.poll(), {
      lines: [{ offset: 8, end: 12, text: "last" }],
      more: true,
    });
    assert.deepEqual(follower.poll(), {
      lines: [{ offset: 0, end: 4, text: "new" }],
      more: false,
      truncated: { from: 12, to: 4 },
    });
    follower.close();
  });

  it("reads all that a real child writes while it writes", async () => {
    const path = join(folder, "child");
    const log = openSync(path, "a");
    const script = 'i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i+1)); done; printf end';
    const child = spawn("sh", ["-c", script], { stdio: ["ignore", log, log] });
    closeSync(log);
    const ended = once(child, "exit");
    const follower = new LogFollower(path);
    const seen: string[] = [];
    const state = { isRunning: true };
    void ended.then(() => {
      state.isRunning = false;
    });
    for (let last = false; !last;) {
      last = !state.isRunning;
      seen.push(...texts(follower.poll().lines));
      await new Promise(setImmediate);
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 3000 }, (_, i) => `line ${String(i)}`),
    );
    assert.equal(follower.flush()?.text, "end");
    follower.close();
  });
});

describe("times of a log", () => {
  it("are found by offset, within a second, also across a pause", () => {
    const path = join(folder, "times");
    const writer = LogTimesWriter.open(path);
    assert.ok(writer.ok);
    const start = 1_700_000_000_000;
    for (let ms = 0; ms <= 5000; ms += 100) writer.value.sample(ms + 10, start + ms);
    // Grew at 5,000, was sampled then; the next growth is ten minutes later.
    writer.value.sample(9000, start + 605_000);
    writer.value.close();
    assert.ok(readFileSync(path, "latin1").trim().split("\n").length <= 8);
    const times = new LogTimes(path);
    assert.equal(times.refresh(), true);
    for (let ms = 0; ms < 5000; ms += 250) {
      const late = (times.timeAt(ms) ?? Infinity) - (start + ms);
      assert.ok(late >= -100 && late <= 1000, `${String(ms)}: ${String(late)}`);
    }
    assert.equal(times.timeAt(8999), start + 605_000);
    assert.equal(times.timeAt(9000), undefined);
    times.close();
  });

  it("of text just before a pause are not moved behind the pause", () => {
    const path = join(folder, "pause");
    const writer = LogTimesWriter.open(path);
    assert.ok(writer.ok);
    writer.value.sample(100, 1_000_000);
    writer.value.sample(200, 1_000_500);
    writer.value.sample(300, 1_600_000);
    writer.value.close();
    const times = new LogTimes(path);
    times.refresh();
    assert.equal(times.timeAt(150), 1_000_500);
    assert.equal(times.timeAt(250), 1_600_000);
    times.close();
  });

  it("survive a torn tail, a second writer and a log that became shorter", () => {
    const path = join(folder, "torn-times");
    writeFileSync(path, "1000 10\n2000 20\n3000 3");
    const writer = LogTimesWriter.open(path);
    assert.ok(writer.ok);
    const times = new LogTimes(path);
    times.refresh();
    writer.value.sample(30, 4000);
    assert.equal(times.refresh(), true);
    assert.equal(times.timeAt(25), 4000);
    writer.value.sample(5, 6000);
    writer.value.close();
    times.refresh();
    assert.equal(times.size, 1);
    assert.equal(times.timeAt(2), 6000);
    times.close();
  });

  it("are refused with the reason where they cannot be written", () => {
    const writer = LogTimesWriter.open(join(folder, "none", "times"));
    assert.ok(!writer.ok);
    assert.equal(writer.failure.kind, "cannot-write");
  });
});
