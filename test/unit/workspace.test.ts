// Invariant: a tree is recognised by what it has, and refused where make could not build it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { findProgram, makeProgram, probeHost } from "../../src/engine/workspace/host-probe.ts";
import { inLsOrder } from "../../src/engine/workspace/ls-order.ts";
import { extraComponents, localProjects } from "../../src/engine/workspace/projects.ts";
import { unbuildablePath } from "../../src/engine/workspace/root-path.ts";
import { openWorkspace, type Workspace } from "../../src/engine/workspace/workspace.ts";

const scratch = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-workspace-")));
after(() => {
  rmSync(scratch, { recursive: true });
});

const both = { "tools/build_live": "", "projects/devpro/Makefile": "" };
const classic = {
  ...both,
  Makefile: "OVERLAYS := $(shell cat overlay/order)\n1-extra-stamp: 0-illumos-stamp\n",
  configure: "for file in `ls configure.*`; do\n  source ${file}\ndone\n",
  "sample.configure.smartos": "",
  "overlay/generic/manifest": "",
  "tools/customize": "",
};
const modern = {
  ...both,
  Makefile: "ifeq ($(MAKECMDGOALS),check)\n-include build.env\nelse\ninclude build.env\nendif\n",
  configure: "source default.configure-build\n",
  "default.configure-build": "PUBLISHER=joyent\n",
  "default.configure-projects": "illumos:master:origin\n",
  "tools/build_strap": "",
  "tools/lib/build_common.sh": "",
};

function tree(
  files: Readonly<Record<string, string>>,
  root = mkdtempSync(join(scratch, "tree-")),
): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function opened(start: string, explicitRoot?: string): Workspace {
  const result = openWorkspace(start, explicitRoot);
  assert.ok(result.ok, result.ok ? "" : result.failure.message);
  return result.value;
}

function refused(
  start: string,
  explicitRoot?: string,
): { kind: string; message: string; advice?: string } {
  const result = openWorkspace(start, explicitRoot);
  assert.ok(!result.ok);
  return result.failure;
}

describe("layout", () => {
  const cases = [
    ["2012", classic, "classic"],
    ["today", modern, "modern"],
    // Hybrids: the library of the new tools came years before configure changed over …
    ["2015", { ...classic, "tools/lib/build_common.sh": "", "tools/build_strap": "" }, "classic"],
    // … and overlays stayed on for months after.
    [
      "2019-06",
      {
        ...modern,
        Makefile: `${modern.Makefile}${classic.Makefile}`,
        "overlay/generic/manifest": "",
      },
      "modern",
    ],
    [
      "2012, stripped",
      { ...both, Makefile: classic.Makefile, configure: classic.configure },
      "classic",
    ],
  ] as const;
  for (const [name, files, layout] of cases) {
    test(name, () => {
      const workspace = opened(tree(files));
      assert.equal(workspace.layout, layout);
      const found = workspace.probes.filter((probe) => probe.found && probe.layout === layout);
      assert.ok(found.length > 0);
    });
  }

  test("neither: names the features it looked for", () => {
    const { kind, message } = refused(tree({ ...both, Makefile: "", configure: "" }));
    assert.equal(kind, "no-workspace");
    assert.match(message, /nothing that tells its layout.*configure\.\* fragments.*build defaults/);
  });
});

describe("finding", () => {
  test("upward, nearest first, by the real path", () => {
    const outer = tree(classic);
    const inner = tree(modern, join(outer, "demo/inner"));
    mkdirSync(join(inner, "projects/local/x"), { recursive: true });
    assert.equal(opened(join(inner, "projects/local/x")).root, inner);
    assert.equal(opened(join(outer, "demo")).root, outer);
    symlinkSync(outer, join(scratch, "link"));
    assert.equal(opened(join(scratch, "link/overlay")).root, outer);
    assert.equal(opened(outer, "demo/inner").root, inner);
  });

  test("from inside projects/illumos where that is a symbolic link to another place", () => {
    const root = tree(classic);
    const elsewhere = mkdtempSync(join(scratch, "illumos-"));
    mkdirSync(join(elsewhere, "usr/src"), { recursive: true });
    symlinkSync(elsewhere, join(root, "projects/illumos"));
    assert.equal(opened(join(root, "projects/illumos/usr/src")).root, root);
  });

  test("--root is taken exactly", () => {
    const root = tree(classic);
    assert.equal(opened("/", root).root, root);
    const { kind, message } = refused("/", join(root, "overlay"));
    assert.equal(kind, "no-workspace");
    assert.equal(
      message,
      `No smartos-live tree in ${root}/overlay: looked for Makefile, configure and tools/build_live in each.`,
    );
    assert.match(refused("/", join(root, "nowhere")).message, /There is no folder .*nowhere/);
  });

  test("none: names what was looked for, in which folders, what came near, and what to do", () => {
    const near = tree({ Makefile: "", "tools/build_live": "", "src/x": "" });
    const { kind, message, advice } = refused(join(near, "src"));
    assert.equal(kind, "no-workspace");
    assert.ok(message.includes(`in ${near}/src or any folder above it (${near}, `), message);
    assert.ok(message.includes(`${near} comes near, but has no configure.`), message);
    assert.match(advice ?? "", /--root DIR.*smartbuild demo/);
  });
});

