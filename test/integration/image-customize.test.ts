// Invariant: the same script gives the same image in every way that a host may have to run it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";
import { readImage } from "./image-contents.ts";
import type { Run } from "./image-workspace.ts";
import { ImageWorkspace } from "./image-workspace.ts";

const stamp = "20260102T030405Z";
const archive = "output/platform-latest/i86pc/amd64/boot_archive";

const files = {
  "manifest.d/illumos.manifest": `d etc 0755 root sys
d etc/closed 0555 root bin
d usr 0755 root sys
f etc/shadow 0400 root sys
f etc/motd 0444 root sys
f etc/gone 0444 root sys
f etc/same 0440 root sys
f etc/closed/x 0400 root bin
f usr/tool 0555 root bin
f usr/owned 0644 root sys
h usr/other=usr/tool
h usr/third=usr/tool
`,
  "proto/etc/motd": "SmartOS 20120101T000000Z\n",
  "proto/etc/gone": "gone",
  "proto/etc/same": "same",
  "proto/etc/closed/x": "x",
  "proto/usr/tool": "tool",
  "proto/usr/owned": "owned",
  "tools/customize": `#!/bin/bash
set -e
root=$1
cd $root
pfexec rm etc/gone
pfexec gsed -i -e "s/ [0-9]\\{8\\}T[0-9]\\{6\\}Z/ $2/" etc/motd
: > $root/etc/closed/x
cp $root/etc/same $root/etc/same.new && cat $root/etc/same.new > $root/etc/same && rm $root/etc/same.new
echo made > etc/closed/made
ln -s ../usr etc/link
pfexec chown uucp:sys usr/owned
chmod 4755 usr/owned
rm usr/tool
mkdir etc/dir && echo deep > etc/dir/deep && chown -R uucp etc/dir && chmod 0700 etc/dir
`,
  "tools/customize.local":
    '#!/bin/sh\necho "second $2" > $1/etc/second; chmod 0444 $1/etc/second\n',
  "tools/customize.local~": "exit 1\n",
};

const expected = {
  "etc/motd": `-0444 0:3 SmartOS ${stamp}\n`,
  "etc/closed/x": "-0400 0:2 ",
  "etc/closed/made": "-0644 0:0 made\n",
  "etc/closed": "d0555 0:2 ",
  "etc/link": "l0777 0:0 ../usr",
  "etc/same": "-0440 0:3 same",
  "etc/second": `-0444 0:0 second ${stamp}\n`,
  "etc/dir": "d0700 5:0 ",
  "etc/dir/deep": "-0644 5:0 deep\n",
  "usr/owned": "-4755 5:3 owned",
  "usr/other": "-0555 0:2 tool",
  "usr/third": "-0555 0:2 tool",
};

const ordinary = process.getuid?.() !== 0;

/** A PATH without some programs: folders of links to all the others. */
function pathWithout(ws: ImageWorkspace, ...programs: readonly string[]): string {
  const folder = ws.path("bin");
  mkdirSync(folder);
  for (const from of (process.env["PATH"] ?? "").split(delimiter)) {
    if (!existsSync(from)) continue;
    for (const name of readdirSync(from)) {
      if (programs.includes(name) || existsSync(join(folder, name))) continue;
      try {
        symlinkSync(join(from, name), join(folder, name));
      } catch {
        // A link that leads nowhere is there already.
      }
    }
  }
  return folder;
}

function judge(ws: ImageWorkspace, run: Run): void {
  assert.equal(run.stderr, "");
  assert.equal(run.status, 0, run.stdout);
  const { system } = readImage(ws.path(archive));
  for (const [path, wanted] of Object.entries(expected)) {
    const entry = system.get(path);
    assert.equal(`${entry?.shown ?? ""} ${entry?.bytes.toString() ?? ""}`, wanted, path);
  }
  assert.equal(system.get("etc/gone"), undefined);
  assert.equal(system.get("usr/tool"), undefined);
  assert.equal(system.get("usr/other")?.links, 2);
  const lines = run.stdout.split("\n");
  for (const line of [
    "CUSTOMIZE: tools/customize.local~ is left alone, by its name",
    "CUSTOMIZE: added file etc/closed/made (0644 0:0)",
    "CUSTOMIZE: changed file etc/motd (0444 0:3)",
    "CUSTOMIZE: attributes of usr/owned: 0644 0:3 => 4755 5:3",
    "CUSTOMIZE: removed etc/gone",
    "CUSTOMIZE: changed file usr/other (0555 0:2)",
  ]) {
    assert.ok(lines.includes(line), `${line}\n${run.stdout}`);
  }
  assert.doesNotMatch(run.stdout, /^CUSTOMIZE:.* etc\/same /m);
  assert.equal(readFileSync(ws.path("proto/etc/motd"), "utf8"), files["proto/etc/motd"]);
  assert.ok(existsSync(ws.path("proto/usr/tool")));
  assert.deepEqual(
    readdirSync(ws.path("output")).filter((name) => name.startsWith(".")),
    [],
  );
}

