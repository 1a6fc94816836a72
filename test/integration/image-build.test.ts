// Invariant: images are judged by tar, md5sum, gzip and openssl, never by our own readers.
import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
} from "node:fs";
import { after, describe, it } from "node:test";
import { join } from "node:path";
import { imageSteps } from "../../src/engine/image/steps.ts";
import { ImageWorkspace, succeed } from "./image-workspace.ts";

const stamp = "20260102T030405Z";
const modified = "2026-01-02 03:04:05";

describe("image build, classic", () => {
  const ws = new ImageWorkspace("classic", {
    "configure-buildver": "release-7\nignored\n",
    "manifest.d/illumos.manifest": `# components
d etc 0755 root sys
d usr/ 0755 root sys
d usr/bin 0755 root bin
d usr/share 0755 root sys
d usr/share/man 0555 root bin
d platform 0755 root sys
d platform/i86pc 0755 root sys
d platform/i86pc/kernel 0755 root sys
d platform/i86pc/kernel/amd64 0755 root sys
f platform/i86pc/kernel/amd64/unix 0755 root sys
f etc/motd 0644 root sys
f etc/shadow 0400 root sys
f usr/bin/ls 0555 root bin
f usr/bin/uux 4511 uucp uucp
s bin=./usr/bin
h usr/bin/dir=usr/bin/ls
h usr/bin/third=usr/bin/dir
`,
    "manifest.d/smartos.ov.manifest": "f etc/motd 0444 root root\nf etc/issue 0644 root sys\n",
    "manifest.d/live.manifest":
      "f usr/share/man/x.1 0444 root bin\nf usr/bin/empty 0555 root bin\n",
    "proto/etc/motd": "proto\n",
    "proto/etc/issue": "proto issue\n",
    "proto/usr/bin/ls": Buffer.alloc(3_000_001, "ls"),
    "proto/usr/bin/uux": "uux",
    "proto/usr/bin/empty": "",
    "proto/platform/i86pc/kernel/amd64/unix": "kernel",
    "overlay/smartos/etc/motd": "smartos\n",
    "overlay/generic/etc/motd": "generic\n",
    "overlay/generic/etc/issue": "generic issue\n",
    "man/man/usr/share/man/x.1": ".TH x\n",
  });
  ws.write("overlay/order", `${ws.path("overlay/smartos")} ${ws.path("overlay/generic")} `);
  const run = ws.build();
  const platform = `platform-release-7-${stamp}`;
  const archive = ws.path(`output/${platform}/i86pc/amd64/boot_archive`);
  const unpacked = ws.path("unpacked");
  after(() => {
    ws.remove();
  });

  it("prints the builder's lines, pass by pass", () => {
    assert.equal(run.stderr, "");
    assert.equal(run.status, 0);
    const lines = run.stdout.split("\n");
    const from = lines.findIndex((line) => line.startsWith("MANIFEST:"));
    const kernel = "platform/i86pc/kernel/amd64";
    const at = (name: string): string => ws.path(name);
    assert.deepEqual(lines.slice(from, from + 26), [
      `MANIFEST:   ${at("manifest.d")}`,
      `OUTPUT:     ${archive}`,
      `SEARCH[00]: ${at("overlay/smartos")}`,
      `SEARCH[01]: ${at("overlay/generic")}`,
      `SEARCH[02]: ${at("proto")}`,
      `SEARCH[03]: ${at("man/man")}`,
      "DIR: [etc][0755][root/0][sys/3]: OK",
      "DIR: [platform][0755][root/0][sys/3]: OK",
      "DIR: [platform/i86pc][0755][root/0][sys/3]: OK",
      "DIR: [platform/i86pc/kernel][0755][root/0][sys/3]: OK",
      `DIR: [${kernel}][0755][root/0][sys/3]: OK`,
      "DIR: [usr/][0755][root/0][sys/3]: OK",
      "DIR: [usr/bin][0755][root/0][bin/2]: OK",
      "DIR: [usr/share][0755][root/0][sys/3]: OK",
      "DIR: [usr/share/man][0555][root/0][bin/2]: OK",
      `FILE: [etc/issue][0644][root/0][sys/3]: OK (${at("overlay/generic")})`,
      `FILE: [etc/motd][0444][root/0][root/0]: OK (${at("overlay/smartos")})`,
      `FILE: [etc/shadow][0400][root/0][sys/3]: OK (${at("proto")})`,
      `FILE: [${kernel}/unix][0755][root/0][sys/3]: OK (${at("proto")})`,
      `FILE: [usr/bin/empty][0555][root/0][bin/2]: OK (${at("proto")})`,
      `FILE: [usr/bin/ls][0555][root/0][bin/2]: OK (${at("proto")})`,
      `FILE: [usr/bin/uux][4511][uucp/5][uucp/5]: OK (${at("proto")})`,
      `FILE: [usr/share/man/x.1][0444][root/0][bin/2]: OK (${at("man/man")})`,
      "LINK(symlink): bin => ./usr/bin: OK",
      "LINK(link): usr/bin/dir => usr/bin/ls: OK",
      "LINK(link): usr/bin/third => usr/bin/dir: OK",
    ]);
  });

  it("shows each of its steps once, in order", () => {
    const lines = run.stdout.split("\n");
    const seen = lines.flatMap((line) =>
      Object.values(imageSteps).filter(({ pattern }) => pattern.test(line)),
    );
    assert.deepEqual(seen, Object.values(imageSteps));
  });

  it("puts owners, modes and time into the image", () => {
    const listing = succeed(
      "tar",
      ["--numeric-owner", "--full-time", "--utc", "-tvf", archive],
      "/",
    );
    const lines = listing.split("\n").map((line) => line.replace(/ +/g, " "));
    assert.ok(lines.includes(`drwxr-xr-x 0/3 0 ${modified} usr/`));
    assert.ok(lines.includes(`dr-xr-xr-x 0/2 0 ${modified} usr/share/man/`));
    assert.ok(lines.includes(`-r-s--x--x 5/5 3 ${modified} usr/bin/uux`));
    assert.ok(lines.includes(`-r--r--r-- 0/0 8 ${modified} etc/motd`));
    assert.ok(lines.includes(`lrwxrwxrwx 0/0 0 ${modified} bin -> ./usr/bin`));
    assert.ok(lines.includes(`hr-xr-xr-x 0/2 0 ${modified} usr/bin/dir link to usr/bin/ls`));
  });

  it("delivers the right contents, and their sums in the manifest", () => {
    mkdirSync(unpacked);
    // All folders come first, and some may not be written once their own mode is set.
    const unpack = ["--no-same-owner", "--delay-directory-restore", "-xf", archive];
    succeed("tar", unpack, unpacked);
    assert.equal(readFileSync(join(unpacked, "etc/motd"), "utf8"), "smartos\n");
    assert.equal(statSync(join(unpacked, "usr/bin/dir")).nlink, 3);
    const sums = readFileSync(`${archive}.manifest`, "utf8");
    // An ordinary user may not read what was 0400 or 4511 of another owner: here all is theirs.
    const theirs = succeed("sh", ["-c", "find . -type f | sort | xargs md5sum"], unpacked);
    assert.equal(sums, theirs);
  });

  it("sets root's password in the image alone and tells it to nobody else", () => {
    const file = ws.path(`output/root.password-${stamp}`);
    const password = readFileSync(file, "utf8").trim();
    assert.match(password, /^[A-Za-z0-9]{16}$/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(run.stdout.includes(file));
    assert.ok(!run.stdout.includes(password));
    const shadow = readFileSync(join(unpacked, "etc/shadow"), "utf8");
    const [, hashed = "", salt = ""] =
      /^root:(\$5\$([^$]+)\$[^:]+):6445::::::$/m.exec(shadow) ?? [];
    const again = succeed(
      "openssl",
      ["passwd", "-5", "-salt", salt, "-stdin"],
      "/",
      `${password}\n`,
    );
    assert.equal(again.trim(), hashed);
    assert.match(shadow, /^daemon:NP:6445::::::$/m);
    assert.match(readFileSync(ws.path("proto/etc/shadow"), "utf8"), /^root:NP:/m);
    assert.ok(
      !succeed("tar", ["-tzf", ws.path(`output/${platform}.tgz`)], "/").includes("password"),
    );
  });

  it("packs the platform folder and links the latest", () => {
    const out = (name: string) => ws.path(`output/${name}`);
    const listing = succeed(
      "tar",
      ["--full-time", "--utc", "-tvzf", out("platform-latest.tgz")],
      "/",
    );
    assert.deepEqual(
      listing
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/ +/g, " ")),
      [
        `drwxr-xr-x 0/0 0 ${modified} ${platform}/`,
        `drwxr-xr-x 0/0 0 ${modified} ${platform}/i86pc/`,
        `drwxr-xr-x 0/0 0 ${modified} ${platform}/i86pc/amd64/`,
        `-rw-r--r-- 0/0 ${statSync(archive).size} ${modified} ${platform}/i86pc/amd64/boot_archive`,
        `-rw-r--r-- 0/0 ${statSync(`${archive}.manifest`).size} ${modified} ${platform}/i86pc/amd64/boot_archive.manifest`,
        `drwxr-xr-x 0/0 0 ${modified} ${platform}/i86pc/kernel/`,
        `drwxr-xr-x 0/0 0 ${modified} ${platform}/i86pc/kernel/amd64/`,
        `-rw-r--r-- 0/0 6 ${modified} ${platform}/i86pc/kernel/amd64/unix`,
      ],
    );
    mkdirSync(ws.path("packed"));
    succeed("tar", ["--no-same-owner", "-xzf", out("platform-latest.tgz")], ws.path("packed"));
    succeed("diff", ["-r", ws.path(`packed/${platform}`), out(platform)], "/");
    assert.equal(readlinkSync(out("platform-latest")), platform);
    assert.equal(readFileSync(out("buildstamp"), "utf8"), `${stamp}\n`);
    assert.deepEqual(readdirSync(out("")).sort(), [
      "buildstamp",
      "platform-latest",
      "platform-latest.tgz",
      platform,
      `${platform}.tgz`,
      `root.password-${stamp}`,
    ]);
  });

  it("replaces an image of the same stamp as a whole", () => {
    ws.write(`output/${platform}/left-over`, "old");
    ws.write("secret", "a better one\nnot this\n");
    const second = ws.build(["--password-file", "secret", "--level", "1"]);
    assert.equal(second.stderr, "");
    assert.equal(second.status, 0);
    assert.ok(!existsSync(ws.path(`output/${platform}/left-over`)));
    const shadow = succeed("tar", ["-xOf", archive, "etc/shadow"], "/");
    const [, hashed = "", salt = ""] = /^root:(\$5\$([^$]+)\$[^:]+):/m.exec(shadow) ?? [];
    const again = succeed(
      "openssl",
      ["passwd", "-5", "-salt", salt, "-stdin"],
      "/",
      "a better one\n",
    );
    assert.equal(again.trim(), hashed);
    assert.ok(!second.stdout.includes("a better one"));
  });
});

