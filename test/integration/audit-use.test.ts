// Invariant: what is said of the strap area is compared with what a real build did with each file.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { JudgedFile, StrapUse } from "../../src/engine/audit/use/strap-use.ts";
import { tarballMembers } from "../../src/engine/audit/use/tarball-members.ts";
import { run } from "../support/smartbuild.ts";
import { tinyElf } from "../support/tiny-elf.ts";
import { tinyTree, type TinyTree } from "../support/tiny-tree.ts";

async function use(root: string, ...words: readonly string[]): Promise<StrapUse> {
  const { code, stdout, stderr } = await run(["audit", "use", "--json", ...words], { cwd: root });
  assert.equal(stderr, "");
  assert.equal(code, 0);
  return JSON.parse(stdout) as StrapUse;
}

/** `PATH EVIDENCE BY` of each file, `PATH -` of those that nothing reads. */
function told(files: readonly JudgedFile[]): string[] {
  return files
    .map(({ path, use: its }) =>
      its === undefined ? `${path} -` : `${path} ${its.evidence} ${its.by}`.trimEnd(),
    )
    .sort();
}

describe("audit use, on a tree of today's layout", () => {
  let root = "";

  before(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "audit-use-")));
    const made = await run(["demo", "--layout", "modern", "--no-run", "tree"], { cwd: root });
    assert.equal(made.code, 0, made.stderr);
    root = join(root, "tree");
    // No more of illumos than libc and the data that are made of the strap area.
    change("projects/illumos/usr/src/Makefile", (text) =>
      text
        .replace(/^SUBDIRS = .*$/m, "SUBDIRS = lib data")
        .replace(/^cmd: lib$[^]*?^data: uts$/m, ""),
    );
    change("projects/illumos/usr/src/lib/Makefile", (text) =>
      text.replace(/^SUBDIRS := .*$/m, "SUBDIRS := libc"),
    );
    change("projects/illumos/manifest", () => "");
    const built = await run(["run", "--plain", "illumos"], { cwd: root, env: { SHADOWS: "" } });
    assert.equal(built.code, 0, built.stdout + built.stderr);
  });
  after(() => {
    rmSync(join(root, ".."), { recursive: true, force: true });
  });

  function change(path: string, edit: (text: string) => string): void {
    const file = join(root, path);
    writeFileSync(file, edit(readFileSync(file, "utf8")));
  }

  it("groups by component what nothing reads, and knows the adjunct's files", async () => {
    const { groups, sources } = await use(root);
    assert.deepEqual(
      groups.map(({ name, files }) => [
        name,
        files.filter((file) => file.use === undefined).length,
      ]),
      [
        ["libz", 3],
        ["libidn", 3],
        ["bzip2", 2],
        ["adjunct", 0],
      ],
    );
    const bzip2 = groups.find(({ name }) => name === "bzip2");
    assert.deepEqual(told(bzip2?.files ?? []), [
      "usr/bin/bzip2 command line illumos",
      "usr/include/bzmini.h -",
      "usr/lib/libbz2.so.1 -",
    ]);
    const adjunct = groups.find(({ name }) => name === "adjunct")?.files ?? [];
    assert.equal(adjunct.length, 17);
    assert.ok(sources.dependencyFiles > 20, String(sources.dependencyFiles));
    const { stdout } = await run(["audit", "use"], { cwd: root });
    assert.match(stdout, /^ {2}libz: 3 of 3 files, \S+ kB, all of it$/m);
    assert.match(stdout, /^use: 18 files are read, 8 are not \(\S+ kB of \S+ kB\)$/m);
    const all = await run(["audit", "use", "--all"], { cwd: root });
    assert.match(
      all.stdout,
      /^ {4}usr\/share\/tzsrc\/UTC\.zone {2}97 B {2}illumos, command line$/m,
    );
  });
});

