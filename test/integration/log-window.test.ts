// Invariant: the index numbers lines as `split("\n")` does, however the log grew and wherever the
// window is.
import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { LogIndex } from "../../src/engine/logs/line-index.ts";
import { readBefore, readFrom, readTail, readWindow } from "../../src/engine/logs/window.ts";

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "smartbuild-window-"));
});
after(() => {
  rmSync(folder, { recursive: true });
});

function openLog(name: string, text: string | Uint8Array): LogIndex {
  const path = join(folder, name);
  writeFileSync(path, text);
  const index = LogIndex.open(path);
  assert.ok(index.ok);
  return index.value;
}

function texts(lines: readonly { readonly text: string }[]): string[] {
  return lines.map((line) => line.text);
}

/** Lines of many lengths, some longer than a block of the index. */
function unevenLines(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const length = i % 997 === 0 ? 150_000 : i % 13 === 0 ? 0 : (i * 7919) % 180;
    return `${String(i + 1)}:${"abcdefghij".repeat(length / 10)}`;
  });
}

describe("an index", () => {
  it("agrees with split on every line, indexed in small steps or at once", () => {
    const lines = unevenLines(4000);
    for (const budget of [0, Infinity]) {
      const index = openLog("uneven", lines.join("\n"));
      while (index.complete < 1) index.advance(budget);
      assert.equal(index.lines, lines.length);
      let offset = 0;
      for (const [i, line] of lines.entries()) {
        assert.equal(index.lineStart(i + 1), offset);
        if (i % 50 === 0) {
          assert.equal(index.lineAt(offset), i + 1);
          assert.equal(index.lineAt(offset + line.length), i + 1);
        }
        offset += line.length + 1;
      }
      assert.equal(index.lineStart(lines.length + 1), undefined);
      index.close();
    }
  });

  it("splits on \\n only, and counts an unfinished last line", () => {
    const index = openLog("ends", "a\rb\u2028c\u0085d\n\n\nlast");
    index.advance();
    assert.equal(index.lines, 4);
    assert.equal(readWindow(index, 4, 9)[0]?.text, "last");
    appendFileSync(index.file.path, " words\n");
    assert.deepEqual(index.advance(), { changed: true });
    assert.equal(index.lines, 4);
    assert.equal(readWindow(index, 4, 9)[0]?.text, "last words");
    assert.deepEqual(index.advance(), { changed: false });
    index.close();
  });

  it("starts anew, and says so, when the log became shorter", () => {
    const index = openLog("shorter", "one\ntwo\nthree\n");
    index.advance();
    truncateSync(index.file.path, 0);
    appendFileSync(index.file.path, "new\n");
    assert.deepEqual(index.advance(), { changed: true, restarted: { from: 14, to: 4 } });
    assert.equal(index.lines, 1);
    assert.deepEqual(texts(readTail(index, 5)), ["new"]);
    index.close();
  });

  it("starts anew when the log holds another text of the same or greater length", () => {
    for (const text of ["uno\ndos\n", "other words\nand more\nlines\n", "one\nTWO\nthree\n"]) {
      const index = openLog("rewritten", "one\ntwo\n");
      index.advance();
      truncateSync(index.file.path, 0);
      appendFileSync(index.file.path, text);
      // File systems tell times in ticks of some milliseconds; this test is faster.
      utimesSync(index.file.path, 1, 1);
      assert.deepEqual(index.advance().restarted, { from: 8, to: text.length });
      assert.deepEqual(texts(readTail(index, 9)), text.trimEnd().split("\n"));
      index.close();
    }
  });

  it("that has not seen yet that the log became shorter shows what is left", () => {
    const lines = unevenLines(1500);
    const index = openLog("unseen", lines.join("\n"));
    index.advance();
    truncateSync(index.file.path, 5);
    for (const first of [1, 2, 998, 1400]) assert.ok(readWindow(index, first, 10).length <= 10);
    assert.ok(readTail(index, 10).length <= 10);
    assert.equal(index.advance().restarted?.to, 5);
    assert.deepEqual(texts(readTail(index, 10)), [(lines[0] ?? "").slice(0, 5)]);
    index.close();
  });

  it("of an empty log is complete and has no lines", () => {
    const index = openLog("empty", "");
    assert.deepEqual(index.advance(), { changed: false });
    assert.equal(index.complete, 1);
    assert.equal(index.lines, 0);
    assert.deepEqual(readTail(index, 5), []);
    assert.deepEqual(readWindow(index, 1, 5), []);
    index.close();
  });

  it("is refused with the reason for what is no readable file", () => {
    const missing = LogIndex.open(join(folder, "missing"));
    assert.ok(!missing.ok);
    assert.match(missing.failure.message, /missing: ENOENT/);
    const notAFile = LogIndex.open(folder);
    assert.ok(!notAFile.ok);
    assert.match(notAFile.failure.message, /is not a file/);
  });
});

