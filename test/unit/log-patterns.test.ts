// Invariant: many lines searched at once give the lines that match one by one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compilePattern, linePattern } from "../../src/engine/logs/line-pattern.ts";
import { matchLines } from "../../src/engine/logs/match-lines.ts";
import { plainText } from "../../src/engine/logs/plain-text.ts";

function expression(text: string, isLiteral = false): RegExp {
  const pattern = linePattern(text, { isLiteral });
  assert.ok(pattern.ok, text);
  return compilePattern(pattern.value);
}

function matching(text: string, pattern: string): number[] {
  const found: number[] = [];
  matchLines(text, expression(pattern), (index) => {
    found.push(index);
    return true;
  });
  return found;
}

const lines = [
  "cc -c main.c",
  "",
  "main.c:3: error: 'x' undeclared",
  "   ",
  "\ttab\rmeter 50%\rmeter 100%",
  "Error: two",
  "é ü 漢字 😀",
  "aaa bbb aaa",
  "",
];

const patterns = [
  "error",
  "Error",
  "^",
  "$",
  "^$",
  "\\s+",
  "\\s*$",
  "^\\s*$",
  "[^a]",
  "[^:]*error",
  "a[^]*b",
  "(?!\\s)b",
  "(?<!\\w)error",
  "x?",
  "\\W\\W",
  "\\D",
  "[\\s\\S]b",
  "[\\0-\\x20]b",
  "(a+) b+ \\1",
  ".*error.*",
  ".*?b",
  "c$|^E",
  "漢",
  "[^\\x00-\\x7f]",
  "\\bmeter\\b",
  "a\\nb",
  "[\\n]",
  "^meter",
];

describe("a line pattern", () => {
  it("finds in many lines at once what it finds in each alone", () => {
    const text = lines.join("\n");
    for (const pattern of patterns) {
      const alone = lines.flatMap((line, index) =>
        matching(line, pattern).length > 0 ? [index] : [],
      );
      assert.deepEqual(matching(text, pattern), alone, pattern);
    }
  });

  it("matches as typed where nothing could reach over a newline", () => {
    const text = lines.join("\n");
    for (const pattern of patterns) {
      const typed = new RegExp(pattern, /[A-Z]/.test(pattern.replace(/\\./g, "")) ? "m" : "im");
      const alone = lines.flatMap((line, index) => (typed.test(line) ? [index] : []));
      assert.deepEqual(matching(text, pattern), alone, pattern);
    }
  });

  it("heeds case only when it has an upper-case letter", () => {
    assert.deepEqual(matching("ERROR\nerror\nError", "error"), [0, 1, 2]);
    assert.deepEqual(matching("ERROR\nerror\nError", "Error"), [2]);
    assert.deepEqual(matching("A B\nab", "a\\Sb|\\SB"), []);
    assert.deepEqual(matching("AB\nab", "a\\Bb"), [0, 1]);
    assert.deepEqual(matching("X\nx", "[A-Z]"), [0]);
  });

  it("can be plain text", () => {
    assert.ok(expression("a.c (x)[0]*", true).test("gcc A.C (X)[0]* ..."));
    assert.ok(!expression("a.c", true).test("abc"));
  });

  it("is refused with the reason when it cannot be read", () => {
    const pattern = linePattern("lib(foo");
    assert.ok(!pattern.ok);
    assert.match(
      pattern.failure.message,
      /^\/lib\(foo\/ is not a regular expression: unterminated/,
    );
    assert.match(pattern.failure.advice ?? "", /backslash/);
  });
});

describe("lines of any length", () => {
  it("are numbered right between huge ones, and these are searched to their end", () => {
    const huge = `${"y".repeat(200_000)}needle`;
    const text = ["needle", huge, "", "no", "y".repeat(40_000), "needle", huge].join("\n");
    assert.deepEqual(matching(text, "needle"), [0, 1, 5, 6]);
    assert.deepEqual(matching(text, "^needle"), [0, 5]);
    assert.deepEqual(matching(text, "^$"), [2]);
  });

  it("cost no more than their length, even for a pattern that backtracks", () => {
    const started = process.cpuUsage();
    assert.deepEqual(matching("a".repeat(200_000), "a.*b"), []);
    const { user } = process.cpuUsage(started);
    // Matched whole it would take many times as long.
    assert.ok(user < 8_000_000, `${String(user)} µs`);
  });

  it("end when the caller has enough", () => {
    const found: number[] = [];
    matchLines("a\nb\na\na", expression("a"), (index) => {
      found.push(index);
      return found.length < 2;
    });
    assert.deepEqual(found, [0, 2]);
  });
});

describe("the text of a log", () => {
  it("has no colours, and keeps its lines", () => {
    const bytes = Buffer.from(
      "main.c: \x1b[01;31m\x1b[Kerror: \x1b[m\x1b[Kbad\n\x1b[32m\n\x1b(B\x1b[0mend\x1b\n]2;x\x1b",
    );
    assert.equal(plainText(bytes), "main.c: error: bad\n\nend\x1b\n]2;x\x1b");
    assert.equal(plainText(Buffer.from("é\x1b[1m漢\xff")), "é漢ÿ");
  });
});
