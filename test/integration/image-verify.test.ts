// Invariant: each image here is made by the writer and, where it is to be wrong, wrong in one way.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Item } from "./image-inspect-maker.ts";
import { makeArchive } from "./image-inspect-maker.ts";
import { ImageWorkspace, succeed } from "./image-workspace.ts";

const manifest = `d etc 0755 root sys
f etc/motd 0644 root sys
s etc/link=motd
h etc/hard=etc/motd
d usr 0755 root root
d usr/bin 0755 root bin
f usr/bin/tool 4555 uucp uucp
`;
const workspace = new ImageWorkspace("modern", { "manifest.d/illumos.manifest": manifest });
after(() => {
  workspace.remove();
});

const tool = Buffer.alloc(70_000, "tool");
const sound = {
  root: {
    usr: null,
    etc: { content: null, gid: 3 },
    "etc/motd": { content: "hello\n", gid: 3 },
    "etc/link": { symlink: "motd" },
    "etc/hard": { hardlink: "etc/motd" },
    "usr/bin": null,
    "usr/bin/tool": tool,
  } satisfies Record<string, Item>,
  usr: {
    bin: { content: null, gid: 2 },
    "bin/tool": { content: tool, mode: 0o4555, uid: 5, gid: 5 },
  } satisfies Record<string, Item>,
};

function md5(bytes: Buffer | string): string {
  return createHash("md5").update(bytes).digest("hex");
}
const sums = `${md5("hello\n")}  ./etc/hard\n${md5("hello\n")}  ./etc/motd\n${md5(tool)}  ./usr/bin/tool\n`;

let images = 0;

/** An archive like the sound one but for these entries, with its md5 manifest beside it. */
async function archive(
  changes: { root?: Record<string, Item>; usr?: Record<string, Item> } = {},
): Promise<string> {
  const file = workspace.path(`images/${images++}/boot_archive`);
  await makeArchive(file, { ...sound.root, ...changes.root }, { ...sound.usr, ...changes.usr });
  fs.writeFileSync(`${file}.manifest`, sums);
  return file;
}

interface Verdict {
  readonly ok: boolean;
  readonly compared: number;
  readonly summed: number;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly extras: readonly string[];
  readonly remarks: readonly string[];
}

function verify(file: string, ...args: string[]): { status: number | null; verdict: Verdict } {
  const words = ["verify", "--root", workspace.root, "--json", ...args, file];
  const { status, stdout, stderr } = workspace.run(words);
  assert.equal(stderr, "");
  return { status, verdict: JSON.parse(stdout) as Verdict };
}

/** The problems that our own reader finds. */
async function problemsOf(changes: Parameters<typeof archive>[0]): Promise<string[]> {
  const { status, verdict } = verify(await archive(changes), "--quick");
  assert.equal(status, verdict.problems.length === 0 ? 0 : 2);
  return verdict.problems.map(({ path, message }) => `${path} ${message}`);
}

/** Changes one byte of a file. */
function damage(file: string, position: number): void {
  const descriptor = fs.openSync(file, "r+");
  const byte = Buffer.alloc(1);
  fs.readSync(descriptor, byte, 0, 1, position);
  byte[0] = (byte[0] ?? 0) ^ 0xff;
  fs.writeSync(descriptor, byte, 0, 1, position);
  fs.closeSync(descriptor);
}

