// Invariant: search, filter and index of a view agree with a plain reading of the file, while the log
// grows, is emptied or replaced.
import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { LogView } from "../../src/engine/logs/log-view.ts";

let folder: string;
let changed: (() => void) | undefined;
const open: LogView[] = [];

before(() => {
  folder = mkdtempSync(join(tmpdir(), "smartbuild-view-"));
});
after(() => {
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((view) => view.close()));
});

function viewOf(name: string, text: string, times?: string): LogView {
  const path = join(folder, name);
  writeFileSync(path, text);
  const onChange = (): void => changed?.();
  const opened = LogView.open(path, times === undefined ? { onChange } : { onChange, times });
  assert.ok(opened.ok);
  open.push(opened.value);
  return opened.value;
}

/** Polls at every change that the view announces, until something holds. */
async function until(view: LogView, holds: () => boolean): Promise<void> {
  for (;;) {
    const change = new Promise<void>((resolve) => (changed = resolve));
    view.poll();
    if (holds()) return;
    await change;
  }
}

/** Log lines of several kinds; every line differs. */
function logLines(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const n = String(i + 1);
    if (i % 1009 === 500) return `file${n}.c:1: error: bad ${"z".repeat(i % 90)}`;
    if (i % 7 === 3) return `\x1b[1mwarn\x1b[0ming: ${n}`;
    return i % 11 === 0 ? "" : `cc -c file${n}.c${" -D_X".repeat(i % 23)}`;
  });
}

function numbers(lines: readonly string[], pattern: RegExp): number[] {
  return lines.flatMap((line, i) => (pattern.test(line) ? [i + 1] : []));
}

describe("a view of a large log", () => {
  it("can be read at both ends at once, and is indexed by a worker", async () => {
    const lines = logLines(600_000);
    const view = viewOf("large", `${lines.join("\n")}\n`);
    assert.ok(view.bytes > 1 << 24);
    assert.ok(view.complete < 1);
    assert.equal(view.tail(3).at(-1)?.text, lines.at(-1));
    assert.equal(view.from(0, 3)[1]?.text, lines[1]);
    const shares: number[] = [];
    await until(view, () => {
      shares.push(view.complete);
      return view.complete === 1;
    });
    assert.ok(shares.some((share) => share > 0 && share < 1));
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.equal(view.lines, lines.length);
    for (const line of [1, 2, 65_537, 599_999, 600_000]) {
      assert.equal(view.window(line, 1)[0]?.text, plain(lines[line - 1]));
    }
    appendFileSync(view.path, "more\nlast");
    view.poll();
    assert.equal(view.lines, lines.length + 2);
    assert.equal(view.tail(1)[0]?.number, lines.length + 2);
  });

  it("is searched before it is indexed", async () => {
    const lines = logLines(600_000);
    const view = viewOf("early", `${lines.join("\n")}\nneedle`);
    const search = view.search("error: bad");
    assert.ok(search.ok);
    const expected = numbers(lines, /error: bad/);
    const first = await search.value.next(1, 1, true);
    assert.equal(first?.line, expected[0]);
    const last = await search.value.nextFromOffset(view.bytes, -1);
    assert.equal(last?.line, expected.at(-1));
    assert.equal(last?.wrapped, false);
    await until(view, () => search.value.complete === 1 && view.complete === 1);
    assert.equal(search.value.count, expected.length);
    const again = view.search("needle");
    assert.ok(again.ok);
    assert.equal((await again.value.next(1, 1, true))?.line, lines.length + 1);
  });
});