describe("audit use", () => {
  let tree: TinyTree;
  const installs = (...paths: readonly string[]): string[] =>
    paths.flatMap((path) => [
      `echo "install -m 0755 ${path.replace(/.*\//, "")} $PWD/proto.strap/${path}"`,
      `install -D planted/${path} proto.strap/${path}`,
    ]);

  before(async () => {
    tree = tinyTree({
      "0-extra-stamp": [
        "echo '========== strap building libz =========='",
        ...installs("usr/lib/libz.so.1", "usr/bin/zpipe", "usr/include/z.h", "usr/bin/zsh-like"),
        "ln -s zpipe proto.strap/usr/bin/zcat && ln -s zsh-like proto.strap/usr/bin/zlink",
        'echo "$PWD/proto.strap/usr/bin/self --help"',
        ...installs("usr/bin/self", "usr/lib/libl.a", "usr/share/silent", "usr/share/never"),
        "tar xzf illumos-adjunct.20260101.tgz -C proto.strap",
      ],
      "0-illumos-stamp": [
        "mkdir -p proto/usr/bin proto/etc projects/illumos/log",
        "date -u +%Y%m%dT%H%M%SZ > proto/buildstamp",
        'echo "$PWD/proto.strap/usr/bin/zcat < a > b" > projects/illumos/log/nightly.log',
        // Nobody prints this, as a program that reads its own data would not.
        "cat proto.strap/usr/share/silent > /dev/null",
        'echo "ld -o x -L$PWD/proto.strap/usr/lib -ll"',
      ],
    });
    const elf = (about: Parameters<typeof tinyElf>[0]): string => tinyElf(about).toString("latin1");
    const plant = (path: string, text: string): void => {
      tree.write(`planted/${path}`, "");
      writeFileSync(join(tree.root, "planted", path), text, "latin1");
    };
    plant("usr/bin/zpipe", elf({ class: 64, needed: ["libz.so.1"] }));
    plant("usr/lib/libz.so.1", elf({ class: 64 }));
    for (const path of ["usr/bin/zsh-like", "usr/bin/self", "usr/lib/libl.a", "usr/include/z.h"])
      plant(path, path);
    plant("usr/share/silent", "data\n");
    plant("usr/share/never", "data\n");
    tree.write("adjunct/lib/used.h", "");
    tree.write("adjunct/lib/unused.h", "");
    const packed = spawnSync("tar", ["czf", "../illumos-adjunct.20260101.tgz", "."], {
      cwd: join(tree.root, "adjunct"),
    });
    assert.equal(packed.status, 0);
    tree.write("projects/illumos-extra/Makefile", "SUBDIRS = libz\nSTRAP_SUBDIRS = libz\n");
    tree.write("src/a.d", `a.o: a.c ${tree.root}/proto.strap/lib/used.h\n`);
    const built = await run(["run", "--plain", "world"], { cwd: tree.root });
    assert.equal(built.code, 0, built.stdout + built.stderr);
  });
  after(() => {
    tree.remove();
  });

  it("asks for a build first", async () => {
    const other = tinyTree();
    try {
      const { code, stderr } = await run(["audit", "use"], { cwd: other.root });
      assert.equal(code, 65);
      assert.match(stderr, /No build has a log yet\.[^]*smartbuild run world/);
    } finally {
      other.remove();
    }
  });

  it("says of each file what shows that it is read", async (t) => {
    const { groups, sources } = await use(tree.root);
    const { areKept, why } = sources.accessTimes;
    if (!areKept) t.diagnostic(`access times are not kept here: ${why}`);
    const libz = groups.find(({ name }) => name === "libz")?.files ?? [];
    assert.deepEqual(told(libz), [
      "usr/bin/self command line libz",
      "usr/bin/zpipe command line illumos",
      "usr/bin/zsh-like -",
      "usr/include/z.h -",
      "usr/lib/libl.a command line illumos",
      "usr/lib/libz.so.1 needed by usr/bin/zpipe",
      "usr/share/never -",
      areKept ? "usr/share/silent access time illumos" : "usr/share/silent -",
    ]);
    const links = groups.find(({ origin }) => origin === "unknown")?.files ?? [];
    assert.deepEqual(told(links), ["usr/bin/zcat command line illumos", "usr/bin/zlink -"]);
    const adjunct = groups.find(({ name }) => name === "adjunct")?.files ?? [];
    assert.deepEqual(told(adjunct), ["lib/unused.h -", "lib/used.h dependency file src"]);
  });

  it("tells files apart that were read while no stage ran", async (t) => {
    const { sources } = await use(tree.root);
    if (!sources.accessTimes.areKept) {
      t.skip(sources.accessTimes.why);
      return;
    }
    const later = Date.now() / 1000 + 3600;
    utimesSync(join(tree.root, "proto.strap/usr/share/never"), later, 0);
    const { groups, readOutside } = await use(tree.root);
    assert.equal(readOutside, 1);
    const libz = groups.find(({ name }) => name === "libz")?.files ?? [];
    assert.ok(told(libz).includes("usr/share/never access time"));
    const { stdout } = await run(["audit", "use"], { cwd: tree.root });
    assert.match(stdout, /^ {2}1 files were read while no stage ran, and count as read$/m);
  });

  it("takes what a trace of a build shows", async () => {
    const at = `${tree.root}/proto.strap`;
    tree.write(
      "trace",
      [
        `12 openat(AT_FDCWD, "${at}/usr/include/z.h", O_RDONLY|O_CLOEXEC) = 3`,
        `openat(AT_FDCWD, "${at}/lib/unused.h", O_RDONLY) = -1 ENOENT (No such file or directory)`,
        `1234: open("${at}/lib/unused.h", O_RDONLY)  Err#2 ENOENT`,
        `access("${at}/lib/unused.h", R_OK) = 0`,
        `openat(AT_FDCWD, "${at}/lib/unused.h", O_WRONLY|O_CREAT|O_TRUNC, 0644) = 3`,
        `install(77): CW  ${at}/lib/unused.h`,
        `sh(78): RO  ${at}/usr/bin/zsh-like`,
        "",
      ].join("\n"),
    );
    const { groups, sources } = await use(tree.root, "--trace", "trace");
    assert.equal(sources.trace, join(tree.root, "trace"));
    const files = told(groups.flatMap((group) => group.files));
    assert.ok(files.includes("usr/include/z.h trace"), files.join("\n"));
    assert.ok(files.includes("usr/bin/zsh-like trace"));
    assert.ok(files.includes("lib/unused.h -"));
    const none = await run(["audit", "use", "--trace", "nosuch"], { cwd: tree.root });
    assert.equal(none.code, 65);
    assert.match(none.stderr, /There is no file \S+\/nosuch\./);
  });
});

