// Invariant: every planted fault is found by its key, and nothing else is.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { AuditFinding } from "../../src/engine/audit/finding.ts";
import type { RunsAsOther } from "../../src/engine/audit/runs-as-other.ts";
import { readLastAudit } from "../../src/engine/audit/last-audit.ts";
import { readShipped } from "../../src/engine/image/shipped/read-shipped.ts";
import { parseFilter } from "../../src/engine/manifest/query-filter.ts";
import { openWorkspace } from "../../src/engine/workspace/workspace.ts";
import { writeDelivered } from "../../src/engine/image/shipped/delivered-list.ts";
import { run } from "../support/smartbuild.ts";
import { tinyElf, type TinyElf } from "../support/tiny-elf.ts";
import { makeUfs } from "./image-inspect-maker.ts";
import { tinyTree, type TinyTree } from "../support/tiny-tree.ts";

let tree: TinyTree;
const lines: string[] = [];
/** Keys of what is planted. */
const planted = new Set<string>();
/** Setuid programs that are there for their libraries. */
const linked = new Set<string>();
const hasCompiler = spawnSync("gcc", ["--version"]).status === 0;

interface Said {
  readonly fresh: readonly AuditFinding[];
  readonly known: readonly AuditFinding[];
  readonly outdated: readonly { readonly key: string; readonly line: number }[];
  readonly runsAsOther: readonly RunsAsOther[];
}

async function audit(
  ...words: readonly string[]
): Promise<Said & { readonly code: number | null }> {
  const { code, stdout, stderr } = await run(["audit", "--json", ...words], { cwd: tree.root });
  assert.equal(stderr, "");
  return { code, ...(JSON.parse(stdout) as Said) };
}

function keys(findings: readonly AuditFinding[]): string[] {
  return findings
    .map(({ kind, path, detail }) =>
      detail === "" ? `${kind} ${path}` : `${kind} ${path} ${detail}`,
    )
    .sort();
}

function inProto(path: string, bytes: string | Buffer): void {
  const at = join(tree.root, "proto", path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, bytes);
}

/** A file that is delivered, and what is to be found about it. */
function file(
  path: string,
  bytes: string | Buffer,
  faults: readonly string[] = [],
  mode = "0555",
): void {
  inProto(path, bytes);
  lines.push(`f ${path} ${mode} root bin`);
  for (const fault of faults) {
    const [kind = "", ...detail] = fault.split(" ");
    planted.add([kind, path, ...detail].join(" "));
  }
}

function object(path: string, about: Omit<TinyElf, "class">, faults: readonly string[] = []): void {
  file(path, tinyElf({ class: 64, ...about }), faults);
}

function plantRunPaths(): void {
  const build = `${tree.root}/proto/usr/lib`;
  object("usr/bin/good", { needed: ["libgood.so.1"], runpath: "$ORIGIN/../lib:/usr/lib" });
  object("usr/bin/leaky", { rpath: build }, [
    "rpath-build $WORKSPACE/proto/usr/lib",
    "path-of-build $WORKSPACE",
  ]);
  object("usr/bin/packages", { runpath: "/opt/local/lib" }, [
    "rpath-host /opt/local/lib",
    "path-of-host /opt/local/",
  ]);
  object("usr/bin/relative", { runpath: "../lib" }, ["rpath-relative ../lib"]);
  object("usr/bin/empty", { runpath: "/usr/lib:" }, ["rpath-empty"]);
  object("usr/bin/home", { rpath: "/home/me/lib" }, ["rpath-home /home/me/lib"]);
  object("usr/bin/nowhere", { runpath: "/usr/nowhere" }, ["rpath-undelivered /usr/nowhere"]);
  object("usr/bin/open", { runpath: "/var/open" }, ["rpath-writable /var/open"]);
  object("usr/bin/none", { runpath: "" });
  object("usr/bin/tokens", { runpath: "/usr/lib/$PLATFORM:/usr/$ISALIST/lib" }, [
    "rpath-undelivered /usr/lib/$PLATFORM",
  ]);
  object("usr/bin/braces", { runpath: "${ORIGIN}/../lib" }, ["rpath-relative ${ORIGIN}/../lib"]);
  plantSetuid();
}

