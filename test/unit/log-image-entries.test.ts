// Invariant: entries are read from the lines that builders really write, whole or torn.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseImageEntry } from "../../src/engine/logs/image-entry.ts";
import { ImageLogReader, type ImageLogItem } from "../../src/engine/logs/image-entries.ts";

function read(lines: readonly string[]): ImageLogItem[] {
  const reader = new ImageLogReader();
  return [...lines.flatMap((line) => reader.read(line)), ...reader.end()];
}

/** An item in one line: kind, path or error, outcome, lines. */
function told(item: ImageLogItem): string {
  const where = item.lines.join("-");
  switch (item.kind) {
    case "entry": {
      const { entry, isRepeat } = item;
      return `${where} ${entry.kind} ${entry.path} ${entry.outcome.kind}${isRepeat ? " again" : ""}`;
    }
    case "fatal":
      return `${where} fatal ${item.call}: ${item.error}`;
    case "copy-error":
      return `${where} copy ${item.from} ${item.to}: ${item.error}`;
    case "manifest-line":
      return `${where} line ${item.manifestLine}: ${item.problem}`;
  }
}

describe("an image entry", () => {
  it("is read in every form", () => {
    assert.deepEqual(parseImageEntry("FILE: [usr/bin/ls][0555][root/0][bin/2]: OK (/ws/proto)"), {
      kind: "file",
      path: "usr/bin/ls",
      mode: "0555",
      user: { name: "root", id: 0 },
      group: { name: "bin", id: 2 },
      outcome: { kind: "ok", source: "/ws/proto" },
    });
    assert.deepEqual(parseImageEntry("DIR: [a b][dir][07555][root/0][bit/-1]: OK"), {
      kind: "directory",
      path: "a b][dir",
      mode: "07555",
      user: { name: "root", id: 0 },
      group: { name: "bit", id: -1 },
      outcome: { kind: "ok" },
    });
    assert.deepEqual(parseImageEntry("LINK(symlink): usr/a => ../b: c: OK"), {
      kind: "symlink",
      path: "usr/a",
      target: "../b: c",
      outcome: { kind: "ok" },
    });
    assert.equal(parseImageEntry("LINK(link): a => b: OK")?.kind, "hardlink");
    assert.deepEqual(parseImageEntry("LINK: a => b: OK"), {
      kind: "link",
      path: "a",
      target: "b",
      outcome: { kind: "ok" },
    });
  });

  it("failed only when its outcome says so", () => {
    const outcome = (line: string) => parseImageEntry(line)?.outcome;
    assert.deepEqual(outcome("FILE: [usr/x][0444][root/0][sys/3]: FAILED"), { kind: "failed" });
    assert.deepEqual(outcome("FILE: [x][0444][root/0][sys/3]: FAILED (no such owner)"), {
      kind: "failed",
      reason: "no such owner",
    });
    const man = "LINK(symlink): usr/share/man/man3ext/DES_FAILED.3ext => ecb_crypt.3ext: OK";
    assert.deepEqual(outcome(man), { kind: "ok" });
    assert.deepEqual(outcome("FILE: [a: FAILED][0444][root/0][sys/3]: OK (/p)"), {
      kind: "ok",
      source: "/p",
    });
    assert.deepEqual(outcome("FILE: [a][0444][root/0][sys/3]: "), { kind: "unfinished" });
  });

  it("is nothing else", () => {
    for (const line of [
      "BUILD FAILED",
      "1 out of 2 hunks FAILED -- saving rejects to file a.rej",
      "FILE: notes",
      "  FILE: [usr/x][0444][root/0][sys/3]: FAILED",
      "FILE: [usr/x][0444][root/0][sys/3]: FAILED to say",
    ]) {
      assert.equal(parseImageEntry(line), undefined, line);
    }
  });
});

