// Invariant: needs are told from what a real build logged, installed and left in its folders.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
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
      ...builds("liba", "usr/lib/liba.so.1"),
      ...builds("libb", "usr/lib/libb.so.1", "usr/include/b.h"),
      ...builds("app", "usr/bin/app"),
      ...builds("tool", "usr/bin/tool"),
      "echo 'gcc -I. -I/opt/local/include -c tool.c'; echo 'gcc -L/opt/local/lib -I/opt/local/include'",
      `echo "gcc -isystem $PWD/proto/usr/include -L$PWD/proto/usr/lib -isystem /usr/include -c a.c"`,
      "touch proto/usr/bin/curl",
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
  for (const component of ["liba", "libb", "app", "tool"])
    tree.write(`projects/illumos-extra/${component}/Makefile`, "install:\n");
  tree.write(
    "projects/illumos-extra/tool/obj/main.d",
    `main.o: main.c \\\n ${tree.root}/proto/usr/include/b.h\n`,
  );
  tree.write(
    "projects/illumos-extra/Makefile",
    [
      "SUBDIRS = liba libb app tool",
      "all install: $(SUBDIRS)",
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
    const built = await run(["run", "--plain", "extra"], { cwd: tree.root });
    assert.equal(built.code, 0, built.stdout + built.stderr);
    const { code, stdout } = await run(["audit", "order", "--json"], { cwd: tree.root });
    const found = JSON.parse(stdout) as OrderAudit;
    assert.equal(code, 1);
    assert.deepEqual(found.missing, [
      { component: "app", needs: "libb", because: "usr/bin/app needs libb.so.1" },
    ]);
    assert.deepEqual(found.needless, [{ component: "libb", needs: "liba" }]);
    assert.deepEqual([found.cycles, found.unseen], [[], []]);
    assert.deepEqual(found.makefile, ["app: liba libb"]);
    const text = await run(["audit", "order"], { cwd: tree.root });
    assert.match(text.stdout, /^ {2}app needs libb: usr\/bin\/app needs libb\.so\.1$/m);
    assert.match(text.stdout, /^app: liba libb$/m);
    assert.match(text.stdout, /^order: 4 components, 1 missing, 1 needless, 0 in a circle$/m);
  });

  it("lets the audit tell which component was compiled with what of the host", async () => {
    const { stdout } = await run(["audit", "--json", "--rule", "host-leaks"], { cwd: tree.root });
    const { fresh } = JSON.parse(stdout) as { readonly fresh: readonly AuditFinding[] };
    const leaks = fresh.filter(({ kind }) => kind === "compiled-with-host");
    assert.deepEqual(
      leaks.map(({ component, detail }) => [component, detail]),
      [
        ["tool", "/opt/local/include"],
        ["tool", "/opt/local/lib"],
        ["tool", "/usr/include"],
      ],
    );
    assert.match(leaks[0]?.message ?? "", /has 2 lines/);
  });
});
