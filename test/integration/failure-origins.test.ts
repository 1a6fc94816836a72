// Invariant: what `problems` tells about the origin of a failure is true of a real tree: its
// repositories, manifests, overlays and earlier builds.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Problem, StageChanges } from "../../src/engine/journal/events.ts";
import { newestBuild, run, stateOf, treeFor } from "../support/smartbuild.ts";

function git(folder: string, ...argv: string[]): string {
  return execFileSync(
    "git",
    ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", ...argv],
    { cwd: folder, encoding: "utf8" },
  );
}

function commit(folder: string, subject: string): void {
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "-m", subject);
}

type Shown = Pick<
  Problem,
  "id" | "kind" | "stage" | "path" | "advice" | "lines" | "near" | "searched" | "installer"
> & {
  readonly changes?: StageChanges;
};

async function problems(root: string): Promise<readonly Shown[]> {
  const { code, stdout, stderr } = await run(["problems", "--json"], { cwd: root });
  assert.equal(code, 1, stderr);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Shown);
}

const breakable =
  "test -f projects/illumos-extra/broken || exit 0; " +
  "echo 'curl/frob.c:7:9: error: unknown type name frob_t'; exit 1";

describe("what changed since the last good build", () => {
  it("names the commits, those to the named file first, and what is not committed", async (t) => {
    const tree = treeFor(t, { "1-extra-stamp": [breakable, "echo curl > proto/usr/bin/curl"] });
    const extra = join(tree.root, "projects/illumos-extra");
    tree.write("projects/illumos-extra/curl/frob.c", "int frob;\n");
    git(extra, "init", "-q");
    commit(extra, "Begin");
    const good = await run(["run", "extra", "--plain"], { cwd: tree.root });
    assert.equal(good.code, 0, good.stdout + good.stderr);
    const goodBuild = stateOf(tree.root).build;

    tree.write("projects/illumos-extra/curl/frob.c", "frob_t frob;\n");
    commit(extra, `Frob anew \u001b[31m${"x".repeat(150)}`);
    tree.write("projects/illumos-extra/broken", "");
    commit(extra, "Break it");
    tree.write("projects/illumos-extra/curl/Makefile", "all install:\n\t@echo other\n");
    tree.write("configure.local", "OVERLAYS=generic\n# changed\n");
    const bad = await run(["run", "extra", "--plain"], { cwd: tree.root });
    assert.equal(bad.code, 2, bad.stdout + bad.stderr);

    const [first] = await problems(tree.root);
    const changes = first?.changes;
    assert.equal(changes?.build, goodBuild);
    const [touching, other, ...rest] = changes.commits;
    assert.deepEqual(rest, []);
    assert.equal(touching?.touches, true);
    assert.match(touching.subject, /^Frob anew /);
    assert.ok(touching.subject.length <= 100 && !touching.subject.includes("\u001b"));
    assert.deepEqual(
      { ...other, id: undefined },
      { repository: "projects/illumos-extra", subject: "Break it", id: undefined },
    );
    assert.deepEqual(changes.uncommitted, ["projects/illumos-extra/curl/Makefile"]);
    assert.deepEqual(changes.fragments, ["configure.local"]);
    const text = `Changed since the last good build of extra \\(${goodBuild}, `;
    assert.match(bad.stdout, new RegExp(text));
    assert.match((await run(["problems"], { cwd: tree.root })).stdout, new RegExp(text));

    // A retry is compared with the same good build.
    const retry = await run(["retry", "extra", "--plain"], { cwd: tree.root });
    assert.equal(retry.code, 2, retry.stdout);
    assert.equal((await problems(tree.root))[0]?.changes?.commits.length, 2);
  });

  it("says nothing where no build was ever good, or nothing differs", async (t) => {
    const tree = treeFor(t, { "0-tools-stamp": ["test ! -f broken"] });
    tree.write("broken", "");
    assert.equal((await run(["run", "tools", "--plain"], { cwd: tree.root })).code, 2);
    assert.equal((await problems(tree.root))[0]?.changes, undefined);
    rmSync(join(tree.root, "broken"));
    assert.equal((await run(["run", "tools", "--plain"], { cwd: tree.root })).code, 0);
    tree.write("broken", "");
    assert.equal((await run(["run", "tools", "--plain"], { cwd: tree.root })).code, 2);
    assert.equal((await problems(tree.root))[0]?.changes, undefined);
  });
});

