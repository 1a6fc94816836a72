// Invariant: pieces put together are the log, and none of them cuts a command.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { linesOf, textPieces } from "../../src/engine/audit/printed/text-pieces.ts";
import { Random } from "../support/random.ts";

const folder = mkdtempSync(join(tmpdir(), "audit-pieces-"));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(text: string): string {
  const path = join(folder, "log");
  writeFileSync(path, text);
  return path;
}

describe("the pieces of a log", () => {
  it("hold whole commands, continued ones joined, whatever the lengths of lines", () => {
    const random = new Random(3);
    for (let round = 0; round < 5; round++) {
      const commands: string[] = [];
      const lines: string[] = [];
      for (let bytes = 0; bytes < 500_000;) {
        const parts = Array.from({ length: random.between(1, 4) }, () =>
          random.pick(["ü", "gcc -c a.c", "x".repeat(random.between(0, 4000))]),
        );
        const end = random.pick(["\n", "\r\n"]);
        commands.push(parts.join(" "));
        lines.push(parts.join(`\\${end}    `));
        bytes += (lines.at(-1)?.length ?? 0) + 1;
      }
      const path = written(`${lines.join("\n")}\n`);
      const pieces = [...textPieces({ path, start: 0 })];
      assert.ok(pieces.length > 2, String(pieces.length));
      assert.deepEqual([...linesOf(pieces)], commands);
    }
  });

  it("begin and end where the part does", () => {
    const path = written("one\ntwo\nthree\n");
    assert.deepEqual([...linesOf(textPieces({ path, start: 4, end: 8 }))], ["two"]);
    assert.deepEqual([...textPieces({ path, start: 4, end: 10 })].join(""), "two\nth");
  });

  it("are none of a log that is gone, and give a line without an end or newline back", () => {
    assert.deepEqual([...textPieces({ path: join(folder, "none"), start: 0 })], []);
    const long = "y".repeat(1_000_000);
    assert.deepEqual(
      [...linesOf(textPieces({ path: written(`${long}\\\n`), start: 0 }))],
      [`${long} `],
    );
  });
});