function workspace(): ImageWorkspace {
  const ws = new ImageWorkspace("modern", files);
  for (const name of ["customize", "customize.local"]) chmodSync(ws.path(`tools/${name}`), 0o755);
  return ws;
}

describe("customize scripts, on a copy", () => {
  it("run as root", (t) => {
    if (ordinary) {
      t.skip("needs root");
      return;
    }
    const ws = workspace();
    try {
      const run = ws.build();
      assert.match(run.stdout, /^CUSTOMIZE: on a copy of the image, as root$/m);
      judge(ws, run);
    } finally {
      ws.remove();
    }
  });

  it("run in fakeroot", (t) => {
    if (spawnSync("fakeroot", ["true"]).status !== 0) {
      t.skip("no fakeroot (apt-get install fakeroot)");
      return;
    }
    const ws = workspace();
    try {
      const run = ws.buildAsOrdinaryUser();
      assert.match(run.stdout, /^CUSTOMIZE: on a copy of the image, in fakeroot$/m);
      judge(ws, run);
    } finally {
      ws.remove();
    }
  });

  it("run as an ordinary user, with what only root may do recorded or refused", () => {
    const ws = workspace();
    try {
      const PATH = pathWithout(ws, "fakeroot");
      const run = ws.buildAsOrdinaryUser({ PATH });
      assert.match(run.stdout, /^CUSTOMIZE: .* as an ordinary user; chown, .* are recorded$/m);
      judge(ws, run);
      ws.write("tools/customize.mounts", "mount -F lofs /dev $1/dev || exit 7\n");
      const refused = ws.buildAsOrdinaryUser({ PATH });
      assert.equal(refused.status, 2);
      assert.match(refused.stdout, /^mount: refused: an image is made here without mounting/m);
      assert.match(refused.stderr, /tools\/customize\.mounts failed .* \(exit status 7\)/);
    } finally {
      ws.remove();
    }
  });

  it("run in a container that knows one user only", (t) => {
    const ws = workspace();
    try {
      const run = ws.buildInContainer();
      if (run === undefined) {
        t.skip("this system makes no user namespaces (unshare -r)");
        return;
      }
      assert.match(run.stdout, /^CUSTOMIZE: this system .* does not know all owners/m);
      assert.match(run.stdout, /^CUSTOMIZE: .* chown, chgrp and chmod are recorded$/m);
      judge(ws, run);
    } finally {
      ws.remove();
    }
  });

  it("end with the build that is stopped", async () => {
    const ws = workspace();
    try {
      ws.write("tools/customize.slow", "echo started $$\nsleep 600\necho slept\n");
      const child = ws.start();
      let script = "";
      for await (const line of createInterface({ input: child.stdout })) {
        script = /^started (\d+)$/.exec(line)?.[1] ?? "";
        if (script !== "") break;
      }
      const ended = once(child, "close");
      child.kill("SIGTERM");
      assert.deepEqual(await ended, [143, null]);
      assert.throws(() => process.kill(Number(script), 0), { code: "ESRCH" });
      assert.deepEqual(readdirSync(ws.path("output")), []);
    } finally {
      ws.remove();
    }
  });

  it("are nothing an image holds a device for", (t) => {
    if (ordinary || spawnSync("mknod", ["--version"]).status !== 0) {
      t.skip("needs root");
      return;
    }
    const ws = workspace();
    try {
      ws.write("tools/customize.node", "mknod $1/etc/pipe p\n");
      const run = ws.build();
      assert.equal(run.status, 2);
      assert.match(run.stderr, /etc\/pipe became neither a directory, a file nor a link/);
    } finally {
      ws.remove();
    }
  });
});
