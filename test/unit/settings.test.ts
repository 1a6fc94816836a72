// Invariant: the effective setting is the one that configure would see, with the line it comes from.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import {
  readBranchLines,
  readBuildEnv,
  readProjectLines,
} from "../../src/engine/settings/line-files.ts";
import { readSettings, type Settings } from "../../src/engine/settings/settings.ts";
import { treePaths } from "../../src/engine/workspace/tree-paths.ts";

const scratch = mkdtempSync(join(tmpdir(), "smartbuild-settings-"));
after(() => {
  rmSync(scratch, { recursive: true });
});

const plainEnvironment = { PATH: "/usr/bin:/bin", LC_ALL: "C" };

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(scratch, "tree-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function read(root: string, layout: "classic" | "modern", env: NodeJS.ProcessEnv = {}): Settings {
  return readSettings({ root, layout, paths: treePaths(root) }, { ...plainEnvironment, ...env });
}

describe("classic", () => {
  test("the last of the files that ls lists wins, and the others are shadowed", () => {
    const root = tree({
      "configure.b": "OVERLAYS='from b'\n",
      "configure.a": "# one\nOVERLAYS='from a'\nPUBLISHER=a\n",
      "configure.B": "OVERLAYS='from B'\n",
      "configure-branches": "illumos-live: master\n",
      "sample.configure.smartos": "OVERLAYS='never'\n",
    });
    const settings = read(root, "classic");
    const overlays = settings.get("OVERLAYS");
    assert.equal(overlays?.value, "from b");
    assert.equal(overlays.known, true);
    assert.equal(overlays.file, join(root, "configure.b"));
    assert.equal(overlays.line, 1);
    assert.deepEqual(
      overlays.shadowed.map(({ value, file, line }) => [value, file, line]),
      [
        ["from B", join(root, "configure.B"), 1],
        ["from a", join(root, "configure.a"), 2],
      ],
    );
    // What configure itself would do, with the shell's own loop.
    const loop =
      'cd "$1"; for file in `ls configure.*`; do source ./${file}; done; printf %s "$OVERLAYS"';
    assert.equal(
      execFileSync("bash", ["-c", loop, "bash", root], {
        env: plainEnvironment,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      }),
      "from b",
    );
    assert.equal(settings.get("configure-branches")?.value, "illumos-live: master\n");
    assert.equal(settings.get("GCC44_URL"), undefined);
    assert.deepEqual(
      settings.all().map(({ name }) => name),
      ["OVERLAYS", "PUBLISHER", "configure-branches"],
    );
  });

  test("takes no loop's variable for a setting, but the one that a loop leaves set", () => {
    const root = tree({
      "configure.local":
        "for p in kvm kvm-cmd; do [[ -d projects/local/$p ]] || git clone $p; done\n" +
        "for OVERLAYS in smartos generic; do :; done\nMINE=1\n",
    });
    const settings = read(root, "classic");
    assert.deepEqual(
      settings.all().map(({ name, known }) => [name, known]),
      [
        ["code", false],
        ["OVERLAYS", false],
        ["MINE", true],
      ],
    );
  });

  test("warns of files and names that are not what they look like", () => {
    const root = tree({
      "configure.local": "OVERLAY='misspelt'\nBUILDSTAMP=20120712T000000Z\n",
      "configure.local~": "PUBLISHER=backup\n",
      "configure.local.bak": "",
      "configure.local.orig": "",
      "configure.local.example": "RELEASE_VER=example\n",
      "configure.two words": "PUBLISHER=never\n",
      "configure.dos": "ROOTCMD=sudo\r\n",
      "configure.d/inner": "",
    });
    symlinkSync("nowhere", join(root, "configure.gone"));
    const settings = read(root, "classic");
    const said = settings.warnings.map(
      ({ file, line, message }) => `${file.slice(root.length + 1)}:${line} ${message}`,
    );
    for (const pattern of [
      /^configure\.local~:0 .*sources this file too/,
      /^configure\.local\.bak:0 .*sources this file too/,
      /^configure\.local\.orig:0 /,
      /^configure\.local\.example:0 /,
      /^configure\.two words:0 .*blank/,
      /^configure\.d:0 a folder/,
      /^configure\.gone:0 a link that leads nowhere/,
      /^configure\.dos:1 .*CR LF/,
      /^configure\.local:1 OVERLAY is read by nothing; the name is OVERLAYS$/,
      /^configure\.local:2 BUILDSTAMP has no effect in this file/,
    ])
      assert.equal(
        said.filter((line) => pattern.test(line)).length,
        1,
        `${pattern.source} in ${said.join("\n")}`,
      );
    assert.equal(said.length, 10);
    assert.equal(settings.get("PUBLISHER")?.value, "backup");
    assert.equal(settings.get("ROOTCMD")?.value, "sudo\r");
    assert.equal(settings.get("BUILDSTAMP"), undefined);
  });

  test("warns of a fragment whose name is found on PATH first", () => {
    const root = tree({ "configure.local": "", "bin/configure.local": "" });
    const [warning] = read(root, "classic", { PATH: `${root}/bin:/usr/bin` }).warnings;
    assert.match(warning?.message ?? "", /bin\/configure\.local instead/);
  });

  test("an unterminated quote is a problem with its line and a way out", () => {
    const root = tree({
      "configure.a": "PUBLISHER=before\n\nRELEASE_VER='open\n",
      "configure.b": "OVERLAYS=generic\n",
    });
    const settings = read(root, "classic");
    assert.equal(settings.problems.length, 1);
    assert.equal(settings.problems[0]?.file, join(root, "configure.a"));
    assert.equal(settings.problems[0].line, 3);
    assert.match(settings.problems[0].message, /single quote/);
    assert.match(settings.problems[0].advice ?? "", /close it/);
    assert.equal(settings.get("PUBLISHER")?.value, "before");
    assert.equal(settings.get("OVERLAYS")?.value, "generic");
  });

  test("follows what is sourced by a literal name, and doubts what it cannot", () => {
    const root = tree({
      "configure.local":
        "OVERLAYS=one\nsource site/common.sh\n[[ -f x ]] && source ./x\nHAVE_PKG=$(false)\nsource $HOME/y\nPUBLISHER=sure\n",
      "site/common.sh": "OVERLAYS='smartos generic'\nRELEASE_VER=common\n",
    });
    const settings = read(root, "classic");
    assert.equal(settings.get("OVERLAYS")?.value, "smartos generic");
    assert.equal(settings.get("OVERLAYS")?.file, join(root, "site/common.sh"));
    assert.equal(settings.get("OVERLAYS")?.known, false, "the file in $HOME may set it");
    assert.equal(settings.get("PUBLISHER")?.known, true);
    const { value, source, known } = settings.get("HAVE_PKG") ?? {};
    assert.deepEqual([value, source, known], [undefined, "$(false)", false]);
    assert.deepEqual(
      settings.warnings.map(({ line }) => line),
      [5],
    );
  });

  test("never runs what a fragment says", () => {
    const root = tree({
      "configure.local": 'touch ran; OVERLAYS="$(touch ran; echo x)"; `touch ran`\n',
    });
    assert.equal(read(root, "classic").get("OVERLAYS")?.known, false);
    assert.equal(existsSync(join(root, "ran")), false);
  });

  test("the environment counts only where the tree reads it, and below a fragment", () => {
    const root = tree({
      "configure.local": "ILLUMOS_ENABLE_DEBUG=exclusive\nBUILDSTAMP=ignored\n",
    });
    const settings = read(root, "classic", {
      ILLUMOS_ENABLE_DEBUG: "yes",
      BUILDSTAMP: "20200101T000000Z",
      ROOTCMD: "sudo",
    });
    assert.equal(settings.get("ILLUMOS_ENABLE_DEBUG")?.value, "exclusive");
    assert.equal(settings.get("ILLUMOS_ENABLE_DEBUG")?.shadowed[0]?.file, "environment");
    assert.deepEqual(settings.get("BUILDSTAMP")?.file, "environment");
    assert.equal(
      settings.get("ROOTCMD"),
      undefined,
      "configure assigns it before it reads a fragment",
    );
  });

  test("literals that configure itself assigns are known to fragments", () => {
    const root = tree({
      "configure.local": 'GET_ILLUMOS="$ROOTCMD git clone x"\nHAVE_PKG+=x\nPUBLISHER=$HOME\n',
    });
    const settings = read(root, "classic", { HOME: "/home/x" });
    assert.equal(settings.get("GET_ILLUMOS")?.value, "pfexec git clone x");
    assert.equal(settings.get("HAVE_PKG")?.value, "truex");
    assert.equal(settings.get("PUBLISHER")?.known, false);
  });

  test(
    "a file that cannot be read is a problem",
    { skip: process.getuid?.() === 0 && "root reads everything" },
    () => {
      const root = tree({ "configure.local": "A=1\n" });
      chmodSync(join(root, "configure.local"), 0);
      assert.match(read(root, "classic").problems[0]?.message ?? "", /cannot be read/);
    },
  );
});

