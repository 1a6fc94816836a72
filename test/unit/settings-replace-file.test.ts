// Invariant: a file is replaced whole or not at all, and nothing of ours is ever sourced.
import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { replaceFile } from "../../src/engine/settings/replace-file.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "smartbuild-replace-"));
});
afterEach(() => {
  chmodSync(root, 0o700);
  rmSync(root, { recursive: true });
});

function put(before: string | undefined, after: string): ReturnType<typeof replaceFile> {
  return replaceFile({
    path: join(root, "configure.local"),
    before: before === undefined ? undefined : Buffer.from(before),
    after: Buffer.from(after),
    scratch: join(root, "log/smartbuild"),
  });
}

function text(): string {
  return readFileSync(join(root, "configure.local"), "utf8");
}

test("keeps the mode and leaves no other file", () => {
  writeFileSync(join(root, "configure.local"), "old");
  chmodSync(join(root, "configure.local"), 0o640);
  assert.ok(put("old", "new").ok);
  assert.equal(text(), "new");
  assert.equal(statSync(join(root, "configure.local")).mode & 0o7777, 0o640);
  assert.deepEqual(readdirSync(root).sort(), ["configure.local", "log"]);
  assert.deepEqual(readdirSync(join(root, "log/smartbuild")), []);
});

test("refuses when the file changed, came or went meanwhile", () => {
  writeFileSync(join(root, "configure.local"), "theirs");
  for (const before of ["mine", undefined]) {
    const refused = put(before, "new");
    assert.ok(!refused.ok);
    assert.equal(refused.failure.kind, "cannot-write");
    assert.match(refused.failure.message, /has changed on disk/);
    assert.equal(text(), "theirs");
  }
  rmSync(join(root, "configure.local"));
  assert.equal(put("mine", "new").ok, false);
  assert.deepEqual(readdirSync(root), ["log"]);
});

test("makes a new file", () => {
  assert.ok(put(undefined, "first").ok);
  assert.equal(text(), "first");
  assert.equal(statSync(join(root, "configure.local")).nlink, 1);
});

test("writes through a symbolic link", () => {
  mkdirSync(join(root, "dotfiles"));
  writeFileSync(join(root, "dotfiles/fragment"), "old");
  symlinkSync("dotfiles/fragment", join(root, "configure.local"));
  assert.ok(put("old", "new").ok);
  assert.equal(readlinkSync(join(root, "configure.local")), "dotfiles/fragment");
  assert.equal(readFileSync(join(root, "dotfiles/fragment"), "utf8"), "new");
  assert.deepEqual(readdirSync(join(root, "dotfiles")), ["fragment"]);
});

test("no name in the root but the file's own ever matches configure.*", async () => {
  // A file where the scratch folder should be forces the temporary file into the root itself.
  writeFileSync(join(root, "log"), "in the way");
  writeFileSync(join(root, "configure.local"), "old");
  const seen = new Set<string>();
  let isDone = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    isDone = resolve;
  });
  const watcher = watch(root, (_event, name) => {
    if (name === "end") isDone();
    else if (name !== null) seen.add(name);
  });
  assert.ok(put("old", "new").ok);
  writeFileSync(join(root, "end"), "");
  await done;
  watcher.close();
  assert.ok(
    [...seen].some((name) => name.startsWith(".smartbuild-")),
    [...seen].join(" "),
  );
  assert.deepEqual(
    [...seen].filter((name) => name.startsWith("configure.")),
    ["configure.local"],
  );
  assert.equal(text(), "new");
});

test(
  "a folder that is closed to us is a failure that names the file",
  { skip: process.getuid?.() === 0 && "root writes everywhere" },
  () => {
    writeFileSync(join(root, "configure.local"), "old");
    chmodSync(root, 0o500);
    const refused = put("old", "new");
    assert.ok(!refused.ok);
    assert.match(refused.failure.message, /configure\.local cannot be written/);
  },
);