describe("an image log", () => {
  it("torn by the message of an error gives the entry and the error", () => {
    const lines = [
      "DIR: [usr/lib/node_modules][0555][romkdir(): No such file or directory",
      "ot/0][bin/2]: OK",
    ];
    assert.deepEqual(read(lines).map(told), [
      "1-1 fatal mkdir: No such file or directory",
      "1-2 directory usr/lib/node_modules ok",
    ]);
  });

  it("of a full disk tells what was being copied, though it says FAILED nowhere", () => {
    const lines = [
      "FILE: [lib/a][0555][root/0][bin/2]: OK (/ws/proto)",
      "FILE: [lib/b][0555][root/0]builder: Error copying /ws/proto/unix to platform/unix",
      ": No space left on device",
      "file_cp(): No space left on device",
      "[bin/2]: OK (/ws/proto)",
      "FILE: [platform/unix][0755][root/0][sys/3]: [[2026-11-22T19:39:30Z] ./tools/build_live:261: grep 'FAILED$'",
      "[2026-11-22T19:39:30Z] ./tools/build_live:262: fail",
    ];
    assert.deepEqual(read(lines).map(told), [
      "1-1 file lib/a ok",
      "2-3 copy /ws/proto/unix platform/unix: No space left on device",
      "4-4 fatal file_cp: No space left on device",
      "2-5 file lib/b ok",
      "6-7 file platform/unix unfinished",
    ]);
  });

  it("is not told twice by a shell that traces its words", () => {
    const failed = "FILE: [usr/x][0444][root/0][sys/3]: FAILED";
    const lines = [failed, "+ fail 'FILE: [usr/y][0444]", `${failed}'`, "", `${failed} ]]`, ""];
    assert.deepEqual(read(lines).map(told), ["1-1 file usr/x failed"]);
  });

  it("gives an entry at once that other text stands behind", () => {
    const lines = ["FILE: [usr/a][0444][root/0][bin/2]: OK (/p)cannot do that", "", "x"];
    assert.deepEqual(read(lines).map(told), ["1-1 file usr/a ok"]);
  });

  it("torn by text of any form is put together where what is left makes an entry", () => {
    const lines = ["FILE: [usr/a][0444][root/0][some warning", "bin/2]: FAILED", "more"];
    assert.deepEqual(read(lines).map(told), ["1-2 file usr/a failed"]);
  });

  it("that ends in the middle of an entry tells which it was", () => {
    const lines = [
      "link: File exists",
      "LINK(link): usr/a => usr/b: OK",
      "LINK(link): usr/c => usr/d: ",
    ];
    assert.deepEqual(read(lines).map(told), [
      "1-1 fatal link: File exists",
      "2-2 hardlink usr/a ok",
      "3-3 hardlink usr/c unfinished",
    ]);
  });

  it("that lists its failures again says that they are the same", () => {
    const failed = "FILE: [usr/x][0444][root/0][sys/3]: FAILED";
    assert.deepEqual(
      read([failed, "build_live: ERROR: builder failed", `  | ${failed}`]).map(told),
      ["1-1 file usr/x failed", "3-3 file usr/x failed again"],
    );
    const classic = ["(may need to increase the size)", "Failures:", failed, "Customizing /tmp/x"];
    assert.deepEqual(read([failed, ...classic, failed]).map(told), [
      "1-1 file usr/x failed",
      "4-4 file usr/x failed again",
      "6-6 file usr/x failed",
    ]);
  });

  it("tells manifest lines and links that cannot be used", () => {
    const lines = [
      "Wrong number of arguments for file on line[12]: f usr/x 0444",
      "Invalid type (x) on line[13]: x usr/y",
      "invalid symlink target: 'usr/z'",
      "failed to chdir(/out): No such file or directory",
      "euid must be 0 to use this tool.",
    ];
    assert.deepEqual(read(lines).map(told), [
      "1-1 line 12: Wrong number of arguments for file f usr/x 0444",
      "2-2 line 13: Invalid type (x) x usr/y",
      "3-3 fatal invalid symlink target: 'usr/z'",
      "4-4 fatal chdir: No such file or directory",
      "5-5 fatal euid: must be 0 to use this tool.",
    ]);
  });
});