describe("image build, modern", () => {
  const ws = new ImageWorkspace("modern", {
    "manifest.d/illumos.manifest": `d etc 0755 root sys
f etc/shadow 0400 root sys
f etc/odd 0444 root bit
f etc/odd2 0444 nosuch bit
`,
    "proto/etc/odd": "odd",
    "proto/etc/odd2": "odd2",
  });
  after(() => {
    ws.remove();
  });

  it("reads owners from proto, says which are unknown, and takes SOURCE_DATE_EPOCH for the time", () => {
    const run = ws.build(["--output", "elsewhere"], { SOURCE_DATE_EPOCH: "86400" });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /^FILE: \[etc\/odd2\]\[0444\]\[nosuch\/-1\]\[bit\/-1\]: OK/m);
    assert.match(
      run.stdout,
      /^WARNING: .*proto\/etc\/group has no group 'bit'; 0 is used .*odd and 1 more/m,
    );
    assert.match(run.stdout, /^WARNING: .*proto\/etc\/passwd has no user 'nosuch'/m);
    const archive = ws.path(`elsewhere/platform-${stamp}/i86pc/amd64/boot_archive`);
    const listing = succeed("tar", ["--full-time", "--utc", "-tvf", archive], "/");
    assert.match(listing, /-r--r--r-- 0\/0 +3 1970-01-02 00:00:00 etc\/odd\n/);
    assert.ok(!existsSync(ws.path("output")));
  });

  it("makes the same bytes of the same tree in another folder", () => {
    const files = {
      "manifest.d/a.manifest":
        "d etc 0755 root sys\nf etc/shadow 0400 root sys\nf etc/x 0444 root sys\n",
      "proto/etc/x": Buffer.alloc(700_000, "some text "),
    };
    // The salt of a password is random, so the tool that picks it is given here.
    const openssl = "#!/bin/sh\ncat > /dev/null\necho '$5$salt$hash'\n";
    const sums = [1, 2].map(() => {
      const other = new ImageWorkspace("modern", { ...files, "bin/openssl": openssl });
      try {
        chmodSync(other.path("bin/openssl"), 0o755);
        const PATH = `${other.path("bin")}:${process.env["PATH"] ?? ""}`;
        const run = other.build([], { PATH });
        assert.equal(run.status, 0, run.stderr);
        const [sum] = succeed("md5sum", [other.path("output/platform-latest.tgz")], "/").split(" ");
        return sum;
      } finally {
        other.remove();
      }
    });
    assert.equal(sums[0], sums[1]);
  });

  it("takes one sorted manifest and other search folders", () => {
    ws.write(
      "one.gen",
      "d etc 0755 root sys\nf etc/shadow 0400 root sys\nf etc/new 0400 root sys\n",
    );
    ws.write("a/etc/new", "a");
    ws.write("b/etc/new", "b");
    ws.write("b/etc/shadow", "root::1::::::\n");
    const run = ws.build(["--manifest", "one.gen", "--search", "b", "a", "--level", "9"]);
    assert.equal(run.status, 0, run.stderr);
    const archive = ws.path("output/platform-latest/i86pc/amd64/boot_archive");
    assert.equal(succeed("tar", ["-xOf", archive, "etc/new"], "/"), "b");
  });
});
