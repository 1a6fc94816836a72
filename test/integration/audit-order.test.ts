// Invariant: needs are told from what a real build logged, installed and left in its folders.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { AuditFinding } from "../../src/engine/audit/finding.ts";
import type { OrderAudit } from "../../src/engine/audit/order/audit-order.ts";
import { run } from "../support/smartbuild.ts";
import { tinyElf, type TinyElf } from "../support/tiny-elf.ts";
import { tinyTree, type TinyTree } from "../support/tiny-tree.ts";

/** A component as its log shows it: a banner, then an install line for each file. */
function builds(component: string, ...files: readonly string[]): readonly string[] {
  return [
    `echo '========== building ${component} =========='`,
    ...files.flatMap((file) => [
      `echo "/usr/bin/install -m 0755 made/${file.replace(/.*\//, "")} $PWD/proto/${dirname(file)}/"`,
      `mkdir -p proto/${dirname(file)} && cp planted/${file} proto/${file}`,
    ]),
  ];
}

let tree: TinyTree;

before(() => {
  tree = tinyTree({
    "1-extra-stamp": [
      ...builds("liba", "usr/lib/liba.so.1", "usr/include/liba/a.h"),
      ...builds("libb", "usr/lib/libb.so.1", "usr/include/b.h"),
      ...builds("app", "usr/bin/app", "usr/share/app/app.tab"),
      ...builds("tool", "usr/bin/tool"),
      "echo 'gcc -I. -I/opt/local/include -c tool.c'; echo 'gcc -L/opt/local/lib -I/opt/local/include'",
      `echo "gcc -isystem $PWD/proto/usr/include -L$PWD/proto/usr/lib -isystem /usr/include -c a.c"`,
      "touch proto/usr/bin/curl",
      ...builds("script", "usr/bin/script"),
      ...builds("reader"),
      'echo "awk -f gen.awk $PWD/proto/usr/share/app/app.tab > x.c"',
      'echo "(cd obj && gcc -I$PWD/proto/usr/include/liba -c x.c)"',
      'echo "for f in x; do rm -f $PWD/proto/usr/bin/script; done && mkdir -p $PWD/proto/usr/bin"',
    ],
    "0-extra-stamp": [
      "mkdir -p proto.strap",
      "echo '========== strap building liba =========='",
      "echo 'gcc -I/opt/local/include -c liba.c'",
    ],
    "0-illumos-stamp": [
      "mkdir -p proto/usr/bin proto/etc projects/illumos/log",
      "date -u +%Y%m%dT%H%M%SZ > proto/buildstamp",
      "echo 'cw -_gcc -L/opt/local/lib -o x' > projects/illumos/log/nightly.log",
    ],
    "0-subdir-kvm-stamp": [
      "echo 'gcc -o qemu qemu.o \\\\'; echo '  -L/usr/local/lib -lb'",
      "mkdir -p proto/usr/bin && touch proto/usr/bin/kvm",
    ],
  });
  const plant = (path: string, about: Omit<TinyElf, "class">): void => {
    mkdirSync(dirname(join(tree.root, "planted", path)), { recursive: true });
    writeFileSync(join(tree.root, "planted", path), tinyElf({ class: 64, ...about }));
  };
  plant("usr/lib/liba.so.1", { soname: "liba.so.1" });
  plant("usr/lib/libb.so.1", { soname: "libb.so.1" });
  plant("usr/bin/app", { needed: ["liba.so.1", "libb.so.1", "libc.so.1"] });
  plant("usr/bin/tool", { needed: ["liba.so.1"] });
  tree.write("planted/usr/include/b.h", "int b(void);\n");
  tree.write("planted/usr/include/liba/a.h", "int a(void);\n");
  tree.write("planted/usr/share/app/app.tab", "a b\n");
  tree.write("planted/usr/bin/script", "#!/usr/bin/env app\n");
  for (const component of ["liba", "libb", "app", "tool", "script", "reader"])
    tree.write(`projects/illumos-extra/${component}/Makefile`, "install:\n");
  tree.write(
    "projects/illumos-extra/tool/obj/main.d",
    `main.o: main.c \\\n ${tree.root}/proto/usr/include/b.h\n`,
  );
  // The compiler ran in the project's folder, not in the one of its objects.
  tree.write("projects/local/kvm/obj/q.d", "q.o: q.c ../../illumos-extra/tool/obj/main.d\n");
  tree.write(
    "projects/illumos-extra/Makefile",
    [
      "SUBDIRS = liba libb app tool script reader",
      "all install: $(SUBDIRS)",
      "install_strap: liba",
      "app: liba",
      "libb: liba",
      "tool: libb",
      "$(SUBDIRS): FRC",
      "\t(cd $@ && $(MAKE) install)",
      "FRC:",
      "",
    ].join("\n"),
  );
});
after(() => {
  tree.remove();
});

