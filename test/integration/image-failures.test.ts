// Invariant: whatever goes wrong here, nothing new stands under a final name afterwards.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, describe, it } from "node:test";
import { imageSteps } from "../../src/engine/image/steps.ts";
import { ImageWorkspace } from "./image-workspace.ts";

const shadow = "d etc 0755 root sys\nf etc/shadow 0400 root sys\n";

/** Reads a child's lines until one matches. */
async function seen(child: ChildProcessWithoutNullStreams, pattern: RegExp): Promise<void> {
  for await (const line of createInterface({ input: child.stdout })) if (pattern.test(line)) return;
  throw new Error(`the child ended without ${String(pattern)}`);
}

describe("image build that cannot deliver everything", () => {
  const manifest = `${shadow}# here
f etc/gone 0444 root sys
f etc/also-gone 0444 root bin
f etc/folder 0444 root bin
f etc/dangling 0444 root bin
f etc/fine 0444 root bin
f nowhere/x 0444 root bin
d no/parent 0755 root bin
f no/parent/x 0444 root bin
s etc/fine=clash
s etc/link=anywhere
h etc/hard=etc/gone
h etc/hard2=etc
f etc/mode 0999 root sys
f etc/few 0444 root
x etc/type 0444 root sys
f ../outside 0444 root sys
s etc/nothing
`;
  const ws = new ImageWorkspace("classic", {
    "manifest.d/illumos.manifest": manifest,
    "projects/illumos/manifest": manifest,
    "proto/etc/fine": "fine",
    "proto/etc/folder/x": "",
    "proto/no/parent/x": "",
    "output/platform-20260102T030405Z/kept": "from before",
  });
  symlinkSync("nothing", ws.path("proto/etc/dangling"));
  const run = ws.build();
  after(() => {
    ws.remove();
  });

  it("prints every entry that FAILED, with the reason where it is not simply missing", () => {
    const lines = run.stdout.split("\n");
    const owner = (group: string) => `[root/0][${group}]`;
    const dir = ws.path("proto/etc/folder");
    assert.deepEqual(
      lines.filter((line) => /FAILED/.test(line)),
      [
        `DIR: [no/parent][0755]${owner("bin/2")}: FAILED (its directory no is not in the manifest)`,
        `FILE: [etc/also-gone][0444]${owner("bin/2")}: FAILED`,
        `FILE: [etc/dangling][0444]${owner("bin/2")}: FAILED`,
        `FILE: [etc/folder][0444]${owner("bin/2")}: FAILED (cannot read ${dir}: is a directory)`,
        `FILE: [etc/gone][0444]${owner("sys/3")}: FAILED`,
        `FILE: [nowhere/x][0444]${owner("bin/2")}: FAILED (its directory nowhere is not in the manifest)`,
        "LINK(symlink): etc/fine => clash: FAILED (the path is already delivered by illumos.manifest:8)",
        "LINK(link): etc/hard2 => etc: FAILED (etc is a directory)",
        "LINK(link): etc/hard => etc/gone: FAILED (etc/gone is not delivered)",
      ],
    );
    for (const line of [
      "Invalid path on line[1]: f ../outside 0444 root sys",
      "Wrong number of arguments for file on line[5]: f etc/few 0444 root",
      "Invalid mode on line[13]: f etc/mode 0999 root sys",
      "invalid symlink target: 'etc/nothing'",
      "Invalid type (x) on line[16]: x etc/type 0444 root sys",
      "LINK(symlink): etc/link => anywhere: OK",
    ]) {
      assert.ok(lines.includes(line), line);
    }
  });

  it("ends with all of them and the lines to edit, exit code 2", () => {
    assert.equal(run.status, 2);
    const at = "projects/illumos/manifest";
    assert.match(
      run.stderr,
      new RegExp(`^ {2}etc/gone: in none of the search folders \\(${at}:4\\)$`, "m"),
    );
    assert.match(run.stderr, new RegExp(`^ {2}etc/hard: .* \\(${at}:14\\)$`, "m"));
    assert.match(
      run.stderr,
      new RegExp(`^ {2}f etc/mode 0999 root sys: the mode '0999' .*:16\\)$`, "m"),
    );
    assert.match(run.stderr, /FAILED: 14 entries could not be delivered, so no image was made\n$/);
  });

  it("leaves the output folder as it was", () => {
    assert.deepEqual(readdirSync(ws.path("output")), ["platform-20260102T030405Z"]);
    assert.ok(existsSync(ws.path("output/platform-20260102T030405Z/kept")));
  });
});

