// Invariant: what one writer appends, followers read once and in order, whoever dies in between.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { systemClock } from "../../src/engine/clock.ts";
import {
  buildFolders,
  nextBuildName,
  readBuild,
  writeSummary,
} from "../../src/engine/journal/builds.ts";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import { JournalFollower } from "../../src/engine/journal/follow.ts";
import { stageRecords } from "../../src/engine/journal/history.ts";
import { JournalWriter } from "../../src/engine/journal/writer.ts";
import {
  attemptEnded,
  attemptStarted,
  buildEnded,
  buildStarted,
  eventfulBuild,
  hostStarted,
  numbered,
  planned,
} from "../support/journal-builder.ts";

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-journal-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

function lines(events: readonly JournalEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

void describe("following a journal", () => {
  void test("gives every event once, wherever the bytes are torn", (t) => {
    const path = join(folderFor(t), "journal.jsonl");
    const events = eventfulBuild();
    const text = Buffer.from(lines(events).replaceAll("fatal", "fätal"));
    const follower = new JournalFollower(path);
    assert.deepEqual(follower.poll(), [], "no journal yet");
    const seen: JournalEvent[] = [];
    for (let at = 0; at < text.length; at += 7) {
      appendFileSync(path, text.subarray(at, at + 7));
      seen.push(...follower.poll());
      assert.equal(follower.offset, Math.min(text.length, at + 7));
    }
    assert.deepEqual(JSON.parse(JSON.stringify(seen).replaceAll("ä", "a")), events);
    assert.equal(follower.hasUnfinishedLine, false);
    assert.deepEqual(follower.notes, []);
    follower.close();
  });

  void test("passes over blank, damaged and newer lines, and tells of them", (t) => {
    const path = join(folderFor(t), "journal.jsonl");
    const events = eventfulBuild();
    const wild = [
      "",
      '{"v":1,"seq":3,"at":"2026-01',
      "\0\0\0\xff",
      '{"v":2,"seq":90,"at":"2026-01-02T03:04:05.000Z","type":"new-thing"}',
      "  ",
    ];
    const text = events.map((event, index) => `${wild[index] ?? ""}\n${JSON.stringify(event)}\n`);
    writeFileSync(path, text.join("") + '{"v":1,"seq":99');
    const follower = new JournalFollower(path);
    assert.deepEqual(follower.poll(), events);
    assert.equal(follower.hasUnfinishedLine, true, "the torn end waits for its newline");
    assert.equal(follower.notes.length, 3);
    assert.match(follower.notes.join("; "), /newer smartbuild \(new-thing\)/);
    follower.close();
    const folder = join(path, "..");
    assert.equal(readBuild(folder)?.notes.filter((note) => note.includes("passed over")).length, 3);
  });

  void test("needs little memory for garbage, and goes on behind it", (t) => {
    const path = join(folderFor(t), "journal.jsonl");
    const [begun, ...rest] = eventfulBuild();
    assert.ok(begun);
    // A hole of zeros, as a crash may leave one, and many lines that are none.
    writeFileSync(path, `${JSON.stringify(begun)}\n`);
    truncateSync(path, 200 * 1024 * 1024);
    appendFileSync(path, `\n${"no event\n".repeat(5000)}${lines(rest)}`);
    const follower = new JournalFollower(path);
    const before = process.memoryUsage().external;
    let most = 0;
    const seen: JournalEvent[] = [];
    for (const event of follower.events()) {
      seen.push(event);
      most = Math.max(most, process.memoryUsage().external - before);
    }
    assert.deepEqual(seen, [begun, ...rest]);
    assert.equal(follower.notes.length, 101);
    assert.match(follower.notes.at(-1) ?? "", /and 4901 more lines/);
    follower.close();
    assert.ok(most < 40e6, `${most} bytes`);
  });
});

void describe("writing a journal", () => {
  void test("goes on numbering across writers, and on a new line after a torn one", (t) => {
    const folder = folderFor(t);
    const first = new JournalWriter(folder, 0, systemClock);
    first.write(buildStarted([planned("src")]));
    first.write(hostStarted(1));
    assert.equal(statSync(join(folder, "reserve")).size, 1024 * 1024);
    first.close(false);
    appendFileSync(join(folder, "journal.jsonl"), '{"v":1,"seq":3,"at":"torn');
    const second = new JournalWriter(folder, 2, systemClock);
    second.write(hostStarted(2, true));
    second.write(buildEnded("failed"));
    second.close(true);
    assert.ok(!existsSync(join(folder, "reserve")), "the reserve is given back at the end");
    const follower = new JournalFollower(join(folder, "journal.jsonl"));
    assert.deepEqual(
      follower.poll().map(({ seq, type }) => [seq, type]),
      [
        [1, "build-started"],
        [2, "host-started"],
        [3, "host-started"],
        [4, "build-ended"],
      ],
    );
    assert.equal(follower.notes.length, 1);
    follower.close();
  });

  void test("can tell the end on a full disk", (t) => {
    const folder = folderFor(t);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "none", folder]);
    if (mounted.status !== 0) {
      t.skip("only root can mount the small disk this needs");
      return;
    }
    try {
      const writer = new JournalWriter(folder, 0, systemClock);
      writer.write(buildStarted([planned("src")]));
      const filled = spawnSync("sh", ["-c", "cat /dev/zero > filler 2>/dev/null"], { cwd: folder });
      assert.notEqual(filled.status, 0, "the disk is full");
      const long = "x".repeat(150);
      for (let count = 0; count < 200; count++) {
        writer.write({ type: "stage-skipped", stage: "src", reason: `${count} ${long}` });
      }
      writer.write(buildEnded("failed"));
      assert.ok(!existsSync(join(folder, "reserve")));
      writer.close(true);
      const follower = new JournalFollower(join(folder, "journal.jsonl"));
      const events = follower.poll();
      follower.close();
      assert.deepEqual(
        events.map(({ seq }) => seq),
        events.map((_, index) => index + 1),
      );
      assert.equal(events.length, 202);
      assert.equal(foldAll(events)?.state, "failed");
    } finally {
      spawnSync("umount", ["-l", folder]);
    }
  });
});