describe("a manifest entry that nothing installed", () => {
  it("names where it was looked for, what is like it, and who should have installed it", async (t) => {
    const tree = treeFor(t, {
      "1-extra-stamp": [
        "mkdir -p proto/usr/sbin proto/usr/lib",
        "echo curl > proto/usr/sbin/curl",
        "echo z > proto/usr/lib/libz.so.1.2",
        "echo idn > proto/usr/bin/idn",
        "echo '========== building curl =========='",
        "echo 'ERROR: invalid manifest line: x usr/bin'",
      ],
    });
    tree.write(
      "projects/illumos-extra/manifest",
      ["usr/bin/curl", "usr/bin/idn", "usr/lib/libz.so.1", "usr/lib/nothing"]
        .map((path) => `f ${path} 0755 root bin\n`)
        .join(""),
    );
    tree.write("projects/illumos-extra/zlib/Makefile", "install:\n\tcp x usr/lib/libz.so.1\n");
    const built = await run(["run", "extra", "--plain"], { cwd: tree.root });
    assert.equal(built.code, 0, built.stdout + built.stderr);
    const found = await problems(tree.root);
    const of = (path: string): Shown | undefined => found.find((one) => one.path === path);
    assert.equal(of("usr/bin/idn"), undefined);

    const curl = of("usr/bin/curl");
    assert.deepEqual(curl?.searched, ["overlay/generic", "proto", "man/man"]);
    assert.deepEqual(curl.near, ["proto/usr/sbin/curl"]);
    assert.equal(curl.installer?.component, "extra/curl");
    assert.equal(curl.installer.certain, false);
    const own = found.find(({ kind }) => kind === "manifest-line-invalid");
    assert.deepEqual(own?.lines, [2, 2]);
    assert.deepEqual(curl.installer.problems, [own.id]);
    assert.match(
      curl.advice ?? "",
      /^extra\/curl was built but installed no usr\/bin\/curl: see projects\/illumos-extra\/curl\/Makefile /,
    );

    const libz = of("usr/lib/libz.so.1");
    assert.deepEqual(libz?.near, ["proto/usr/lib/libz.so.1.2"]);
    assert.equal(libz.installer?.component, "extra/zlib");
    assert.match(libz.installer.why, /^zlib\/Makefile names it$/);
    assert.equal(
      libz.advice,
      "extra/zlib was built but installed no usr/lib/libz.so.1: " +
        "see projects/illumos-extra/zlib/Makefile (a guess: zlib/Makefile names it).",
    );

    const nothing = of("usr/lib/nothing");
    assert.equal(nothing?.near, undefined);
    assert.deepEqual(nothing?.installer, {
      component: "extra",
      why: "projects/illumos-extra/manifest is its manifest",
      certain: true,
      problems: [own.id],
    });
    assert.equal(
      nothing.advice,
      "Let extra install it, or take the line out of projects/illumos-extra/manifest.",
    );
    const text = await run(["problems"], { cwd: tree.root });
    assert.match(text.stdout, /^ {2}there is proto\/usr\/sbin\/curl$/m);
    assert.match(text.stdout, /^ {2}probably extra\/curl should install it: /m);
  });
});

describe("smartbuild logs --problem", () => {
  it("prints the lines of one problem with three around them", async (t) => {
    const tree = treeFor(t, {
      "0-tools-stamp": [
        "for i in 1 2 3 4 5; do echo before $$i; done",
        "printf 'frob.c:7:9: error: unknown type name \\033]52;c;eA==\\007frob_t\\n'",
        "for i in 1 2 3 4 5; do echo after $$i; done; exit 1",
      ].map((line) => line.replaceAll("$$", "$")),
    });
    assert.equal((await run(["run", "tools", "--plain"], { cwd: tree.root })).code, 2);
    const { code, stdout } = await run(["logs", "tools", "--problem", "1"], { cwd: tree.root });
    assert.equal(code, 0);
    const [head, ...lines] = stdout.trimEnd().split("\n");
    assert.match(head ?? "", /^tools\.1\.log, problem 1 of 1: frob\.c line 7 does not compile/);
    assert.deepEqual(
      lines.map((line) => line.replace(/^(.) *\d+ {2}/, "$1")),
      [
        " before 3",
        " before 4",
        " before 5",
        ">frob.c:7:9: error: unknown type name \\x1b]52;c;eA==\\x07frob_t",
        " after 1",
        " after 2",
        " after 3",
      ],
    );
    for (const which of ["2", "0", "x"]) {
      const none = await run(["logs", "tools", "--problem", which], { cwd: tree.root });
      assert.equal(none.code, 65, none.stdout);
      assert.match(none.stderr, /tools has problems 1 to 1, not /);
    }
  });
});

