// Invariant: a script is done by our steps only where it is recognised byte for byte; its text is
// not needed for that, and is never kept here.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { findScripts } from "../../src/engine/image/customize/find-scripts.ts";
import { knownScript } from "../../src/engine/image/customize/known-scripts.ts";
import { emptyAnew, stockSteps } from "../../src/engine/image/customize/stock-steps.ts";
import { ImageTree } from "../../src/engine/image/image-tree.ts";
import { readContent } from "../../src/engine/image/read-content.ts";

const stamp = "20260102T030405Z";
const script = "#!/bin/bash\n# stands for a published version\n";
const hash = createHash("sha256").update(script).digest("hex");

function withTools(files: Readonly<Record<string, string>>, judge: (root: string) => void): void {
  const root = mkdtempSync(join(tmpdir(), "stock-"));
  try {
    mkdirSync(join(root, "tools"));
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(root, "tools", name), text);
    }
    judge(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("a published tools/customize", () => {
  const known = (sum: string) => (sum === hash ? "chroot" : undefined);

  it("is not run, and what stands beside it is", () => {
    withTools({ customize: script, "customize.local": "" }, (root) => {
      const found = findScripts(root, stamp, known);
      assert.equal(found.stock, "chroot");
      assert.deepEqual(
        found.scripts.map(({ name }) => name),
        ["tools/customize.local"],
      );
    });
  });

  it("is run once a byte of it is changed", () => {
    withTools({ customize: `${script}\n` }, (root) => {
      const found = findScripts(root, stamp, known);
      assert.equal(found.stock, undefined);
      assert.deepEqual(
        found.scripts.map(({ name }) => name),
        ["tools/customize"],
      );
    });
  });

  it("is done by emptying three files, giving the root to root, and stamping two", () => {
    const tree = new ImageTree();
    const owned = { mode: 0o755, uid: 5, gid: 3 };
    tree.set({ ...tree.root, uid: 5, gid: 5 });
    for (const path of ["etc", "var", "var/adm", "var/log"]) {
      tree.set({ type: "directory", path, ...owned });
    }
    const write = (path: string, text: string): void => {
      tree.write(path, Buffer.from(text), { mode: 0o640, uid: 5, gid: 3 });
    };
    write("etc/mnttab", "/dev/x\n");
    write("var/adm/wtmpx", "who\n");
    write("etc/motd", "SmartOS 20120101T000000Z and 20120101T000000Z\nlive 20120101T000000Z\n");
    write("etc/issue", "no stamp: 20120101\n");
    const done = stockSteps(tree, stamp);
    const text = (path: string): string | undefined => {
      const file = tree.fileAt(path);
      return file && Buffer.from(readContent(file.content)).toString();
    };
    for (const path of ["etc/mnttab", "var/log/syslog", "var/adm/wtmpx"]) {
      assert.equal(text(path), "", path);
    }
    const { root } = tree;
    assert.deepEqual([root.uid, root.gid], [0, 0]);
    assert.equal(
      text("etc/motd"),
      `SmartOS ${stamp} and 20120101T000000Z\nlive ${stamp}\n`,
      "the first of each line",
    );
    assert.equal(text("etc/issue"), "no stamp: 20120101\n");
    assert.equal(tree.fileAt("etc/mnttab")?.mode, 0o640, "a file keeps its mode");
    assert.deepEqual(done, [
      "changed etc/mnttab (emptied)",
      "added var/log/syslog (empty)",
      "changed var/adm/wtmpx (emptied)",
      "changed etc/motd (build stamp)",
    ]);
  });

  it("gives what today's builder removes and makes anew to root", () => {
    const tree = new ImageTree();
    tree.write("wtmpx", Buffer.from("who\n"), { mode: 0o640, uid: 4, gid: 4 });
    emptyAnew(tree, "wtmpx");
    const file = tree.fileAt("wtmpx");
    assert.ok(file);
    assert.deepEqual([file.mode, file.uid, file.gid], [0o644, 0, 0]);
    assert.equal(readContent(file.content).length, 0);
  });

  it("is known in the versions that a smartos-live repository holds", (t) => {
    const repository = process.env["SMARTOS_LIVE_GIT"];
    if (repository === undefined) {
      t.skip("SMARTOS_LIVE_GIT names no git folder of smartos-live");
      return;
    }
    const git = (...words: string[]): Buffer =>
      execFileSync("git", [`--git-dir=${repository}`, ...words], { maxBuffer: 2 ** 26 });
    // The release of 2012, and the last version before the file was removed.
    const removed = git(
      "log",
      "--all",
      "--diff-filter=D",
      "-1",
      "--format=%H",
      "--",
      "tools/customize",
    );
    for (const commit of ["20120712", `${removed.toString().trim()}^`]) {
      const text = git("show", `${commit}:tools/customize`);
      const sum = createHash("sha256").update(text).digest("hex");
      assert.notEqual(knownScript(sum), undefined, `${commit} ${sum}`);
    }
  });
});
