// Invariant: what the command prints about a log is the same from a file and from a pipe, and in
// pieces of any size.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { measure, measureGood } from "../../bench/diagnosis.ts";
import { Diagnoser } from "../../src/engine/diagnosis/diagnoser.ts";
import { LogScan } from "../../src/engine/diagnosis/log-scan.ts";
import type { FoundProblem } from "../../src/engine/diagnosis/found-problem.ts";
import { LogFollower } from "../../src/engine/logs/follow.ts";

const program = join(import.meta.dirname, "../../dist/cli.js");
const folder = mkdtempSync(join(tmpdir(), "smartbuild-diagnosis-"));
after(() => {
  rmSync(folder, { recursive: true });
});

function smartbuild(
  args: readonly string[],
  input = "",
): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: "utf8",
    cwd: folder,
  });
  return { status, stdout };
}

function log(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A build of `size` quiet lines with two independent errors in it. */
function longLog(size: number): string {
  const lines: string[] = ["gmake[1]: Entering directory '/w/projects/illumos-extra/frob'"];
  for (let i = 0; i < size; i++)
    lines.push(`gcc -Wall -Werror -c -o objs/error${String(i)}.o error${String(i)}.c`);
  lines.splice(
    Math.floor(size / 3),
    0,
    "a.c:3:1: error: unknown type name 'frob_t'",
    "gmake[1]: *** [Makefile:3: a.o] Error 1",
  );
  lines.splice(
    Math.floor(size / 2),
    0,
    "\u001b[1mb.c:4:2: \u001b[31merror: \u001b[0mexpected ';' before '}' — ü",
    "gmake[1]: *** [Makefile:3: b.o] Error 1",
  );
  lines.push("gmake: *** [Makefile:9: all] Error 2", "");
  return lines.join("\n");
}

describe("smartbuild diagnose", () => {
  it("prints one problem a line, with the bytes that prove it", () => {
    const path = log("long.log", longLog(3000));
    const { status, stdout } = smartbuild(["diagnose", path, "--json"]);
    assert.equal(status, 1);
    const lines = readFileSync(path, "utf8").split("\n");
    const problems = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as FoundProblem);
    assert.deepEqual(
      problems.map(({ kind, file, line, count }) => ({ kind, file, line, count })),
      [
        { kind: "compile-error", file: "a.c", line: 3, count: 1 },
        { kind: "compile-error", file: "b.c", line: 4, count: 1 },
      ],
    );
    for (const problem of problems) {
      assert.deepEqual(Object.keys(problem), [
        "kind",
        "summary",
        "advice",
        "lines",
        "file",
        "line",
        "count",
        "followOn",
      ]);
      assert.match(lines[problem.lines[0] - 1] ?? "", /\.c:\d:\d: /);
      assert.match(lines[(problem.followOn[0]?.[0] ?? 0) - 1] ?? "", /\*\*\*/);
    }
    assert.equal(
      smartbuild(["diagnose", "-", "--json"], readFileSync(path, "utf8")).stdout,
      stdout,
    );
  });

  it("ends with 0 when nothing is wrong, and with 65 when it cannot read the log", () => {
    assert.deepEqual(
      smartbuild([
        "diagnose",
        log("good.log", "cc -c a.c\nchecking for error.h... no\n"),
        "--json",
      ]),
      { status: 0, stdout: "" },
    );
    assert.equal(smartbuild(["diagnose", log("empty.log", "")]).status, 0);
    assert.equal(smartbuild(["diagnose", join(folder, "nosuch.log")]).status, 65);
    assert.equal(smartbuild(["diagnose"]).status, 64);
  });

  it("takes binary garbage, endless lines and endless failures in bounded memory", () => {
    const noise = randomBytes(8 << 20);
    const line = Buffer.alloc(48 << 20, "x");
    const meter = Buffer.alloc(8 << 20, "\r");
    const error = "a.c:1:1: error: again and again\n".repeat(200_000);
    const tail = "b.c:2:1: error: the last\ngmake: *** [b.o] Error 1";
    for (const { input, kinds } of [
      { input: [noise, line], kinds: [] },
      { input: [line, "\n", tail], kinds: ["compile-error"] },
      { input: [meter, "\n", noise, "\n", tail], kinds: ["compile-error"] },
      { input: [error], kinds: ["compile-error"] },
    ]) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--max-old-space-size=64", program, "diagnose", "-", "--json"],
        { input: Buffer.concat(input.map((part) => Buffer.from(part))), encoding: "utf8" },
      );
      assert.equal(stderr, "");
      const found = stdout.split("\n").filter((each) => each !== "");
      const shown = found.map((each) => (JSON.parse(each) as FoundProblem).kind);
      assert.deepEqual(shown, kinds);
      assert.equal(status, kinds.length === 0 ? 0 : 1);
    }
  });

  it("lets no escape sequence of the log reach the terminal", () => {
    const path = log(
      "hostile.log",
      "\u001b]52;c;Zm9v\u0007ld: fatal: library -l\u001b]0;x\u0007frob: not found\ngmake: *** [x] Error 1\n",
    );
    const { status, stdout } = smartbuild(["diagnose", path]);
    assert.equal(status, 1);
    assert.ok(!stdout.includes("\u001b") && !stdout.includes("\u0007"));
  });
});