describe("image build that is refused", () => {
  const ws = new ImageWorkspace("modern", { "manifest.d/a.manifest": shadow });
  after(() => {
    ws.remove();
  });
  const refused = (args: readonly string[], status: number, words: RegExp, env = {}): void => {
    const run = ws.build(args, env);
    assert.equal(run.status, status, run.stderr);
    assert.match(run.stderr, words);
    assert.ok(!existsSync(ws.path("output/platform-latest")));
    const hidden = existsSync(ws.path("output")) ? readdirSync(ws.path("output")) : [];
    assert.deepEqual(hidden, []);
  };

  it("names openssl when it is missing", () => {
    mkdirSync(ws.path("no-tools"));
    refused([], 69, /FAILED: openssl is not in PATH/, { PATH: ws.path("no-tools") });
  });

  it("names the file that it cannot use", () => {
    ws.write("empty-password", "\nsecond line\n");
    refused(["--password-file", "empty-password"], 65, /empty-password:1: the password is empty/);
    refused(["--password-file", "no-such"], 65, /no-such: no such file/);
    refused(["--manifest", "no-such"], 65, /no-such/);
    refused([], 65, /SOURCE_DATE_EPOCH is 'today'/, { SOURCE_DATE_EPOCH: "today" });
    ws.write("configure-buildver", "../x\n");
    refused([], 65, /configure-buildver:1/);
    ws.write("configure-buildver", "");
    ws.write("no-shadow.gen", "d etc 0755 root sys\n");
    refused(["--manifest", "no-shadow.gen"], 65, /no manifest delivers etc\/shadow/);
    ws.write("file", "");
    refused(["--output", "file/output"], 73, /cannot write to .*file\/output/);
  });

  it("says how it is used", () => {
    for (const args of [
      ["frobnicate"],
      [],
      ["build", "--frobnicate"],
      ["build", "--level", "10"],
    ]) {
      const run = ws.run(args);
      assert.equal(run.status, 64, args.join(" "));
      assert.match(run.stderr, /usage: smartbuild image build/);
    }
    assert.match(ws.run(["--help"]).stdout, /--password-file/);
    assert.equal(ws.run(["build", "--root", "/"]).status, 66);
  });

  it("says FAILED and why when a source may not be read", () => {
    const own = new ImageWorkspace("modern", {
      "manifest.d/a.manifest": `${shadow}f etc/secret 0400 root sys\nf etc/zero 0400 root sys\n`,
      "proto/etc/secret": "secret",
    });
    try {
      chmodSync(own.path("proto/etc/secret"), 0);
      const run = own.buildAsOrdinaryUser();
      assert.equal(run.status, 2, run.stderr);
      const secret = own.path("proto/etc/secret");
      const prefix = "FILE: [etc/secret][0400][root/0][sys/3]: FAILED";
      assert.ok(run.stdout.includes(`${prefix} (cannot read ${secret}: permission denied)\n`));
      assert.match(run.stdout, /^FILE: \[etc\/zero\].*: FAILED$/m);
    } finally {
      own.remove();
    }
  });
});

describe("image build that ends early", () => {
  // Enough, and hard enough to compress, that a signal arrives while the tarball is written.
  const ws = new ImageWorkspace("modern", {
    "manifest.d/a.manifest": `${shadow}f etc/noise 0444 root sys\n`,
    "proto/etc/noise": Buffer.concat(Array.from({ length: 96 }, () => randomBytes(2 ** 20))),
  });
  after(() => {
    ws.remove();
  });

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const) {
    it(`leaves nothing behind after ${signal}`, async () => {
      const child = ws.start(["--level", "9"]);
      await seen(child, imageSteps.tarball.pattern);
      assert.notDeepEqual(readdirSync(ws.path("output")), []);
      child.kill(signal);
      const [status] = (await once(child, "close")) as [number | null];
      assert.equal(status, code);
      assert.deepEqual(readdirSync(ws.path("output")), []);
    });
  }

  it("cleans up after a run that was killed", async () => {
    const child = ws.start(["--level", "9"]);
    await seen(child, imageSteps.tarball.pattern);
    child.kill("SIGKILL");
    await once(child, "close");
    const left = readdirSync(ws.path("output"));
    assert.equal(left.length, 1);
    assert.match(left[0] ?? "", /^\.smartbuild-\d+-[0-9a-f]+\.partial$/);
    // The folder of a run that lives is not touched.
    const alive = `.smartbuild-${process.pid}-00000000.partial`;
    mkdirSync(ws.path(`output/${alive}`));
    const next = ws.build(["--level", "0"]);
    assert.equal(next.status, 0, next.stderr);
    assert.match(
      next.stdout,
      /^Removed \.smartbuild-\d+-[0-9a-f]+\.partial, left by a run that was killed/m,
    );
    const hidden = readdirSync(ws.path("output")).filter((name) => name.startsWith("."));
    assert.deepEqual(hidden, [alive]);
  });

  it("says FAILED and why when the image cannot be written", () => {
    const run = ws.buildWithLimit(20_000);
    assert.equal(run.status, 73, run.stderr);
    assert.match(run.stderr, /FAILED: cannot write .*boot_archive: file too large/);
  });
});

it("runs as root or as an ordinary user with the same result", (t) => {
  if (process.getuid?.() !== 0 || spawnSync("setpriv", ["--version"]).status !== 0) {
    t.skip("needs root and setpriv");
    return;
  }
  const ws = new ImageWorkspace("modern", { "manifest.d/a.manifest": shadow });
  try {
    const run = ws.buildAsOrdinaryUser();
    assert.equal(run.status, 0, run.stderr);
    assert.ok(existsSync(ws.path("output/platform-latest.tgz")));
  } finally {
    ws.remove();
  }
});
