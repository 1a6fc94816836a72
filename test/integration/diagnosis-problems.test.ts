// Invariant: `smartbuild problems` tells of the newest build in that workspace, from a real one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { start } from "../support/smartbuild.ts";
import { tinyTree } from "../support/tiny-tree.ts";

interface Line {
  readonly kind: string;
  readonly lines: readonly [number, number];
  readonly file?: string;
  readonly line?: number;
}

describe("smartbuild problems", () => {
  it("names the cause in the log of the stage that failed, and says nothing of a good build", async (test) => {
    const tree = tinyTree({
      "0-livesrc-stamp": [
        "echo cc -c frob.c",
        `printf 'frob.c:7:9: error: unknown type name frob_t\\n' >&2`,
        "test -f fixed",
      ],
    });
    test.after(() => {
      tree.remove();
    });
    const failed = await start(["run", "--plain"], { cwd: tree.root }).ended;
    assert.equal(failed.code, 2, failed.stdout + failed.stderr);
    const json = await start(["problems", "--json"], { cwd: tree.root }).ended;
    assert.equal(json.code, 1, json.stderr);
    const problems = json.stdout
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text) as Line);
    assert.equal(problems[0]?.kind, "compile-error");
    assert.equal(problems[0].file, "frob.c");
    assert.equal(problems[0].line, 7);
    const text = await start(["problems"], { cwd: tree.root }).ended;
    assert.match(text.stdout, /^frob\.c line 7 does not compile/m);

    tree.write("fixed", "");
    const mended = await start(["run", "--plain"], { cwd: tree.root }).ended;
    assert.equal(mended.code, 0, mended.stdout + mended.stderr);
    assert.deepEqual(
      await start(["problems", "--json"], { cwd: tree.root }).ended.then(({ code, stdout }) => ({
        code,
        stdout,
      })),
      { code: 0, stdout: "" },
    );
  });
});