describe("a search", () => {
  it("counts all hits, and goes to the next and previous one around the log", async () => {
    const lines = logLines(30_000);
    const view = viewOf("search", `${lines.join("\n")}\n`);
    // Lines are named by number here, which only the index knows.
    await until(view, () => view.complete === 1);
    for (const [text, pattern] of [
      ["error:.*z$", /error:.*z$/],
      ["warning", /warn.*ing/],
      ["^$", /^$/],
    ] as const) {
      const begun = view.search(text);
      assert.ok(begun.ok);
      const search = begun.value;
      const expected = numbers(lines, pattern);
      for (const isDone of [false, true]) {
        if (isDone) await until(view, () => search.complete === 1);
        const middle = expected[10] ?? 0;
        assert.deepEqual(await at(search.next(middle - 1, 1)), [middle, false]);
        assert.deepEqual(await at(search.next(middle, 1)), [expected[11], false]);
        assert.deepEqual(await at(search.next(middle, 1, true)), [middle, false]);
        assert.deepEqual(await at(search.next(middle, -1)), [expected[9], false]);
        assert.deepEqual(await at(search.next(expected.at(-1) ?? 0, 1)), [expected[0], true]);
        assert.deepEqual(await at(search.next(expected[0] ?? 0, -1)), [expected.at(-1), true]);
        assert.deepEqual(await at(search.next(lines.length + 1, -1)), [expected.at(-1), false]);
      }
      assert.equal(search.count, expected.length);
      assert.equal(search.ordinal(expected[7] ?? 0), 8);
      assert.equal(search.isHit(expected[7] ?? 0), true);
      assert.equal(search.isHit((expected[7] ?? 0) + 1), expected.includes((expected[7] ?? 0) + 1));
    }
  });

  it("without a hit says so", async () => {
    const view = viewOf("none", "a\nb\nunfinished");
    const search = view.search("nothing");
    assert.ok(search.ok);
    assert.equal(await search.value.next(2, 1), undefined);
    assert.equal(await search.value.next(2, -1), undefined);
    await until(view, () => search.value.complete === 1);
    assert.equal(search.value.count, 0);
    assert.equal(await search.value.next(2, 1), undefined);
  });

  it("follows the log, and takes back what an unfinished line no longer is", async () => {
    const view = viewOf("growing", "fail\nok\nfail");
    const begun = view.search("fail$");
    assert.ok(begun.ok);
    const search = begun.value;
    await until(view, () => search.complete === 1);
    assert.equal(search.count, 2);
    appendFileSync(view.path, "ed not\nmore fail\n");
    await until(view, () => search.complete === 1 && search.isHit(4) === true);
    assert.equal(search.count, 2);
    assert.equal(search.isHit(3), false);
    assert.equal((await search.next(1, 1))?.line, 4);
  });

  it("tells where a text on screen matches, without a pattern running here", async () => {
    const view = viewOf("spans", `${"x aab\n".repeat(1000)}xx aab`);
    const search = view.search("a+b");
    assert.ok(search.ok);
    // What the scan has found must not move where spans begin.
    await until(view, () => search.value.complete === 1);
    assert.equal(search.value.spans("aab ab"), undefined);
    assert.equal(search.value.spans("none"), undefined);
    await until(view, () => search.value.spans("aab ab") !== undefined);
    assert.deepEqual(search.value.spans("aab ab"), [
      { start: 0, end: 3 },
      { start: 4, end: 6 },
    ]);
    assert.deepEqual(search.value.spans("none"), []);
  });

  it("that would never end is ended, and the next one works", async () => {
    const view = viewOf("slow", `ok\n${"a".repeat(60)}!\nlast\n`);
    const slow = view.search("^(a+)+$");
    assert.ok(slow.ok);
    assert.equal(await slow.value.next(1, 1, true), undefined);
    assert.match(slow.value.failure?.message ?? "", /takes more than 3 s/);
    const started = view.search("^(a+)+$");
    assert.ok(started.ok);
    const next = view.search("last");
    assert.ok(next.ok);
    assert.equal((await next.value.next(1, 1, true))?.line, 3);
    assert.equal(await started.value.next(1, 1, true), undefined);
  });
});