/** Programs that run as somebody else: of $ORIGIN only what leads to trusted folders is followed. */
function plantSetuid(): void {
  const setuid = (path: string, about: Omit<TinyElf, "class">, faults: readonly string[]): void => {
    linked.add(path);
    file(path, tinyElf({ class: 64, ...about }), faults, "04555");
  };
  lines.push("d usr/lib/own 0755 root bin", "d usr/lib/secure 0755 root bin");
  object("usr/lib/own/libown.so.1", {});
  const own = { needed: ["libown.so.1"] };
  setuid("usr/bin/secure", { ...own, runpath: "$ORIGIN/../lib/own" }, [
    "rpath-secure $ORIGIN/../lib/own",
    "library-missing libown.so.1",
  ]);
  setuid("usr/bin/trusted", { runpath: "$ORIGIN/../lib/secure:$ORIGIN/../lib" }, []);
  setuid("usr/bin/full", { ...own, runpath: "/usr/lib/own" }, []);
  object("usr/bin/ordinary", { ...own, runpath: "$ORIGIN/../lib/own" });
}

function plantLibraries(): void {
  object("usr/bin/lacks", { needed: ["libnone.so.1"] }, ["library-missing libnone.so.1"]);
  object("usr/bin/forgot", { needed: ["libforgot.so.1"] }, ["library-undelivered libforgot.so.1"]);
  inProto("usr/lib/libforgot.so.1", tinyElf({ class: 64 }));
  planted.add("orphan-files usr/lib");
  object("usr/bin/ofhost", { needed: ["/bin/ls"] }, ["library-host /bin/ls"]);
  object("usr/bin/below", { needed: ["lib/libgood.so.1"] }, [
    "library-relative lib/libgood.so.1",
    "library-missing lib/libgood.so.1",
  ]);
  object("usr/bin/nodefault", { needed: ["libgood.so.1"], noDefaultFolders: true }, [
    "library-missing libgood.so.1",
  ]);
  object("usr/lib/libfilter.so.1", { filter: "libgood.so.1:libfiltee.so.1" }, [
    "library-missing libfiltee.so.1",
  ]);
  object("usr/lib/libauxiliary.so.1", { auxiliary: "libnobody.so.1", filter: "/lib/$ISALIST/x" });
  file("usr/bin/narrow", tinyElf({ class: 32, needed: ["libgood.so.1"] }), [
    "library-class libgood.so.1",
    "interpreter-class /lib/ld.so.1",
  ]);
}

