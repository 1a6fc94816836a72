// Invariant: doctor asks what configure would ask, and leaves the tree as it found it.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run, treeFor } from "../support/smartbuild.ts";

/** A folder of commands that print these lines; without one a command fails. */
function commands(t: TestContext, answers: Readonly<Record<string, string | undefined>>): string {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-doctor-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, answer] of Object.entries(answers)) {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${answer ?? "exit 1"}\n`);
    chmodSync(file, 0o755);
  }
  return folder;
}

const forSunOS = 'echo "build only works on SunOS" >&2\n';

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly found: string;
}

async function findings(cwd: string, path: string): Promise<[number | null, Map<string, Finding>]> {
  const { code, stdout } = await run(["doctor", "--json"], {
    cwd,
    env: { PATH: `${path}:${process.env["PATH"] ?? ""}` },
  });
  const { findings: list } = JSON.parse(stdout) as { findings: readonly Finding[] };
  return [code, new Map(list.map((each) => [each.name, each]))];
}

void test("doctor says that a tree for SmartOS cannot be built elsewhere", async (t) => {
  const tree = treeFor(t);
  tree.write("configure", `#!/bin/bash\n${forSunOS}`, 0o755);
  const before = readdirSync(tree.root);
  const path = commands(t, {
    uname: "case $1 in -s) echo Linux;; -r) echo 6.1.0;; *) echo '#1 SMP @0';; esac",
  });
  const { code, stdout } = await run(["doctor"], {
    cwd: tree.root,
    env: { PATH: `${path}:${process.env["PATH"] ?? ""}` },
  });
  assert.equal(code, 1);
  assert.match(stdout, /system\s+MISSING\s+Linux 6\.1\.0$/m);
  assert.match(stdout, /A build would stop here: system, zone/);
  assert.deepEqual(readdirSync(tree.root), before);
});

void test("doctor asks for the packages that configure installs, and for fs_allowed", async (t) => {
  const tree = treeFor(t);
  tree.write(
    "configure",
    `#!/bin/bash\n${forSunOS}\tpkglist="flex pwgen"\n\tpkglist="$pkglist nasm"\n`,
  );
  const path = commands(t, {
    uname: "case $1 in -s) echo SunOS;; *) echo joyent_20260101T000000Z;; esac",
    zonename: "echo 0a1b",
    pkg_info: '[ "$2" != nasm ]',
    pfexec: undefined,
    "mdata-get": "echo ufs,tmpfs",
  });
  const [code, found] = await findings(tree.root, path);
  assert.equal(code, 0);
  assert.deepEqual(found.get("packages"), {
    name: "packages",
    state: "note",
    found: "2 of 3 are there; missing: nasm",
    advice: "configure installs them with pkgin, for which it needs the network.",
  });
  assert.match(found.get("image")?.found ?? "", /fs_allowed lacks pcfs/);
  assert.equal(found.get("system")?.found, "SunOS joyent_20260101T000000Z");
  assert.equal(found.get("zone")?.state, "ok");
});

void test("doctor refuses the global zone", async (t) => {
  const tree = treeFor(t);
  tree.write("configure", forSunOS);
  const path = commands(t, { uname: "echo SunOS", zonename: "echo global" });
  const [code, found] = await findings(tree.root, path);
  assert.equal(code, 1);
  assert.equal(found.get("zone")?.state, "missing");
});

void test("doctor finds nothing wrong with a tree that builds anywhere", async (t) => {
  const { root } = treeFor(t);
  mkdirSync(join(root, "output"), { recursive: true });
  const { code, stdout } = await run(["doctor"], { cwd: root });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /This host can build it: smartbuild run/);
});

void test("doctor asks for the OpenSSL that preflight wants of the platform image", async (t) => {
  const tree = treeFor(t);
  tree.write("configure", forSunOS);
  tree.write("tools/preflight", "if (( openssl_maj < 3 )); then\n");
  const told = async (version: string): Promise<Finding | undefined> => {
    const path = commands(t, { uname: "echo SunOS", zonename: "echo 0a1b", openssl: version });
    return (await findings(tree.root, path))[1].get("platform");
  };
  const good = await told('echo "OpenSSL 3.0.15 3 Sep 2024"');
  assert.equal(good?.state, "ok");
  assert.match(good.found, /^OpenSSL 3/);
  const old = await told('echo "OpenSSL 1.1.1w  11 Sep 2023"');
  assert.equal(old?.state, "missing");
});