describe("a filter", () => {
  it("tells where what it asks for stands in a text on screen", async () => {
    const view = viewOf("filter-spans", "x aab\nc 12\nnone\n");
    const filter = view.filter({ include: ["\\d+", "a+b"], exclude: ["none"] });
    assert.ok(filter.ok);
    assert.equal(filter.value.spans("3 aab ab"), undefined);
    await until(view, () => filter.value.spans("3 aab ab") !== undefined);
    assert.deepEqual(filter.value.spans("3 aab ab"), [
      { start: 0, end: 1 },
      { start: 2, end: 5 },
      { start: 6, end: 8 },
    ]);
  });

  it("shows what it lets through with context, by position", async () => {
    const lines = logLines(100_000);
    const view = viewOf("filter", lines.join("\n"));
    const begun = view.filter({ include: ["error", "warning"], exclude: ["9$"], context: 2 });
    assert.ok(begun.ok);
    const filter = begun.value;
    await until(view, () => filter.complete === 1);
    const matching = numbers(lines.map(plain), /error|warning/).filter(
      (line) => !plain(lines[line - 1]).endsWith("9"),
    );
    assert.equal(filter.matching, matching.length);
    for (const context of [2, 0, 9]) {
      filter.setContext(context);
      const shown = new Set<number>();
      for (const line of matching) {
        for (let near = line - context; near <= line + context; near++) shown.add(near);
      }
      const expected = [...shown]
        .filter((line) => line >= 1 && line <= lines.length)
        .sort((a, b) => a - b);
      assert.equal(filter.shown, expected.length);
      assert.equal(filter.hidden, lines.length - expected.length);
      for (const first of [1, 17, 5000, expected.length - 5]) {
        const window = filter.window(first, 40, { maxColumns: 300 });
        const wanted = expected.slice(first - 1, first + 39);
        assert.deepEqual(
          window.map(({ number }) => number),
          wanted,
        );
        for (const { number = 0, position, isContext, text } of window) {
          assert.equal(expected[position - 1], number);
          assert.equal(isContext, !matching.includes(number));
          assert.equal(text, plain(lines[number - 1]));
        }
      }
      const hidden = expected.find((line, i) => expected[i + 1] !== line + 1) ?? 0;
      assert.equal(filter.positionOf(hidden), expected.indexOf(hidden) + 1);
      if (expected.length < lines.length) {
        const next = expected.find((line) => line > hidden) ?? 0;
        assert.equal(filter.positionOf(hidden + 1), undefined);
        assert.deepEqual(filter.nearest(hidden + 1), {
          line: next,
          position: expected.indexOf(next) + 1,
        });
      }
      const last = expected.at(-1) ?? 0;
      assert.deepEqual(filter.nearest(10 ** 9), { line: last, position: expected.length });
    }
  });

  it("that only excludes shows the rest, and follows the log", async () => {
    const view = viewOf("exclude", "a\nb\na\n");
    const begun = view.filter({ exclude: ["a"] });
    assert.ok(begun.ok);
    await until(view, () => begun.value.complete === 1);
    assert.deepEqual([begun.value.shown, begun.value.hidden], [1, 2]);
    appendFileSync(view.path, "c\na\nd");
    view.poll();
    await until(view, () => begun.value.complete === 1);
    assert.deepEqual(
      begun.value.window(1, 9).map(({ text }) => text),
      ["b", "c", "d"],
    );
  });

  it("is refused with the reason when a pattern cannot be read", () => {
    const view = viewOf("refused", "a\n");
    const filter = view.filter({ exclude: ["ok", "*"] });
    assert.ok(!filter.ok);
    assert.match(filter.failure.message, /^\/\*\/ is not a regular expression/);
  });
});

describe("a log that is written anew", () => {
  it("is noticed when it grew beyond its old size meanwhile", async () => {
    const view = viewOf("anew", "old one\nold two\n");
    const search = view.search("new");
    const filter = view.filter({ include: ["two"] });
    assert.ok(search.ok && filter.ok);
    await until(view, () => search.value.complete === 1 && filter.value.complete === 1);
    assert.equal(search.value.count, 0);
    truncateSync(view.path, 0);
    appendFileSync(view.path, "new one\nnew two\nnew three\n");
    assert.deepEqual(view.poll(), { changed: true, restarted: true });
    assert.equal(view.lines, 3);
    await until(view, () => search.value.count === 3 && filter.value.complete === 1);
    assert.deepEqual(
      filter.value.window(1, 9).map(({ text }) => text),
      ["new two"],
    );
  });

  it("is noticed when another file takes its name", async () => {
    const view = viewOf("named", "one\ntwo\n");
    const search = view.search("t");
    assert.ok(search.ok);
    await until(view, () => search.value.complete === 1);
    writeFileSync(join(folder, "other"), "one\ntwo\nthree\nfour\n");
    renameSync(join(folder, "other"), view.path);
    assert.equal(view.poll().restarted, true);
    assert.equal(view.lines, 4);
    await until(view, () => search.value.count === 2);
    assert.equal(view.poll().restarted, false);
  });
});

describe("times of a view", () => {
  it("date lines, and lead to where the log stood still", () => {
    const times = join(folder, "times");
    writeFileSync(times, "1000000 8\n1001000 16\n1061000 24\n1062000 28\n1100000 36\n");
    const view = viewOf("timed", "line 01\nline 02\nline 03\nline 04\nline 05\n", times);
    view.poll();
    assert.equal(view.timeOf(1), 1_000_000);
    assert.equal(view.timeOf(3), 1_061_000);
    const first = view.slowGap(1, 1);
    assert.deepEqual(first, { line: 3, offset: 16, quietMs: 60_000, since: 1_001_000 });
    const second = view.slowGap(first.line, 1);
    assert.deepEqual(second, { line: 4, offset: 28, quietMs: 38_000, since: 1_062_000 });
    assert.equal(view.slowGap(second.line, 1), undefined);
    assert.equal(view.slowGap(4, -1)?.line, 3);
    assert.equal(view.slowGap(1, 1, 90_000), undefined);
  });
});

function plain(line = ""): string {
  return line.replaceAll("\x1b[1m", "").replaceAll("\x1b[0m", "");
}

async function at(
  hit: Promise<{ readonly line: number; readonly wrapped: boolean } | undefined>,
): Promise<[number | undefined, boolean | undefined]> {
  const found = await hit;
  return [found?.line, found?.wrapped];
}