/** A program of the compiler that needs a version which the delivered library has not. */
function plantVersions(): void {
  const at = (name: string): string => join(tree.root, "work", name);
  tree.write("work/lib.c", "int one(void) { return 1; }\nint two(void) { return 2; }\n");
  tree.write("work/old.map", "V_1 { global: one; two; };\n");
  tree.write("work/new.map", "V_1 { global: one; };\nV_2 { global: two; };\n");
  tree.write("work/main.c", "int one(void), two(void);\nvoid _start(void) { one(); two(); }\n");
  const gcc = (...words: readonly string[]): void => {
    const done = spawnSync("gcc", ["-nostdlib", ...words], { cwd: at(""), encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
  };
  for (const age of ["old", "new"]) {
    const script = [`-Wl,--version-script=${age}.map`, "-Wl,-soname,libv.so.1"];
    gcc("-shared", "-fPIC", ...script, "-o", `${age}.so`, "lib.c");
  }
  gcc("-Wl,--dynamic-linker=/lib/ld.so.1", "-o", "main", "main.c", "./new.so");
  file("usr/lib/libv.so.1", readFileSync(at("old.so")));
  const main = readFileSync(at("main"));
  file("usr/bin/versions", main, ["library-version libv.so.1 V_2"]);
  // The hash of V_2 (System V ABI, "Hash Table"); the flags stand behind it, 2 being weak.
  const record = main.indexOf(Buffer.from([0x22, 0x5c, 0, 0]));
  assert.ok(record > 0);
  const weak = Buffer.from(main);
  weak.writeUInt16LE(2, record + 4);
  file("usr/bin/weak", weak);
}

function plantInterpreters(): void {
  object("usr/bin/env", {});
  file("usr/bin/script", "#!/usr/bin/nosuchperl -w\n", ["interpreter-missing /usr/bin/nosuchperl"]);
  file("usr/bin/asked", "#!/usr/bin/env nosuchpython\n", ["interpreter-missing nosuchpython"]);
  file("usr/bin/split", "#!/usr/bin/env -S -i A=b nosuchruby -w\n", [
    "interpreter-missing nosuchruby",
  ]);
  file("usr/bin/method", "#!/usr/bin/sh\n");
  object("usr/bin/linker", { interpreter: "/lib/ld-none.so.1" }, [
    "interpreter-missing /lib/ld-none.so.1",
  ]);
  file("usr/bin/small", tinyElf({ class: 32 }), ["interpreter-class /lib/ld.so.1"]);
}

function plantLinks(): void {
  lines.push("s usr/bin/dangling=nowhere/at/all", "s usr/bin/one=two", "s usr/bin/two=one");
  lines.push("s usr/bin/out=../../../etc/passwd", "s usr/bin/made=../../var/log/manifest");
  lines.push("h usr/bin/hard=etc/passwd");
  planted.add("link-dangling usr/bin/dangling nowhere/at/all");
  planted.add("link-loop usr/bin/one two").add("link-loop usr/bin/two one");
  planted.add("link-outside usr/bin/out ../../../etc/passwd");
  planted.add("hard-link-across usr/bin/hard etc/passwd");
}

function plantTheRest(): void {
  file("etc/conf", `prefix=${tree.root}/proto\n`, ["path-of-build $WORKSPACE"]);
  file("etc/beside", `prefix=${tree.root}-2/proto:${tree.root}.old\n`);
  file("etc/sentence", `Made in ${tree.root}.\n`, ["path-of-build $WORKSPACE"]);
  const far = "x".repeat(1024 * 1024 - tree.root.length);
  file("etc/far", `${far}${tree.root}`, ["path-of-build $WORKSPACE"]);
  inProto("usr/include/x.h", "");
  inProto("usr/lib/libx.a", "");
  lines.push("f usr/bin/gone 0555 root bin", "d var 0755 root sys", "d var/open 0777 root sys");
  planted.add("orphan-headers usr/include").add("orphan-archives usr/lib");
  planted.add("entry-uninstalled usr/bin/gone").add("world-writable var/open 0777");
  file("usr/lib/x.conf", "a=1\n", ["writable-in-usr 0644"], "0644");
  file("usr/bin/su", "su\n", [], "04555");
}

before(() => {
  tree = tinyTree();
  for (const path of ["etc/shadow", "usr/bin/hello", "usr/bin/curl", "usr/bin/kvm", "buildstamp"])
    inProto(path, "x\n");
  inProto("platform/i86pc/kernel/amd64/unix", "unix\n");
  lines.push("d lib 0755 root bin", "d usr/lib 0755 root bin");
  object("lib/ld.so.1", {});
  object("usr/lib/libgood.so.1", { soname: "libgood.so.1" });
  plantRunPaths();
  plantLibraries();
  if (hasCompiler) plantVersions();
  plantInterpreters();
  plantLinks();
  plantTheRest();
  tree.write("src/manifest", `${lines.join("\n")}\n`);
});
after(() => {
  tree.remove();
});

describe("audit", () => {
  it("finds every planted fault and nothing else", async (t) => {
    const { fresh, known, code } = await audit();
    assert.deepEqual(keys(fresh), [...planted].sort());
    assert.deepEqual(known, []);
    assert.equal(code, 1);
    for (const { message, advice } of fresh) assert.ok(message !== "" && advice !== "");
    const leaky = fresh.find(({ kind }) => kind === "rpath-build");
    assert.notEqual(leaky?.component, "");
    t.diagnostic(`${fresh.length} faults${hasCompiler ? "" : ", without versions: no gcc here"}`);
  });

  it("looks where the platform's own default folders are", async () => {
    const asked = ["--rule", "libraries", "--library-path", "/usr/lib/own:/usr/lib", "usr/bin"];
    const { fresh } = await audit(...asked);
    assert.ok(!keys(fresh).includes("library-missing usr/bin/secure libown.so.1"));
    assert.ok(keys(fresh).includes("library-missing usr/bin/lacks libnone.so.1"));
    const wrong = await run(["audit", "--library-path", "usr/lib"], { cwd: tree.root });
    assert.equal(wrong.code, 64);
    assert.match(wrong.stderr, /--library-path must begin with a slash/);
  });

  it("keeps to the rules and paths that are asked for", async () => {
    const links = await audit("--rule", "links,modes", "usr/bin");
    assert.ok(links.fresh.length >= 5);
    for (const { rule, path } of links.fresh) {
      assert.match(rule, /^(?:links|modes)$/);
      assert.match(path, /^usr\/bin\//);
    }
    const good = await audit("/usr/bin/good");
    assert.equal(good.code, 0);
    const wrong = await run(["audit", "--rule", "colours"], { cwd: tree.root });
    assert.equal(wrong.code, 64);
    assert.match(wrong.stderr, /There is no rule colours\.[^]*rpath, libraries/);
  });

  it("lists what runs as somebody else, and tells what is new since the last build", async () => {
    const modes = async (): Promise<Said> => {
      const said = await audit("--rule", "modes");
      return { ...said, runsAsOther: said.runsAsOther.filter(({ path }) => !linked.has(path)) };
    };
    const first = await modes();
    assert.deepEqual(
      first.runsAsOther.map(({ path, mode, change }) => [path, mode, change]),
      [["usr/bin/su", 0o4555, "none"]],
    );
    const folder = join(tree.root, "log/smartbuild/0001-20260101T000000Z");
    mkdirSync(folder, { recursive: true });
    const owned = { type: "f", user: "root", group: "bin" } as const;
    const kept = [...linked].map((path) => ({ path, mode: 0o4555, ...owned }));
    writeDelivered(folder, [...kept, { path: "usr/bin/ping", mode: 0o4555, ...owned }]);
    const later = await modes();
    assert.deepEqual(
      later.runsAsOther.map(({ path, change }) => [path, change]),
      [
        ["usr/bin/ping", "gone"],
        ["usr/bin/su", "new"],
      ],
    );
    assert.ok(keys(later.fresh).includes("runs-as-other usr/bin/su 04555 root:bin"));
    writeDelivered(folder, [...kept, { path: "usr/bin/su", mode: 0o4555, ...owned }]);
    const same = await modes();
    assert.deepEqual(
      same.runsAsOther.map(({ change }) => change),
      ["none"],
    );
    writeDelivered(folder, [...kept, { path: "usr/bin/su", mode: 0o6555, ...owned }]);
    const other = await modes();
    const told = other.fresh.find(({ kind }) => kind === "runs-as-other");
    assert.match(told?.message ?? "", /in build 0001-\S+ it had mode 06555/);
    writeDelivered(folder, [...kept, { path: "usr/bin/su", mode: 0o4555, ...owned }]);
  });
});

describe("the baseline", () => {
  it("makes findings known, and tells lines that match nothing any more", async () => {
    const known = [...planted].map((key) => `${key}  # known since 2012`);
    const text = ["# What we know.", "", ...known, "rpath-home usr/bin/mended /home/x # was fixed"];
    tree.write("smartbuild.audit", `${text.join("\n")}\n`);
    const said = await audit();
    assert.equal(said.code, 0);
    assert.deepEqual(said.fresh, []);
    assert.equal(said.known.length, planted.size);
    assert.deepEqual(
      said.outdated.map(({ key, line }) => [key, line]),
      [["rpath-home usr/bin/mended /home/x", text.length]],
    );
    const { stdout } = await run(["audit"], { cwd: tree.root });
    assert.match(stdout, new RegExp(`^audit: 0 new, ${planted.size} known, 1 outdated$`, "m"));
    assert.match(stdout, /^smartbuild\.audit:\d+: nothing is found for it any more: rpath-home /m);
    // A part of the rules cannot tell that a line is outdated.
    assert.deepEqual((await audit("--rule", "rpath")).outdated, []);
  });

  it("says of what is left what is new", async () => {
    const [, ...others] = [...planted].sort();
    tree.write("smartbuild.audit", `${others.map((key) => `${key} # known`).join("\n")}\n`);
    const { stdout, code } = await run(["audit"], { cwd: tree.root });
    assert.equal(code, 1);
    assert.match(stdout, new RegExp(`^audit: 1 new, ${others.length} known$`, "m"));
    const all = await run(["audit", "--all"], { cwd: tree.root });
    assert.ok(
      others.every((key) => all.stdout.includes(`    ${key}\n`)),
      all.stdout,
    );
    assert.match(all.stdout, /^ {2}04555 root:bin {2}usr\/bin\/su$/m);
  });

  it("wants a reason for each line", async () => {
    tree.write("smartbuild.audit", "link-loop usr/bin/one two\n");
    const { code, stderr } = await run(["audit"], { cwd: tree.root });
    assert.equal(code, 65);
    assert.match(stderr, /smartbuild\.audit:1: no reason is given[^]*KIND PATH DETAIL # REASON/);
  });
});

describe("audit of an image", () => {
  it("judges what the image holds, without a workspace", async () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-image-"));
    try {
      const lib = tinyElf({ class: 64, soname: "libgood.so.1" });
      makeUfs(join(folder, "boot_archive"), 4096, {
        lib: null,
        "lib/ld.so.1": lib,
        "lib/libgood.so.1": lib,
        etc: null,
        "etc/passwd": "root:x:0:0::/:/bin/sh\n",
        bin: null,
        "bin/good": tinyElf({ class: 64, needed: ["libgood.so.1"], runpath: "/lib" }),
        "bin/bad": tinyElf({ class: 64, needed: ["libbad.so.1"], runpath: "/opt/local/lib" }),
        "bin/su": { content: "su\n", mode: 0o4555 },
        "bin/link": { symlink: "../nowhere" },
      });
      const { code, stdout } = await run(["audit", "--json", "--image", "boot_archive"], {
        cwd: folder,
      });
      assert.equal(code, 1);
      const said = JSON.parse(stdout) as Said;
      assert.deepEqual(keys(said.fresh), [
        "library-missing bin/bad libbad.so.1",
        "link-dangling bin/link ../nowhere",
        "path-of-host bin/bad /opt/local/",
        "rpath-host bin/bad /opt/local/lib",
      ]);
      assert.deepEqual(
        said.runsAsOther.map(({ path, owner }) => [path, owner]),
        [["bin/su", "root:0"]],
      );
      const none = await run(["audit", "--image", "nosuch"], { cwd: folder });
      assert.equal(none.code, 65);
      assert.match(none.stderr, /nosuch/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the audit stage", () => {
  it("runs only when it is named, and its findings are problems", async () => {
    const other = tinyTree({
      "1-extra-stamp": ["cp -r planted/. proto/"],
    });
    try {
      other.write("planted/usr/bin/curl", "#!/usr/bin/nosuchperl\n", 0o755);
      other.write("planted/usr/bin/bad", "#!/usr/bin/nosuchpython\n", 0o755);
      other.write("src/manifest", "f usr/bin/bad 0555 root bin\n");
      const plan = await run(["plan", "--json"], { cwd: other.root });
      assert.doesNotMatch(plan.stdout, /"audit"/);
      const failed = await run(["run", "--plain", "audit"], { cwd: other.root });
      assert.equal(failed.code, 2, failed.stdout);
      assert.match(failed.stdout, /^ {2}✗ audit .*\n {2}audit: 2 new, 0 known$/m);
      const told = await run(["problems"], { cwd: other.root });
      assert.match(
        told.stdout,
        /usr\/bin\/curl \(illumos-extra\): its interpreter \/usr\/bin\/nosuchperl/,
      );
      assert.match(told.stdout, /usr\/bin\/bad \(\S+\): its interpreter \/usr\/bin\/nosuchpython/);
      const workspace = openWorkspace(other.root, other.root);
      assert.ok(workspace.ok);
      const last = readLastAudit(workspace.value.paths.smartbuildLog, "audit");
      const shipped = await readShipped(workspace.value, { audit: last });
      assert.ok(shipped.ok);
      const marked = shipped.value.shipped.entries.filter(parseFilter("state:finding").matches);
      assert.ok(marked.some(({ path }) => path === "usr/bin/bad"));
      const curl = marked.find(({ path }) => path === "usr/bin/curl");
      assert.match(
        curl?.findings.at(-1)?.message ?? "",
        /^its interpreter \/usr\/bin\/nosuchperl /,
      );
      const keysOf = ["curl /usr/bin/nosuchperl", "bad /usr/bin/nosuchpython"];
      const text = keysOf.map((key) => `interpreter-missing usr/bin/${key} # comes from pkgsrc\n`);
      other.write("smartbuild.audit", `${text.join("")}rpath-home usr/bin/x /home/x # mended\n`);
      const passed = await run(["run", "--plain", "audit"], { cwd: other.root });
      assert.equal(passed.code, 0, passed.stdout);
      assert.match(passed.stdout, /^ {2}✓ audit .*\n {2}audit: 0 new, 2 known, 1 outdated$/m);
      const log = await run(["logs", "audit"], { cwd: other.root });
      assert.match(
        log.stdout,
        /^smartbuild\.audit:3: nothing is found for it any more: rpath-home /m,
      );
      const status = await run(["status"], { cwd: other.root });
      assert.match(status.stdout, /^ {2}audit: 0 new, 2 known, 1 outdated$/m);
    } finally {
      other.remove();
    }
  });
});