describe("problems of several stages", () => {
  it("stand under the names of their stages, the cause first in each", async (t) => {
    const tree = treeFor(t, {
      "0-tools-stamp": ["echo 'a.c:1:1: error: first'; exit 1"],
      "0-livesrc-stamp": ["echo 'b.c:1:1: error: second'; exit 1"],
    });
    const built = await run(["run", "world", "--keep-going", "--plain"], { cwd: tree.root });
    assert.equal(built.code, 2, built.stdout);
    const order = stateOf(tree.root).stages.map(({ name }) => name);
    const shown = (await problems(tree.root)).map(({ stage }) => stage);
    assert.deepEqual(new Set(shown), new Set(["tools", "src"]));
    assert.deepEqual(
      shown,
      shown.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)),
    );
    const { stdout } = await run(["problems"], { cwd: tree.root });
    for (const name of ["tools", "src"]) assert.match(stdout, new RegExp(`^${name}:$`, "m"));
  });
});

describe("a journal of the first version", () => {
  it("has no sources and is read as before", async (t) => {
    const tree = treeFor(t, { "0-tools-stamp": ["test ! -f broken"] });
    assert.equal((await run(["run", "tools", "--plain"], { cwd: tree.root })).code, 0);
    const folder = newestBuild(tree.root) ?? "";
    const old = execFileSync("cat", [join(folder, "journal.jsonl")], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const { sources, ...rest } = JSON.parse(line) as Record<string, unknown>;
        assert.equal(sources !== undefined, rest["type"] === "build-started");
        return JSON.stringify(rest);
      });
    rmSync(join(folder, "summary.json"), { force: true });
    writeFileSync(join(folder, "journal.jsonl"), `${old.join("\n")}\n`);
    tree.write("broken", "");
    const bad = await run(["run", "tools", "--plain"], { cwd: tree.root });
    assert.equal(bad.code, 2, bad.stdout + bad.stderr);
    assert.equal((await problems(tree.root))[0]?.changes, undefined);
  });

  it("says which build delivered it, and what of its component changed since", async (t) => {
    const makefile = "projects/illumos-extra/curl/Makefile";
    const tree = treeFor(t, {
      "1-extra-stamp": [
        `rm -f proto/usr/bin/curl`,
        `if grep -q PROGS ${makefile}; then echo curl > proto/usr/bin/curl; fi`,
      ],
    });
    const extra = join(tree.root, "projects/illumos-extra");
    tree.write(makefile, "PROGS = curl\n");
    git(extra, "init", "-q");
    commit(extra, "Begin");
    const good = await run(["run", "--plain"], { cwd: tree.root });
    assert.equal(good.code, 0, good.stdout + good.stderr);
    const { build } = stateOf(tree.root);

    tree.write(makefile, "\n");
    commit(extra, "Install nothing");
    tree.write("projects/illumos-extra/curl/curl.c", "int main;\n");
    tree.write("projects/illumos-extra/libz.c", "int libz;\n");
    git(extra, "add", "-N", ".");
    assert.equal((await run(["run", "--plain"], { cwd: tree.root })).code, 2);
    const curl = (await problems(tree.root)).filter(({ path }) => path === "usr/bin/curl");
    assert.deepEqual(
      curl.map(({ stage }) => stage),
      ["extra", "live"],
    );
    for (const { installer, advice } of curl) {
      assert.equal(installer?.makefile, makefile);
      assert.deepEqual(installer.delivered, {
        build,
        changed: [makefile, "projects/illumos-extra/curl/curl.c"],
      });
      assert.match(
        advice ?? "",
        /Build 1 delivered it; changed since then: \S+\/curl\/Makefile, \S+\/curl\.c\.$/,
      );
    }

    // With the Makefile as it was, only what the build itself does can be wrong.
    git(extra, "reset", "-q", "--hard", "HEAD~1");
    tree.write(
      "Makefile",
      readFileSync(join(tree.root, "Makefile"), "utf8").replace("grep -q", "grep -q xx"),
    );
    assert.equal((await run(["run", "--plain"], { cwd: tree.root })).code, 2);
    const [again] = (await problems(tree.root)).filter(({ path }) => path === "usr/bin/curl");
    assert.deepEqual(again?.installer?.delivered, { build, changed: [] });
    assert.match(
      again.advice ?? "",
      /Build 1 delivered it, and no file of extra\/curl has changed since\.$/,
    );
  });
});
