// Invariant: every command runs as a process of its own, on images that the writer made.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { extractImage } from "../../src/engine/image/inspect/extract.ts";
import type { FileSystem, ImageNode } from "../../src/engine/image/inspect/file-system.ts";
import { memorySource, UnreadableError } from "../../src/engine/image/format/bytes-io.ts";
import { MountedImage } from "../../src/engine/image/inspect/mounted-image.ts";
import { makeArchive, makeLgz } from "./image-inspect-maker.ts";

const work = fs.mkdtempSync(join(tmpdir(), "image-inspect-"));
const archive = join(work, "platform/i86pc/amd64/boot_archive");
const tsx = import.meta.resolve("tsx");
const command = join(import.meta.dirname, "image-command.ts");

function image(...args: string[]) {
  const run = spawnSync(process.execPath, ["--import", tsx, command, ...args], {
    ...{ cwd: work, encoding: "buffer", maxBuffer: 2 ** 26 },
  });
  const [stdout, stderr] = [run.stdout.toString("utf8"), run.stderr.toString("utf8")];
  return { status: run.status, stdout, stderr, bytes: run.stdout };
}

const big = Buffer.alloc(300_000, "0123456789abcdef");
const root = {
  etc: null,
  "etc/passwd": "root:x:0:0::/:/sbin/sh\nlp:x:71:8::/:\n",
  "etc/group": "root::0:\nlp::8:\n",
  "etc/joyent_buildstamp": "20260102T030405Z\n",
  "etc/motd": "welcome\n",
  "etc/hard": { hardlink: "etc/motd" },
  bin: { symlink: "./usr/bin" },
  "etc/abs": { symlink: "/usr/bin/tool" },
  "etc/loop": { symlink: "loop" },
  tmp: { content: null, mode: 0o1777 },
  "usr/bin": null,
  "usr/bin/early": "under\n",
};
const usr = {
  bin: null,
  "bin/tool": { content: big, mode: 0o4555, uid: 71, gid: 8 },
  "bin/ls": { content: "ls\n", mode: 0o555 },
  "with\nnewline": "odd\n",
};

before(async () => {
  await makeArchive(archive, root, usr);
});
after(() => {
  spawnSync("chmod", ["-R", "u+rwX", work]);
  fs.rmSync(work, { recursive: true });
});

describe("image ls", () => {
  it("lists a folder in columns, with the image's own names", () => {
    const { status, stdout } = image("ls", `${archive}:/usr/bin`);
    assert.equal(status, 0);
    assert.deepEqual(stdout.split("\n"), [
      "-r-xr-xr-x  1  root  root       3  2023-11-14 22:13  usr/bin/ls",
      "-r-sr-xr-x  1  lp    lp    300000  2023-11-14 22:13  usr/bin/tool",
      "",
    ]);
  });

  it("follows links inside the image, and finds the archive in a platform folder", () => {
    assert.match(image("ls", `${join(work, "platform")}:bin`).stdout, /usr\/bin\/tool\n$/);
  });

  it("lists everything, as JSON, names with control characters spelled out in text", () => {
    const { stdout } = image("ls", "-R", "--json", archive);
    const entries = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { path: string; kind: string; target?: string });
    const paths = entries.map(({ path }) => path);
    assert.ok(paths.includes("usr/bin/tool") && paths.includes("usr/with\nnewline"));
    assert.ok(!paths.includes("usr/bin/early"), "the nested /usr hides what is under it");
    assert.equal(entries.find(({ path }) => path === "etc/abs")?.target, "/usr/bin/tool");
    assert.match(image("ls", `${archive}:usr`).stdout, /usr\/with\\x0anewline/);
  });

  it("shows what is under /usr when asked", () => {
    assert.match(image("ls", "--under", `${archive}:usr/bin`).stdout, / usr\/bin\/early\n$/);
  });

  it("reads a compressed file system by itself", async () => {
    const lgz = join(work, "usr.lgz");
    await makeLgz(lgz, 4096, usr);
    assert.match(image("ls", `${lgz}:bin`).stdout, / 71 +8 +300000 .* bin\/tool\n$/);
  });

  it("fails in plain words", () => {
    const missing = image("ls", `${archive}:no/such`);
    assert.equal(missing.status, 65);
    assert.match(missing.stderr, /boot_archive has no no\/such\./);
    assert.match(image("ls", `${archive}:etc/loop/x`).stderr, /has no etc\/loop\/x/);
    const noFile = image("ls", join(work, "nothing"));
    assert.match(noFile.stderr, /cannot read .*nothing: no such file or directory/);
    fs.writeFileSync(join(work, "text"), "just text\n".repeat(5000));
    const noImage = image("ls", join(work, "text"));
    assert.equal(noImage.status, 65);
    assert.match(noImage.stderr, /text: .*no UFS file system/);
    assert.match(noImage.stderr, /Name a boot_archive, a usr\.lgz or a platform folder\./);
    assert.match(image("ls", work).stderr, /is a folder without i86pc\/amd64\/boot_archive\.\n/);
    assert.equal(image("ls").status, 64);
  });
});