void describe("builds of a workspace", () => {
  void test("are numbered, newest first, whatever else lies there", (t) => {
    const root = folderFor(t);
    const names = ["0002-20260101T000000Z", "0010-20250101T000000Z", "10000-20260101T000000Z"];
    for (const name of [...names, ".new-abc", "host.1.lock", "0003-x"]) mkdirSync(join(root, name));
    assert.deepEqual(
      buildFolders(root),
      [...names].reverse().map((name) => join(root, name)),
    );
    const now = new Date("2026-11-23T01:02:03.456Z");
    assert.equal(nextBuildName(buildFolders(root), now), "10001-20261123T010203Z");
    assert.equal(nextBuildName([], now), "0001-20261123T010203Z");
    assert.deepEqual(buildFolders(join(root, "nosuch")), []);
  });

  void test("use a summary only while it fits the journal", (t) => {
    const folder = folderFor(t);
    const events = eventfulBuild();
    const path = join(folder, "journal.jsonl");
    writeFileSync(path, lines(events));
    const state = foldAll(events);
    assert.ok(state);
    writeSummary(folder, { ...state, program: "from the summary" });
    assert.equal(readBuild(folder)?.program, "from the summary");
    appendFileSync(path, "\n");
    assert.deepEqual(readBuild(folder), state, "the journal is longer now");
    writeFileSync(join(folder, "summary.json"), '{"journalBytes":');
    assert.deepEqual(readBuild(folder), state);
    rmSync(path);
    assert.equal(readBuild(folder), undefined);
  });

  void test("tell of a stage its last success, and whether it failed since", (t) => {
    const root = folderFor(t);
    const build = (number: number, bodies: Parameters<typeof numbered>[0]): void => {
      const folder = join(root, `000${number}-20260101T000000Z`);
      mkdirSync(folder);
      const stages = ["good", "bad", "mended", "lost", "never"].map((name) => planned(name));
      writeFileSync(
        join(folder, "journal.jsonl"),
        lines(numbered([buildStarted(stages), ...bodies])),
      );
    };
    const one = (
      stage: string,
      end: "succeeded" | "failed" | "interrupted",
      attempt = 1,
    ): Parameters<typeof numbered>[0] => [
      ...attemptStarted(stage, attempt),
      attemptEnded(stage, end, attempt),
    ];
    build(1, [
      ...one("good", "succeeded"),
      ...one("bad", "succeeded"),
      ...one("lost", "succeeded"),
    ]);
    build(2, [
      ...one("mended", "failed"),
      ...one("mended", "succeeded", 2),
      ...one("lost", "interrupted"),
    ]);
    build(3, [...one("bad", "failed")]);
    const names = ["good", "bad", "mended", "lost", "never"];
    const records = stageRecords(root, names);
    const failed = Object.fromEntries(
      [...records].map(([name, record]) => [name, record.failedSince]),
    );
    assert.deepEqual(failed, { bad: true, mended: false, lost: true, good: false });
    assert.deepEqual(records.get("bad")?.fingerprint, { repositories: [], settings: {} });
    assert.equal(records.get("bad")?.steps, 3);
    assert.deepEqual([...stageRecords(root, ["good"]).keys()], ["good"]);
  });
});
