// Invariant: the logs are written as make, dmake and nightly write them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { foldersAbove } from "../../src/ui/log/folders-above.ts";

const folder = mkdtempSync(join(tmpdir(), "smartbuild-folders-"));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function above(text: string, from = text): readonly string[] {
  const path = join(folder, "log");
  writeFileSync(path, text);
  return foldersAbove(path, Buffer.byteLength(text.slice(0, text.indexOf(from))));
}

describe("the folders above a line", () => {
  it("are those that make has entered and not left, the innermost first", () => {
    const log = [
      "gmake: Entering directory '/ws/extra'",
      "gmake[1]: Entering directory '/ws/extra/libz'",
      "gmake[1]: Leaving directory '/ws/extra/libz'",
      "gmake[1]: Entering directory `/ws/extra/curl ü'",
      "a.c:1: oops",
      "gmake[1]: Entering directory '/ws/extra/later'",
    ].join("\n");
    assert.deepEqual(above(log, "a.c:1"), ["/ws/extra/curl ü", "/ws/extra"]);
  });

  it("are those that nightly's makefiles print", () => {
    const log = "/ws/usr/src/lib\n/ws/usr/src/lib/libc\ncc -c a.c\n/opt/gcc/bin/gcc -c b.c\nhere\n";
    assert.deepEqual(above(log, "here"), ["/ws/usr/src/lib/libc", "/ws/usr/src/lib"]);
  });

  it("are found across pieces, and not at all beyond some megabytes", () => {
    const enter = "make: Entering directory '/ws/far'\n";
    assert.deepEqual(above(`${enter}${"cc -c a.c\n".repeat(100_000)}here\n`, "here"), ["/ws/far"]);
    assert.deepEqual(above(`${enter}${"cc -c a.c\n".repeat(600_000)}here\n`, "here"), []);
    assert.deepEqual(above(`${enter}${"x".repeat(1 << 20)}\nhere\n`, "here"), ["/ws/far"]);
  });

  it("are none in a log that is gone", () => {
    assert.deepEqual(foldersAbove(join(folder, "absent"), 100), []);
  });
});
