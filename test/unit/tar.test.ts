// Invariant: GNU tar is the judge of every archive made here.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { TarHeader } from "../../src/engine/image/format/tar.ts";
import { tarEnd, tarHeader, tarPadding } from "../../src/engine/image/format/tar.ts";

const common = { mode: 0o644, uid: 0, gid: 3, mtime: 1767225600 };

/** An archive of these headers; a file's content is its path, repeated to its size. */
function archive(headers: readonly TarHeader[]): Buffer {
  const parts = headers.flatMap((header) => {
    const size = header.size ?? 0;
    const content = Buffer.alloc(size, header.path, "latin1");
    return [tarHeader(header), content, Buffer.alloc(tarPadding(size))];
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([body, tarEnd(body.length)]);
}

/** What GNU tar lists: mode, ids, size, time, name, a line an entry. */
function list(input: Buffer): string[] {
  const args = ["--numeric-owner", "--full-time", "--utc", "--quoting-style=literal", "-tvf", "-"];
  const run = spawnSync("tar", args, {
    input,
    encoding: "latin1",
    env: { ...process.env, LC_ALL: "C" },
  });
  assert.equal(run.stderr, "");
  assert.equal(run.status, 0);
  return run.stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.replace(/ +/g, " "));
}

const time = "2026-01-01 00:00:00";

describe("tar", () => {
  it("holds every type with mode, owner and time", () => {
    const lines = list(
      archive([
        { ...common, type: "directory", path: "usr", mode: 0o1777 },
        { ...common, type: "file", path: "usr/a", size: 3, mode: 0o4555, uid: 71 },
        { ...common, type: "file", path: "usr/empty", size: 0 },
        { ...common, type: "symlink", path: "usr/s", target: "../x y", mode: 0o777 },
        { ...common, type: "hardlink", path: "usr/h", target: "usr/a" },
      ]),
    );
    assert.deepEqual(lines, [
      `drwxrwxrwt 0/3 0 ${time} usr/`,
      `-r-sr-xr-x 71/3 3 ${time} usr/a`,
      `-rw-r--r-- 0/3 0 ${time} usr/empty`,
      `lrwxrwxrwx 0/3 0 ${time} usr/s -> ../x y`,
      `hrw-r--r-- 0/3 0 ${time} usr/h link to usr/a`,
    ]);
  });

  it("holds names and targets of every length", () => {
    const lengths = [1, 98, 99, 100, 101, 102, 154, 155, 156, 157, 254, 255, 256, 257, 300, 1000];
    const nested = (length: number) => "dir45678/".repeat(200).slice(0, length - 1) + "x";
    const flat = (length: number) => "n".repeat(length);
    const late = (length: number) => `${"p".repeat(Math.max(1, length - 4))}/${"q".repeat(3)}`;
    for (const make of [nested, flat, late]) {
      const paths = lengths.map(make);
      const headers = paths.flatMap((path): TarHeader[] => [
        { ...common, type: "file", path, size: 5 },
        { ...common, type: "directory", path },
        { ...common, type: "symlink", path: "l", target: path },
        { ...common, type: "hardlink", path: `h/${path}`, target: path },
      ]);
      const names = list(archive(headers)).map((line) => line.split(time)[1]);
      const expected = paths.flatMap((path) => [
        ...[` ${path}`, ` ${path}/`, ` l -> ${path}`, ` h/${path} link to ${path}`],
      ]);
      assert.deepEqual(names, expected);
    }
  });

  it("uses plain ustar unless something does not fit", () => {
    const plain = tarHeader({
      ...common,
      type: "file",
      path: `${"d".repeat(155)}/${"n".repeat(100)}`,
    });
    assert.equal(plain.length, 512);
    assert.ok(tarHeader({ ...common, type: "file", path: "n".repeat(101) }).length > 512);
  });

  it("holds ids and sizes that ustar cannot", () => {
    const dir = mkdtempSync(join(tmpdir(), "tar-"));
    try {
      const size = 9 * 2 ** 30;
      const big = tarHeader({
        ...common,
        type: "file",
        path: "big",
        size,
        uid: 4294967294,
        gid: 60001,
      });
      const small = tarHeader({ ...common, type: "file", path: "ids", gid: 0o10000000 });
      writeFileSync(join(dir, "t"), Buffer.concat([small, big]));
      const args = ["--numeric-owner", "-tvf", join(dir, "t")];
      // Its content is not there, so tar complains, but only after it listed the entry.
      const { stdout } = spawnSync("tar", args, { encoding: "utf8" });
      assert.match(stdout, /0\/2097152 +0 .* ids\n/);
      assert.match(stdout, /4294967294\/60001 +9663676416 .* big\n/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("keeps names that are not UTF-8 byte for byte", () => {
    const path = "caf\xe9\xff";
    assert.equal(list(archive([{ ...common, type: "file", path }]))[0]?.split(time)[1], ` ${path}`);
    const long = "\xe9".repeat(120);
    assert.equal(
      list(archive([{ ...common, type: "file", path: long }]))[0]?.split(time)[1],
      ` ${long}`,
    );
  });

  it("ends in whole records", () => {
    for (const blocks of [0, 1, 17, 18, 19, 20, 21]) {
      const length = blocks * 512;
      const whole = length + tarEnd(length).length;
      assert.equal(whole % 10240, 0);
      assert.ok(tarEnd(length).length >= 1024);
    }
  });
});