describe("audit order", () => {
  it("asks for a build first", async () => {
    const { code, stderr } = await run(["audit", "order"], { cwd: tree.root });
    assert.equal(code, 65);
    assert.match(stderr, /No build has a log[^]*smartbuild run extra/);
  });

  it("finds the need that is not declared and the one that nothing shows", async () => {
    const built = await run(["run", "--plain", "world"], { cwd: tree.root });
    assert.equal(built.code, 0, built.stdout + built.stderr);
    const { code, stdout } = await run(["audit", "order", "--json"], { cwd: tree.root });
    const found = JSON.parse(stdout) as OrderAudit;
    assert.equal(code, 1);
    assert.deepEqual(
      found.missing.map(({ component, needs, because }) => `${component} ${needs}: ${because}`),
      [
        "app libb: usr/bin/app needs libb.so.1",
        "script app: usr/bin/script is run by app",
        "local/kvm tool: q.d names projects/illumos-extra/tool/obj/main.d",
        "reader app: a command line names proto/usr/share/app/app.tab",
        "reader liba: a command line names proto/usr/include/liba",
        "local/kvm libb: a link line has -lb",
      ],
    );
    assert.deepEqual(found.needless, [{ component: "libb", needs: "liba" }]);
    assert.deepEqual([found.cycles, found.unseen], [[], []]);
    assert.deepEqual(found.makefile, ["app: liba libb", "script: app", "reader: app liba"]);
    assert.deepEqual(found.topMakefile, ["0-subdir-kvm-stamp: 1-extra-stamp"]);
    const text = await run(["audit", "order"], { cwd: tree.root });
    assert.match(text.stdout, /^ {2}app needs libb: usr\/bin\/app needs libb\.so\.1$/m);
    assert.match(text.stdout, /^app: liba libb$/m);
    assert.match(text.stdout, /^for Makefile:\n0-subdir-kvm-stamp: 1-extra-stamp$/m);
    assert.match(text.stdout, /^order: 7 components, 6 missing, 1 needless, 0 in a circle$/m);
  });

  it("lets the audit tell which component was compiled with what of the host", async () => {
    const { stdout } = await run(["audit", "--json", "--rule", "host-leaks"], { cwd: tree.root });
    const { fresh } = JSON.parse(stdout) as { readonly fresh: readonly AuditFinding[] };
    const leaks = fresh.filter(({ kind }) => kind === "compiled-with-host");
    assert.deepEqual(
      leaks.map(({ path, detail }) => [path, detail]),
      [
        ["projects/illumos", "/opt/local/lib"],
        ["projects/illumos-extra/tool", "/opt/local/include"],
        ["projects/illumos-extra/tool", "/opt/local/lib"],
        ["projects/illumos-extra/tool", "/usr/include"],
        ["projects/local/kvm", "/usr/local/lib"],
      ],
    );
    assert.match(leaks[1]?.message ?? "", /stage extra, build 0001-\S+\) has 2 lines/);
    const strap = fresh.filter(({ kind }) => kind === "strap-compiled-with-host");
    assert.deepEqual(
      strap.map(({ component, detail }) => [component, detail]),
      [["liba", "/opt/local/include"]],
    );
  });

  it("is content once what it said to paste stands in the Makefiles", async () => {
    const { stdout } = await run(["audit", "order", "--json"], { cwd: tree.root });
    const { makefile, topMakefile } = JSON.parse(stdout) as OrderAudit;
    appendFileSync(
      join(tree.root, "projects/illumos-extra/Makefile"),
      makefile.map((line) => `${line}\n`).join(""),
    );
    appendFileSync(join(tree.root, "Makefile"), topMakefile.map((line) => `${line}\n`).join(""));
    const after = await run(["audit", "order", "--json"], { cwd: tree.root });
    assert.equal(after.code, 0, after.stdout);
    assert.deepEqual((JSON.parse(after.stdout) as OrderAudit).missing, []);
  });

  it("keeps to the log in which a component was compiled when an update compiled nothing", async () => {
    rmSync(join(tree.root, "0-subdir-kvm-stamp"));
    const makefile = join(tree.root, "Makefile");
    const text = readFileSync(makefile, "utf8");
    // The project is up to date: its recipe prints no command any more.
    writeFileSync(makefile, text.replace(/^\t@echo 'gcc -o qemu.*\n/m, ""));
    const again = await run(["run", "--plain", "local/kvm"], { cwd: tree.root });
    assert.equal(again.code, 0, again.stdout + again.stderr);
    const { stdout } = await run(["audit", "--json", "--rule", "host-leaks"], { cwd: tree.root });
    const { fresh } = JSON.parse(stdout) as { readonly fresh: readonly AuditFinding[] };
    const kvm = fresh.find(({ path }) => path === "projects/local/kvm");
    assert.match(kvm?.message ?? "", /stage local\/kvm, build 0001-/);
  });
});