describe("modern", () => {
  const files = {
    "default.configure-build": 'PUBLISHER="joyent"\nRELEASE_VER="joyent_147"\n',
    "configure-build": "RELEASE_VER=mine\nILLUMOS_CLOBBER=yes\n",
    "configure.local": "PUBLISHER=never\n",
    "build.env":
      "FORCE_STRAP_REBUILD=\nILLUMOS_CLOBBER=no\nILLUMOS_ENABLE_DEBUG=exclusive\nPRIMARY_COMPILER=gcc10\n",
    "configure-projects": "illumos:master:origin\n",
  };

  test("configure-build over the defaults, over the environment, over build.env", () => {
    const root = tree(files);
    const settings = read(root, "modern", {
      PUBLISHER: "env",
      PRIMARY_COMPILER: "gcc14",
      ILLUMOS_CLOBBER: "env",
    });
    const from = (name: string): unknown[] => {
      const { value, file = "", line } = settings.get(name) ?? {};
      return [value, file.replace(`${root}/`, ""), line];
    };
    assert.deepEqual(from("PUBLISHER"), ["joyent", "default.configure-build", 1]);
    assert.deepEqual(from("RELEASE_VER"), ["mine", "configure-build", 1]);
    assert.deepEqual(from("ILLUMOS_CLOBBER"), ["yes", "configure-build", 2]);
    assert.deepEqual(from("PRIMARY_COMPILER"), ["gcc14", "environment", 0]);
    assert.deepEqual(from("ILLUMOS_ENABLE_DEBUG"), ["exclusive", "build.env", 3]);
    assert.deepEqual(from("configure-projects"), [
      "illumos:master:origin\n",
      "configure-projects",
      1,
    ]);
    assert.deepEqual(
      settings.get("ILLUMOS_CLOBBER")?.shadowed.map(({ value }) => value),
      ["env", "no"],
    );
  });
});