describe("paths that make cannot live with", () => {
  test("are refused with the reason", () => {
    for (const [name, reason] of [
      ["a b", /has a blank: make splits names at blanks/],
      ["a\tb", /has a tab/],
      ["a:b", /has a colon/],
      ["a\nb", /has a newline/],
      ["a$b", /has the character \$/],
      ["a#b", /has the character #/],
      ["a%b", /pattern/],
      ["a\\b", /has the character \\/],
      ['a"b', /quote/],
      ["a'b", /quote/],
    ] as const) {
      const { kind, message, advice } = refused(tree(classic, join(scratch, "odd", name)));
      assert.equal(kind, "bad-input", name);
      assert.match(message, reason);
      assert.match(advice ?? "", /Move or rename/);
    }
  });

  test("are refused behind a symbolic link, too", () => {
    const root = tree(classic, join(scratch, "odd", "with blank"));
    symlinkSync(root, join(scratch, "plain"));
    assert.equal(refused(join(scratch, "plain")).kind, "bad-input");
  });

  test("bytes that are not UTF-8 are refused", () => {
    const folder = Buffer.concat([Buffer.from(`${scratch}/latin-`), Buffer.from([0xe9])]);
    mkdirSync(folder);
    symlinkSync(folder, join(scratch, "to-latin"));
    tree(classic, join(scratch, "to-latin"));
    assert.match(refused(join(scratch, "to-latin")).message, /not text/);
  });

  test("whatever passes, make and the shell build in", () => {
    const make = makeProgram();
    assert.ok(make !== undefined);
    const makefile = [
      "ROOT = $(PWD)",
      "PROTO = $(ROOT)/proto",
      "world: stamp",
      "$(PROTO)/bin/tool: $(ROOT)/Makefile",
      "\tmkdir -p $(PROTO)/bin && cd $(ROOT) && printf 'exit 0\\n' >$(PROTO)/bin/tool && chmod +x $(PROTO)/bin/tool",
      "stamp: $(PROTO)/bin/tool",
      "\t[[ -f $(PROTO)/bin/tool ]] && PATH=$(PROTO)/bin:$$PATH && tool",
      "\ttouch $@",
      "",
    ].join("\n");
    const passed: string[] = [];
    for (const character of Array.from("!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~ é日")) {
      const root = join(scratch, "chars", `a${character}b`);
      if (unbuildablePath(root) !== undefined) continue;
      passed.push(character);
      tree({ Makefile: makefile }, root);
      // A neighbour that a pattern would match instead.
      mkdirSync(join(scratch, "chars", "axb"), { recursive: true });
      const run = (...args: string[]): ReturnType<typeof spawnSync> =>
        spawnSync(make, ["SHELL=/bin/bash", ...args], {
          cwd: root,
          env: { ...process.env, PWD: root },
          stdio: ["ignore", "pipe", "pipe"],
        });
      assert.equal(run("world").status, 0, `${character}: ${String(run("world").stderr)}`);
      assert.equal(run("-q", "world").status, 0, character);
    }
    assert.equal(passed.join(""), "!+,-.=@]^_}~é日");
  });
});

describe("overlays", () => {
  test("in the order of OVERLAYS, missing ones too", () => {
    const root = tree({
      ...classic,
      "configure.local": 'OVERLAYS="smartos generic"\n',
      "overlay/order": "/x/other ",
    });
    assert.deepEqual(opened(root).overlays, [
      { name: "smartos", path: join(root, "overlay/smartos"), exists: false },
      { name: "generic", path: join(root, "overlay/generic"), exists: true },
    ]);
  });

  test("as configure wrote them where only running the fragment tells", () => {
    const root = tree({
      ...classic,
      "configure.local": "OVERLAYS=$(ls overlay)\n",
      "overlay/order": "/old/place/overlay/generic /old/place/overlay/mine ",
    });
    assert.deepEqual(
      opened(root).overlays.map(({ name, exists }) => [name, exists]),
      [
        ["generic", true],
        ["mine", false],
      ],
    );
  });

  test("none in a tree that reads none", () => {
    assert.deepEqual(opened(tree({ ...modern, "configure-build": "OVERLAYS=x\n" })).overlays, []);
  });
});

/** A recipe as illumos-extra's, which tells that it ran. */
const classicExtra = `
BASE = $(PWD)
DESTDIR = $(BASE)/proto
# bash is first
SUBDIRS = \\
	bash \\
	curl \\
	gzip   # last of the first
SUBDIRS += node.js \\
	libz openssl
STRAP_SUBDIRS = libz \\
	openssl
BRANCH = $(shell echo SUBDIRS)
ifeq ($(TIMESTAMP),)
  TIMESTAMP = now
endif
all: $(SUBDIRS)
curl: libz openssl
gzip: libz
$(DESTDIR)/usr/bin/gcc: FRC
	@(cd gcc4 && \\
	    $(MAKE) -s DESTDIR=$(DESTDIR) install)
$(SUBDIRS): $(DESTDIR)/usr/bin/gcc
	@(cd $@ && \\
	    $(MAKE) -s DESTDIR=$(DESTDIR) install)
install: $(SUBDIRS) gcc4
install_strap: $(STRAP_SUBDIRS) gcc4
clean:
	-for dir in $(SUBDIRS) gcc4; do (cd $$dir; $(MAKE) clean); done
FRC:
.PHONY: gcc4
`;
const modernExtra = `
include $(CURDIR)/../../build.env
ifeq ($(STRAP),strap)
COMMA=,
EXTRA_COMPILERS = $(subst $(COMMA), ,$(SHADOW_COMPILERS))
SUBDIRS = libz openssl $(EXTRA_COMPILERS)
STRAPFIX_SUBDIRS = $(PRIMARY_COMPILER:%=%.strapfix)
else
SUBDIRS = bash curl libz openssl
endif
curl: libz openssl
binutils: FRC
	@(cd binutils && $(MAKE) -s install)
ifeq ($(STRAP),strap)
$(DESTDIR)/usr/gcc/bin/gcc: binutils
	@(cd $(PRIMARY_COMPILER) && $(MAKE) -s install)
$(SUBDIRS): $(DESTDIR)/usr/gcc/bin/gcc
	@(cd $@ && $(MAKE) -s install)
install_strap: $(SUBDIRS)
else
$(PRIMARY_COMPILER):
	@(cd $(PRIMARY_COMPILER) && $(MAKE) -s install)
$(SUBDIRS): $(PRIMARY_COMPILER)
	@(cd $@ && $(MAKE) -s install)
install: $(PRIMARY_COMPILER) $(SUBDIRS)
endif
FRC:
.PHONY: $(SUBDIRS) $(PRIMARY_COMPILER)
`;

describe("illumos-extra", () => {
  const folders = [
    "bash",
    "binutils",
    "curl",
    "gcc4",
    "gcc7",
    "gcc10",
    "gzip",
    "libz",
    "node.js",
    "openssl",
  ];
  const extra = (files: Readonly<Record<string, string>>, makefile: string): string => {
    const components = folders.map(
      (name) => [`projects/illumos-extra/${name}/Makefile`, `install:\n\t@echo ${name}\n`] as const,
    );
    return tree({
      ...files,
      ...Object.fromEntries(components),
      "projects/illumos-extra/Makefile": makefile,
    });
  };
  /** What make really builds, in its order. */
  const built = (root: string, ...args: string[]): string[] =>
    execFileSync(makeProgram() ?? "make", ["-s", "--no-print-directory", "MAKEFLAGS=", ...args], {
      cwd: join(root, "projects/illumos-extra"),
      env: { PATH: process.env["PATH"], PWD: join(root, "projects/illumos-extra") },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    })
      .split("\n")
      .filter((line) => folders.includes(line));

  test("classic: the order in which make builds them, compiler first", () => {
    const root = extra(classic, classicExtra);
    const workspace = opened(root);
    assert.deepEqual(extraComponents(workspace), built(root, "install"));
    assert.deepEqual(
      extraComponents(workspace),
      "gcc4 bash libz openssl curl gzip node.js".split(" "),
    );
    assert.deepEqual(extraComponents(workspace, "strap"), built(root, "install_strap"));
  });

  test("modern: conditionals and the compilers of build.env", () => {
    const root = extra(
      { ...modern, "build.env": "PRIMARY_COMPILER=gcc10\nSHADOW_COMPILERS=gcc7\n" },
      modernExtra,
    );
    const workspace = opened(root);
    assert.deepEqual(extraComponents(workspace), built(root, "install"));
    assert.deepEqual(extraComponents(workspace), "gcc10 bash libz openssl curl".split(" "));
    assert.deepEqual(
      extraComponents(workspace, "strap"),
      built(root, "STRAP=strap", "install_strap"),
    );
    assert.deepEqual(
      extraComponents(workspace, "strap"),
      "binutils gcc10 libz openssl gcc7".split(" "),
    );
  });

  test("components behind other targets: stems, substitutions, -C", () => {
    const root = extra(
      classic,
      [
        "STRAP = bash libz",
        "install: curl.done $(STRAP:%=%.up)",
        "%.never: ; @cd gzip",
        "curl.done: openssl.sub ; @$(MAKE) -C curl install",
        "$(STRAP:%=%.up): %.up: %.pre FRC",
        "\t@cd $* && $(MAKE) install",
        "openssl.sub: FRC",
        '\t@cd "$(@:%.sub=%)"; $(MAKE) install',
        "%.pre: ; @:",
        "FRC:",
        "",
      ].join("\n"),
    );
    assert.deepEqual(extraComponents(opened(root)), built(root, "install"));
    assert.deepEqual(extraComponents(opened(root)), "openssl curl bash libz".split(" "));
  });

  test("without rules that tell: the variables, without those the folders", () => {
    const listed = opened(extra(classic, "SUBDIRS := b \\\n  a # c\nSTRAP_SUBDIRS = a\n"));
    assert.deepEqual(extraComponents(listed), ["b", "a"]);
    assert.deepEqual(extraComponents(listed, "strap"), ["a"]);
    assert.deepEqual(extraComponents(opened(extra(classic, "all:\n"))), inLsOrder(folders));
    assert.deepEqual(extraComponents(opened(tree(classic))), []);
  });
});

describe("local projects and ls", () => {
  const names = ["kvm", "Zebra", "a-b", "ab", "a_c", "mdata-client", "é", "10", "9"];

  test("what ls gives, less hidden names", () => {
    const files = Object.fromEntries(
      [...names, ".git"].map((name) => [`projects/local/${name}/Makefile`, ""]),
    );
    const root = tree({ ...classic, ...files });
    const listed = execFileSync("ls", { cwd: join(root, "projects/local"), encoding: "utf8" });
    assert.deepEqual(localProjects(opened(root)), listed.trim().split("\n"));
    assert.deepEqual(localProjects(opened(tree(classic))), []);
  });

  const locales = spawnSync("locale", ["-a"], { encoding: "utf8" }).stdout.split("\n");
  for (const locale of [
    "C",
    "C.UTF-8",
    "POSIX",
    ...locales.filter((name) => /^(en|de)_.*utf-?8$/i.test(name)),
    "xx_XX.UTF-8",
  ]) {
    test(`in the locale ${locale}`, () => {
      const env = { PATH: process.env["PATH"], LC_ALL: locale };
      const folder = mkdtempSync(join(scratch, "ls-"));
      for (const name of names) writeFileSync(join(folder, name), "");
      const listed = execFileSync("ls", ["-1", "-N"], { cwd: folder, env, encoding: "utf8" });
      assert.deepEqual(inLsOrder(names, env), listed.trim().split("\n"));
    });
  }
});

describe("host", () => {
  test("finds programs on PATH only, executable, never in the current folder", () => {
    const folder = mkdtempSync(join(scratch, "bin-"));
    writeFileSync(join(folder, "gmake"), "#!/bin/sh\n");
    assert.equal(findProgram("gmake", folder), undefined, "not executable");
    chmodSync(join(folder, "gmake"), 0o755);
    assert.equal(findProgram("gmake", `relative::/nonexistent:${folder}`), join(folder, "gmake"));
    mkdirSync(join(folder, "gcc"));
    assert.equal(findProgram("gcc", folder), undefined, "a folder");
    assert.equal(makeProgram(folder), join(folder, "gmake"));
    assert.equal(makeProgram("/nonexistent"), undefined);
  });

  test("tells the system, its size and the tools", () => {
    const probe = probeHost();
    const uname = execFileSync("uname", ["-sr"], { encoding: "utf8" }).trim().split(" ");
    assert.equal(probe.isSunOS, uname[0] === "SunOS");
    assert.equal(probe.release, uname[1]);
    assert.equal(probe.isRoot, execFileSync("id", ["-u"], { encoding: "utf8" }).trim() === "0");
    assert.ok(probe.cpus >= 1 && probe.memory > 2 ** 26);
    assert.equal(probe.tools.bash, findProgram("bash"));
    assert.deepEqual(probeHost("/nonexistent").tools, {});
    assert.equal(probeHost("/nonexistent").make, undefined);
  });
});