describe("image cat", () => {
  it("prints the bytes of files, from both file systems and through links", () => {
    const { status, bytes } = image("cat", `${archive}:etc/motd`, `${archive}:etc/abs`);
    assert.equal(status, 0);
    assert.ok(bytes.equals(Buffer.concat([Buffer.from("welcome\n"), big])));
  });

  it("refuses folders and goes on", () => {
    const { status, stdout, stderr } = image("cat", `${archive}:etc`, `${archive}:etc/motd`);
    assert.equal(status, 65);
    assert.match(stderr, /etc is a directory, not a file\./);
    assert.equal(stdout, "welcome\n");
  });
});

describe("image extract", () => {
  it("writes everything, with modes, times and links", () => {
    const target = join(work, "out");
    const { status, stdout } = image("extract", archive, target);
    assert.equal(status, 0);
    assert.match(stdout, /6 folders, 9 files \(\d+ bytes\), 3 symbolic links/);
    assert.ok(fs.readFileSync(join(target, "usr/bin/tool")).equals(big));
    const tool = fs.statSync(join(target, "usr/bin/tool"));
    assert.equal(tool.mode & 0o7777, 0o555, "without setuid");
    assert.equal(tool.mtimeMs, 1_700_000_000_000);
    assert.equal(fs.statSync(join(target, "tmp")).mode & 0o7777, 0o1777);
    assert.equal(fs.readlinkSync(join(target, "etc/abs")), "/usr/bin/tool");
    const [motd, hard] = ["etc/motd", "etc/hard"].map(
      (name) => fs.statSync(join(target, name)).ino,
    );
    assert.equal(motd, hard);
    assert.ok(!fs.existsSync(join(target, "usr/bin/early")));
  });

  it("writes one folder or one file", () => {
    assert.equal(image("extract", `${archive}:usr/bin`, join(work, "part")).status, 0);
    assert.deepEqual(fs.readdirSync(join(work, "part")).sort(), ["ls", "tool"]);
    assert.equal(image("extract", `${archive}:etc/motd`, join(work, "one")).status, 0);
    assert.equal(fs.readFileSync(join(work, "one/motd"), "utf8"), "welcome\n");
  });

  it("overwrites nothing", () => {
    const target = join(work, "there");
    fs.mkdirSync(join(target, "etc"), { recursive: true });
    fs.writeFileSync(join(target, "etc/motd"), "mine\n");
    const { status, stderr } = image("extract", archive, target);
    assert.equal(status, 73);
    assert.match(stderr, /there\/etc\/\w+ is already there/);
    assert.equal(fs.readFileSync(join(target, "etc/motd"), "utf8"), "mine\n");
  });

  it("follows no link that is in the target", () => {
    const [target, outside] = [join(work, "linked"), join(work, "outside")];
    fs.mkdirSync(target);
    fs.mkdirSync(outside);
    fs.symlinkSync(outside, join(target, "etc"));
    const { status, stderr } = image("extract", archive, target);
    assert.equal(status, 73);
    assert.match(stderr, /linked\/etc is there, and is no folder/);
    assert.deepEqual(fs.readdirSync(outside), []);
  });

  it("refuses names that climb out of the target, whatever the image says", () => {
    for (const name of ["..", ".", "", "a/b", "../../etc/x", "/abs", "nul\0"]) {
      const target = join(work, `forged-${Buffer.from(name).toString("hex")}`);
      const tree = new MountedImage(forged(name));
      assert.throws(() => extractImage(tree, tree.root, target), UnreadableError);
      assert.deepEqual(fs.readdirSync(target), []);
    }
  });

  it("takes no room for what is not there, whatever size an image claims", () => {
    const size = 64 * 2 ** 20;
    const tree = new MountedImage(forged("sparse", size));
    const target = join(work, "sparse");
    assert.ok(extractImage(tree, tree.root, target).ok);
    const stats = fs.statSync(join(target, "sparse"));
    assert.equal(stats.size, size);
    assert.ok(stats.blocks * 512 < 2 ** 20, `${stats.blocks} blocks`);
  });

  it("writes no file through a link of the image that has the name of a folder", () => {
    // Two records of one name: a link to the outside, then a folder with a file in it.
    const outside = join(work, "elsewhere");
    fs.mkdirSync(outside);
    const target = join(work, "twice");
    const tree = new MountedImage(twice(outside));
    const result = extractImage(tree, tree.root, target);
    assert.ok(!result.ok && result.failure.message.endsWith("twice/x is already there"));
    assert.deepEqual(fs.readdirSync(outside), []);
  });
});