describe("hash", () => {
  test("16 hex digits of what decides; empty where nothing sets it", () => {
    const hashes = (text: string): Record<string, string> =>
      read(tree({ "configure.local": text }), "classic").hash([
        "OVERLAYS",
        "GET_ILLUMOS",
        "PUBLISHER",
      ]);
    const first = hashes('OVERLAYS="smartos generic"\nGET_ILLUMOS=$(x)\n');
    assert.match(first["OVERLAYS"] ?? "", /^[0-9a-f]{16}$/);
    assert.equal(first["PUBLISHER"], "");
    const same = hashes(
      "# a comment\nOVERLAYS='smartos generic' # quotes do not matter\nGET_ILLUMOS=$(x)\n",
    );
    assert.deepEqual(same, first);
    assert.notEqual(hashes("OVERLAYS=generic\n")["OVERLAYS"], first["OVERLAYS"]);
    assert.notEqual(hashes("GET_ILLUMOS=$(y)\n")["GET_ILLUMOS"], first["GET_ILLUMOS"]);
    const conditional = hashes('OVERLAYS="smartos generic"\n[[ x ]] && OVERLAYS=generic\n');
    assert.notEqual(conditional["OVERLAYS"], first["OVERLAYS"]);
  });

  test("a setting follows the ones it refers to", () => {
    const hash = (base: string): string | undefined =>
      read(tree({ "configure.local": `BASE=${base}\nGCC44_URL=$BASE/gcc\n` }), "classic").hash([
        "GCC44_URL",
      ])["GCC44_URL"];
    assert.notEqual(hash("a"), hash("b"));
  });

  test("code has one hash, which assignments do not change", () => {
    const hash = (text: string): string | undefined =>
      read(tree({ "configure.local": text }), "classic").hash(["code"])["code"];
    assert.equal(hash("A=1\n"), "");
    assert.equal(hash("A=1\ngit clone x\n"), hash("A=2\ngit clone x\n# comment\n"));
    assert.notEqual(hash("git clone x\n"), hash("git clone y\n"));
  });

  test("of a secret only the time of its file", () => {
    const root = tree({ "configure-build": "PLATFORM_PASSWORD=secret\n" });
    const file = join(root, "configure-build");
    utimesSync(file, 1000, 1000);
    const before = read(root, "modern").hash(["PLATFORM_PASSWORD"]);
    writeFileSync(file, "PLATFORM_PASSWORD=other!\n");
    utimesSync(file, 1000, 1000);
    assert.deepEqual(read(root, "modern").hash(["PLATFORM_PASSWORD"]), before);
    utimesSync(file, 1000, 2000);
    assert.notDeepEqual(read(root, "modern").hash(["PLATFORM_PASSWORD"]), before);
  });
});

describe("files of lines", () => {
  test("configure-projects as configure reads it", () => {
    const text =
      "# head\nillumos : master: origin\n\nlocal/kvm:PR-12:https://host:8080/kvm.git\nillumos-extra\n #x:y:z\n";
    const { projects, problems } = readProjectLines(text);
    assert.deepEqual(projects, [
      { folder: "illumos", branch: "master", url: "origin", line: 2 },
      { folder: "local/kvm", branch: "PR-12", url: "https://host:8080/kvm.git", line: 4 },
      { folder: "#x", branch: "y", url: "z", line: 6 },
    ]);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [3, 5],
    );
  });

  test("configure-branches and build.env", () => {
    assert.deepEqual(readBranchLines("illumos-live: master\n kvm: no\nkvm-cmd:  two\n# x: y\n"), [
      { repository: "illumos-live", branch: "master", line: 1 },
      { repository: "kvm-cmd", branch: "", line: 3 },
    ]);
    assert.deepEqual(readBuildEnv("A=\nB=x y\n# C=1\n"), [
      { name: "A", value: "", line: 1 },
      { name: "B", value: "x y", line: 2 },
    ]);
  });
});