describe("a window", () => {
  it("holds the lines asked for, with number, offset and length", () => {
    const index = openLog("small", "one\n\x1b[31mtwo\x1b[m\nthree\n");
    index.advance();
    assert.deepEqual(readWindow(index, 2, 1), [
      {
        number: 2,
        offset: 4,
        bytes: 11,
        text: "two",
        spans: [{ start: 0, end: 3, style: { foreground: 1 } }],
        cut: false,
        rewritten: false,
      },
    ]);
    assert.deepEqual(texts(readWindow(index, 2, 100)), ["two", "three"]);
    assert.deepEqual(texts(readWindow(index, -3, 1)), ["one"]);
    assert.deepEqual(readWindow(index, 4, 1), []);
    index.close();
  });

  it("at the end of the log needs no index; numbers come with it", () => {
    const lines = unevenLines(3000);
    const index = openLog("tail", `${lines.join("\n")}\n`);
    const expected = lines.slice(-2100).map((line) => line.slice(0, 40));
    const before = readTail(index, 2100, { maxColumns: 40 });
    assert.deepEqual(texts(before), expected);
    assert.equal(before[0]?.number, undefined);
    index.advance();
    const numbered = readTail(index, 2100, { maxColumns: 40 });
    assert.deepEqual(texts(numbered), expected);
    assert.deepEqual(
      numbered.map((line) => line.number),
      expected.map((_, i) => 901 + i),
    );
    assert.equal(readTail(index, 9999, { maxColumns: 40 }).length, 3000);
    index.close();
  });

  it("by offset gives the same lines forwards and backwards", () => {
    const lines = unevenLines(2200);
    const index = openLog("offset", lines.join("\n"));
    for (const indexed of [false, true]) {
      if (indexed) index.advance();
      let offset = 0;
      for (const [i, line] of lines.entries()) {
        if (i % 211 === 0 || i % 997 < 2) {
          const options = { maxColumns: 30 };
          const inside = offset + Math.floor(line.length / 2);
          const after = lines.slice(i, i + 3).map((text) => text.slice(0, 30));
          assert.deepEqual(texts(readFrom(index, inside, 3, options)), after);
          const earlier = lines.slice(Math.max(0, i - 3), i).map((text) => text.slice(0, 30));
          assert.deepEqual(texts(readBefore(index, offset, 3, options)), earlier);
        }
        offset += line.length + 1;
      }
    }
    index.close();
  });

  it("shows the head of a huge line and the last state of a huge progress meter", () => {
    const meter = `${"  1% of it\r".repeat(300_000)}100% of it`;
    const index = openLog("huge", `first\n${"y".repeat(5_000_000)}\n${meter}\nlast\n`);
    for (const indexed of [false, true]) {
      if (indexed) index.advance();
      const shown = readBefore(index, index.bytes, 4, { maxColumns: 20 });
      assert.deepEqual(texts(shown), ["first", "y".repeat(20), "100% of it", "last"]);
      assert.deepEqual(
        shown.map((line) => line.bytes),
        [5, 5_000_000, meter.length, 4],
      );
      assert.deepEqual(
        shown.map((line) => line.cut),
        [false, true, true, false],
      );
    }
    index.close();
  });

  it("costs little over huge lines once they are indexed", () => {
    const index = openLog("costly", `${"y".repeat(5_000_000)}\n`.repeat(12));
    index.advance();
    const started = process.cpuUsage();
    for (let i = 0; i < 20; i++) assert.equal(readWindow(index, 1, 12).length, 12);
    const { user, system } = process.cpuUsage(started);
    // Reading all of it 20 times would take more than a second.
    assert.ok(user + system < 500_000, `${String(user + system)} µs`);
    index.close();
  });
});