describe("the members of a tarball", () => {
  it("are those that tar lists, long names and all formats included", async () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-members-"));
    try {
      const deep = `${"d".repeat(60)}/${"e".repeat(90)}/${"f".repeat(120)}`;
      const script = `mkdir -p in/$(dirname ${deep}) in/empty && echo 1 > in/${deep} && echo ü > in/ü &&
        head -c 70000 /dev/zero > in/large && ln -s large in/link && ln in/large in/hard`;
      const made = spawnSync("/bin/sh", ["-c", script], { cwd: folder, encoding: "utf8" });
      assert.equal(made.status, 0, made.stderr);
      for (const format of ["gnu", "posix", "ustar"]) {
        const file = join(folder, `${format}.tgz`);
        const what = format === "ustar" ? ["large", "link", "hard"] : ["."];
        const packed = spawnSync("tar", [`--format=${format}`, "-czf", file, ...what], {
          cwd: join(folder, "in"),
        });
        assert.equal(packed.status, 0, format);
        const listed = spawnSync("tar", ["--quoting-style=literal", "-tzf", file], {
          encoding: "utf8",
        });
        const expected = listed.stdout
          .split("\n")
          .filter((name) => name !== "" && !name.endsWith("/"))
          .map((name) => name.replace(/^\.\//, ""));
        assert.deepEqual(await tarballMembers(file), expected, format);
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.subarray(0, bytes.length / 2));
        await tarballMembers(file);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