const node: ImageNode = {
  ...{ inode: 2, kind: "directory", mode: 0o755, uid: 0, gid: 0 },
  ...{ size: 512, links: 2, modified: 0 },
};

/** A file system with one file of any name; a large one is all zeros. */
function forged(name: string, size = 1): FileSystem {
  const file: ImageNode = { ...node, inode: 4, kind: "file", size, links: 1 };
  return {
    root: node,
    children: () => [{ name, node: file }],
    target: () => "",
    content: () => memorySource(size === 1 ? Buffer.from("x") : Buffer.alloc(size)),
  };
}

function twice(outside: string): FileSystem {
  const file: ImageNode = { ...node, inode: 4, kind: "file", size: 1, links: 1 };
  const folder: ImageNode = { ...node, inode: 5 };
  return {
    root: node,
    children: ({ inode }) =>
      inode === 5
        ? [{ name: "file", node: file }]
        : [
            { name: "x", node: { ...node, inode: 6, kind: "symlink", links: 1 } },
            { name: "x", node: folder },
          ],
    target: () => outside,
    content: () => memorySource(Buffer.from("x")),
  };
}

describe("image info", () => {
  it("says what an image is and how full", () => {
    const { status, stdout } = image("info", archive);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /boot_archive: 20260102T030405Z\n9 files, 6 directories, 3 symbolic links\n/,
    );
    assert.match(stdout, /^image +KiB +used +free +inodes +free +compressed +made \(UTC\)$/m);
    assert.match(stdout, /^usr +4096 .* gzip, \d+ KiB +2023-11-14 22:13:20$/m);
  });

  it("says so as JSON", () => {
    const info = JSON.parse(image("info", "--json", archive).stdout) as {
      usr: { compression: { algorithm: string } };
      root: { kib: number; clean: boolean };
    };
    assert.equal(info.usr.compression.algorithm, "gzip");
    assert.equal(info.root.kib, 8192);
    assert.equal(info.root.clean, true);
  });
});

describe("image diff", () => {
  it("finds no difference between images that hold the same in other places", async () => {
    const other = join(work, "same/boot_archive");
    // Another size and order: other blocks, other compressed bytes.
    await makeArchive(
      other,
      { ...root, "usr/bin/early": "under\n" },
      {
        ...{ "with\nnewline": "odd\n", bin: null, "bin/ls": usr["bin/ls"] },
        "bin/tool": usr["bin/tool"],
      },
    );
    const { status, stdout } = image("diff", archive, other);
    assert.equal(stdout, "no differences\n");
    assert.equal(status, 0);
  });

  it("says what differs, by contents and not by how they are stored", async () => {
    const other = join(work, "other/boot_archive");
    const changed = Buffer.from(big);
    changed[200_000] = 0;
    await makeArchive(
      other,
      { ...root, "etc/motd": { content: "welcome\n", mode: 0o600 }, bin: { symlink: "usr/bin" } },
      {
        bin: null,
        "bin/tool": { ...usr["bin/tool"], content: changed },
        "bin/new": "",
        "bin/ls": null,
      },
    );
    const { status, stdout } = image("diff", archive, other);
    assert.equal(status, 1);
    assert.deepEqual(stdout.split("\n"), [
      "~  bin                  link ./usr/bin -> usr/bin",
      "~  etc/hard             mode 0644 -> 0600",
      "~  etc/motd             mode 0644 -> 0600",
      "~  usr/bin/ls           file -> directory",
      "+  usr/bin/new          file",
      "~  usr/bin/tool         content",
      "-  usr/with\\x0anewline  file",
      "1 only in the first, 1 only in the second, 5 changed",
      "",
    ]);
    const json = image("diff", "--json", `${archive}:usr/bin`, `${other}:usr/bin`).stdout;
    assert.deepEqual(
      json
        .trim()
        .split("\n")
        .map((line): unknown => JSON.parse(line)),
      [
        { path: "ls", kind: "changed", changes: ["file -> directory"] },
        { path: "new", kind: "only-right", type: "file" },
        { path: "tool", kind: "changed", changes: ["content"] },
      ],
    );
  });
});