describe("image verify", () => {
  it("finds a sound image clean, as other readers do", async (t) => {
    const file = await archive();
    const { status, verdict } = verify(file);
    assert.deepEqual(verdict.problems, []);
    assert.equal(status, 0);
    assert.equal(verdict.compared, 7);
    assert.equal(verdict.summed, 3);
    assert.deepEqual(verdict.extras, ["lost+found", "usr.lgz", "usr/lost+found"]);
    t.diagnostic(verdict.remarks.join("; "));
    const text = workspace.run(["verify", "--root", workspace.root, "--quick", file]);
    assert.match(text.stdout, /compared 7 entries with the manifest, 3 files with their MD5/);
    assert.match(text.stdout, /clean: everything is as it should be\n$/);
  });

  it("names what is missing, and what is there of another type", async () => {
    const file = workspace.path("images/less/boot_archive");
    const root = Object.fromEntries(
      Object.entries(sound.root).filter(([path]) => path !== "etc/link"),
    );
    const usr = { bin: sound.usr.bin, "bin/tool": null };
    await makeArchive(file, { ...root, "etc/hard": { symlink: "motd" } }, usr);
    fs.writeFileSync(`${file}.manifest`, sums);
    const { verdict } = verify(file, "--quick");
    assert.deepEqual(
      verdict.problems.map(({ path, message }) => `${path} ${message}`),
      [
        "usr/bin/tool is a directory, not a file",
        "etc/link is not in the image (a symlink)",
        "etc/hard is not the same file as etc/motd",
        "etc/hard is a symlink, not a file",
        "usr/bin/tool is a directory, not a file",
        "(under /usr) usr/bin/tool is no copy of anything in /usr",
      ],
    );
  });

  it("names wrong modes, owners and targets", async () => {
    const root = { etc: { content: null, mode: 0o700, gid: 3 }, "etc/link": { symlink: "hard" } };
    const usr = { "bin/tool": { ...sound.usr["bin/tool"], mode: 0o555, uid: 0 } };
    assert.deepEqual(await problemsOf({ root, usr }), [
      "etc has the mode 0700, not 0755",
      "usr/bin/tool has the mode 0555, not 4555",
      "usr/bin/tool belongs to 0:5, not to 5:5 (uucp:uucp)",
      "etc/link leads to hard, not to motd",
    ]);
  });

  it("names other contents", async () => {
    const changed = Buffer.from(tool);
    changed[69_999] = 0;
    const usr = { "bin/tool": { ...sound.usr["bin/tool"], content: changed } };
    assert.deepEqual(await problemsOf({ usr }), [
      "usr/bin/tool has other contents than its MD5 says",
      "(under /usr) usr/bin/tool has other contents than the file in /usr",
    ]);
  });

  it("tells what the image has beside the manifest", async () => {
    const { verdict } = verify(await archive({ root: { "etc/extra": "" } }), "--quick");
    assert.ok(verdict.extras.includes("etc/extra"));
    assert.equal(verdict.ok, true);
  });

  it("takes the sums from the image when none are beside it", async () => {
    const usr = { share: null, "share/smartos": null, "share/smartos/manifest": sums };
    const file = await archive({ usr });
    fs.rmSync(`${file}.manifest`);
    assert.equal(verify(file, "--quick").verdict.summed, 3);
  });

  it("notices a changed byte anywhere in a compressed file", async () => {
    const file = await archive();
    const bytes = fs.readFileSync(file);
    // The first deflated segment of usr.lgz follows its index.
    const start = bytes.indexOf("gzip\0");
    damage(file, start + 48 + 8 * 33 + 100);
    const run = workspace.run(["verify", "--root", workspace.root, "--quick", file]);
    assert.notEqual(run.status, 0);
    assert.match(
      run.stdout + run.stderr,
      /segment 0 of the compressed file is damaged|other contents/,
    );
  });

  it("notices wrong counts in the super block", async () => {
    const file = await archive();
    damage(file, 8192 + 192);
    damage(file, 8192 + 200);
    const { status, verdict } = verify(file);
    assert.equal(status, 2);
    const messages = verdict.problems.map(({ message }) => message).join("\n");
    assert.match(messages, /has 5 directories, and its super block counts \d+/);
    assert.match(messages, /free inodes, and its super block counts/);
  });

  it("compares the file with its hash", async () => {
    const file = await archive();
    const sha1 = succeed("sha1sum", [file], "/").slice(0, 40);
    fs.writeFileSync(`${file}.hash`, `${sha1}\n`);
    assert.equal(verify(file, "--quick").status, 0);
    fs.writeFileSync(`${file}.hash`, `${"0".repeat(40)}\n`);
    const { verdict } = verify(file, "--quick");
    assert.match(
      verdict.problems[0]?.message ?? "",
      /^has the SHA-1 [0-9a-f]{40}; its \.hash says 0/,
    );
  });

  it("checks sums and order alone outside a workspace", async () => {
    const file = await archive();
    const run = workspace.run(["verify", "--quick", file], {});
    assert.equal(run.status, 0, "run in the workspace");
    const elsewhere = fs.mkdtempSync(join(tmpdir(), "image-verify-"));
    fs.cpSync(join(file, ".."), elsewhere, { recursive: true });
    const words = ["--import", import.meta.resolve("tsx")];
    const command = join(import.meta.dirname, "image-command.ts");
    const archivePath = join(elsewhere, "boot_archive");
    const out = succeed(
      process.execPath,
      [...words, command, "verify", "--quick", archivePath],
      elsewhere,
    );
    fs.rmSync(elsewhere, { recursive: true });
    assert.match(out, /not in a workspace, so not compared with a manifest/);
    assert.match(out, /compared 0 entries with the manifest, 3 files with their MD5/);
  });
});