describe("a log in pieces", () => {
  const text = Buffer.from(longLog(2000));

  function inPieces(size: number): readonly FoundProblem[] {
    const scan = new LogScan();
    for (let at = 0; at < text.length; at += size) scan.push(text.subarray(at, at + size));
    return scan.finish();
  }

  it("has the same problems as in one piece, and line by line", () => {
    const whole = inPieces(text.length);
    assert.equal(whole.length, 2);
    for (const size of [1, 7, 4096, 65_537]) assert.deepEqual(inPieces(size), whole);
    const path = join(folder, "lines.log");
    writeFileSync(path, text);
    const follower = new LogFollower(path);
    const diagnoser = new Diagnoser();
    for (const line of follower.poll().lines) diagnoser.take(line);
    follower.close();
    assert.deepEqual(diagnoser.finish(), whole);
    for (const { start, end, lines } of whole) {
      const proof = text.subarray(start, end).toString("utf8").split("\n");
      assert.equal(proof.length - 1, lines[1] - lines[0] + 1);
      assert.match(proof[0] ?? "", /error: /);
    }
  });

  it("may hold a line of any length", () => {
    const scan = new LogScan();
    const meter = Buffer.alloc(1 << 20, "#");
    scan.push(Buffer.from("ld: fatal: library -lfrob: not found\n"));
    for (let i = 0; i < 8; i++) scan.push(meter);
    scan.push(Buffer.from("\nmore\ngmake: *** [frob] Error 1\n"));
    const [problem] = scan.finish();
    assert.deepEqual(problem?.lines, [1, 1]);
    assert.deepEqual(problem.followOn, [[4, 4]]);
  });
});

describe("a failed command without a message", () => {
  it("is shown by what ran last", () => {
    const diagnoser = new Diagnoser();
    let offset = 0;
    for (const text of ["cc -c a.c", "./tools/frobnicate -x a.o"]) {
      diagnoser.take({ offset, end: offset + text.length + 1, text });
      offset += text.length + 1;
    }
    const [problem] = diagnoser.finish({ failed: true });
    assert.equal(problem?.kind, "silent-failure");
    assert.deepEqual(problem.lines, [2, 2]);
    assert.match(problem.summary, /frobnicate/);
  });
});

describe("a collection of labelled logs", () => {
  const root = process.env["SMARTBUILD_FAILURES"];
  const skip =
    root === undefined
      ? "SMARTBUILD_FAILURES is not set: THE DIAGNOSIS WAS NOT CHECKED AGAINST LABELLED LOGS"
      : false;

  it(
    "has its cause shown first in 90 % of the cases, and no alarm in good builds",
    { skip },
    (test) => {
      const folderOfLogs = root ?? "";
      const figures = measure(folderOfLogs, readdirSync(join(folderOfLogs, "failing")));
      const { alarms } = measureGood(folderOfLogs, readdirSync(join(folderOfLogs, "good")));
      test.diagnostic(JSON.stringify({ ...figures, alarms }));
      assert.ok(figures.top1 >= 0.9 * figures.cases);
      assert.ok(figures.top3 >= 0.97 * figures.cases);
      assert.deepEqual(alarms, []);
    },
  );
});
