// Invariant: what the commands print is what another program, or a screen reader's user, works with.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { run, type Finished } from "../support/smartbuild.ts";
import { tinyTree, type TinyTree } from "../support/tiny-tree.ts";

let tree: TinyTree;

function manifest(...words: readonly string[]): Promise<Finished> {
  return run(["manifest", ...words], { cwd: tree.root });
}

interface ListedEntry {
  readonly path: string;
  readonly state: string;
  readonly component: string;
  readonly mode?: string;
  readonly lines: readonly { readonly file: string; readonly line: number }[];
}

function listed({ stdout }: Finished): ListedEntry[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ListedEntry);
}

before(() => {
  tree = tinyTree();
});
after(() => {
  tree.remove();
});

describe("manifest, before anything is built", () => {
  it("lists what the components ask for, and says that nothing is built", async () => {
    const found = await manifest("ls", "--json", "curl");
    assert.equal(found.code, 0, found.stderr);
    const [curl] = listed(found);
    assert.equal(curl?.path, "usr/bin/curl");
    assert.equal(curl.state, "unbuilt");
    assert.equal(curl.component, "illumos-extra");
    assert.match(found.stderr, /manifest\.d is not made yet/);
    assert.match(found.stderr, /nothing is built yet/);
    assert.equal((await manifest("check")).code, 0);
  });

  it("says which subcommands, states and builds there are", async () => {
    const unknown = await manifest("fly");
    assert.equal(unknown.code, 64);
    assert.match(unknown.stderr, /There is no manifest fly\.[^]*why PATH/);
    const state = await manifest("ls", "--state", "fine");
    assert.equal(state.code, 64);
    assert.match(state.stderr, /there are failed, conflicting/);
    const build = await manifest("diff", "1");
    assert.equal(build.code, 65);
    assert.match(build.stderr, /There is no build 1 in [^]*smartbuild run/);
    assert.equal((await manifest("why")).code, 64);
    assert.equal((await manifest("du", "--by", "owner")).code, 64);
  });
});

describe("manifest, in the middle of a first build", () => {
  it("calls failed only what a finished stage has not delivered", async () => {
    const part = tinyTree();
    const ask = (...words: readonly string[]): Promise<Finished> =>
      run(["manifest", ...words], { cwd: part.root });
    try {
      const built = await run(["run", "--plain", "illumos"], { cwd: part.root });
      assert.equal(built.code, 0, built.stdout + built.stderr);
      rmSync(join(part.root, "proto/usr/bin/hello"));
      rmSync(join(part.root, "overlay/generic/etc/group"));
      const states = (await ask("ls", "type:f")).stdout;
      assert.match(states, /^FAILED .* usr\/bin\/hello$/m);
      assert.match(states, /^FAILED .* etc\/group$/m);
      assert.match(states, /^OK .* etc\/shadow$/m);
      assert.match(states, /^not built yet .* usr\/bin\/curl$/m);
      assert.match(states, /^not built yet .* usr\/bin\/kvm$/m);
      assert.equal(listed(await ask("ls", "--state", "unbuilt", "--json")).length, 2);
      assert.match(
        (await ask("why", "usr/bin/kvm")).stdout,
        /from +local\/kvm, which is not built/,
      );
      const check = await ask("check");
      assert.equal(check.code, 2);
      assert.match(
        check.stderr,
        /not built yet, so that their files are not missed: extra, local\/kvm$/m,
      );
      assert.match(check.stdout, / 2 FAILED, .*2 not built yet/);
      assert.doesNotMatch(check.stdout, /curl is in none|kvm is in none/);
    } finally {
      part.remove();
    }
  });
});

describe("manifest, after builds", () => {
  before(async () => {
    const built = await run(["run", "--plain"], { cwd: tree.root });
    assert.equal(built.code, 0, built.stdout + built.stderr);
  });

  it("lists entries with state, owner, size and component", async () => {
    const found = await manifest("ls", "type:f", "usr/bin");
    assert.match(found.stdout, /^OK +f +0644 +root:bin +5 +illumos-extra +usr\/bin\/curl$/m);
    assert.match(found.stderr, /^3 of \d+ entries$/m);
    const all = listed(await manifest("ls", "--json"));
    assert.ok(all.every(({ state }) => state === "OK" || state === "ok"));
    const stamp = await manifest("ls", "--state", "undelivered", "--json");
    assert.ok(listed(stamp).some(({ path }) => path === "buildstamp"));
  });

  it("says why a path ships, from the line that somebody edits", async () => {
    const why = await manifest("why", "/usr/bin/curl");
    assert.match(why.stdout, /asked for projects\/illumos-extra\/manifest:1 {2}f usr\/bin\/curl/);
    assert.match(why.stdout, /from +proto\/usr\/bin\/curl/);
    const other = await manifest("why", "curl");
    assert.equal(other.code, 65);
    assert.match(other.stderr, /There is usr\/bin\/curl\./);
  });

  it("adds up what components and folders take", async () => {
    const files = execFileSync("sh", ["-c", "cat proto/usr/bin/* | wc -c"], { cwd: tree.root });
    const bytes = Number(files.toString().trim());
    const rows = (await manifest("du", "--by", "dir", "--json")).stdout.trim().split("\n");
    const bin = rows
      .map((row) => JSON.parse(row) as { name: string; bytes: number })
      .find(({ name }) => name === "usr/bin");
    assert.equal(bin?.bytes, bytes);
    assert.match((await manifest("du")).stdout, /^ *\d+ +\d+\.\d % +\d+ {2}illumos$/m);
  });

  it("keeps what the image got, with the sums of the image itself", async () => {
    const none = await manifest("diff", "1");
    assert.equal(none.code, 0, none.stdout);
    assert.match(none.stdout, /^0 added, 0 removed, 0 changed; /);
    const text = readFileSync(join(tree.root, "projects/illumos-extra/manifest"), "utf8");
    tree.write("projects/illumos-extra/manifest", `${text}f usr/bin/new 0555 root bin\n`);
    tree.write("proto/usr/bin/new", "new\n");
    tree.write("proto/usr/bin/hello", "HELLO\n");
    tree.write("projects/local/kvm/manifest", "");
    const stale = await manifest("ls", "new");
    assert.match(stale.stderr, /manifest\.d is older than projects\/illumos-extra\/manifest/);
    const again = await run(["run", "--plain", "manifest", "live"], { cwd: tree.root });
    assert.equal(again.code, 0, again.stdout);
    const changes = await manifest("diff", "1", "2");
    assert.equal(changes.code, 1);
    assert.match(changes.stdout, /^\+ {2}usr\/bin\/new +4 bytes$/m);
    assert.match(changes.stdout, /^- {2}usr\/bin\/kvm +4 bytes$/m);
    assert.match(changes.stdout, /^~ {2}usr\/bin\/hello +content$/m);
    assert.match(changes.stdout, /^1 added, 1 removed, \d+ changed; /m);
    const json = (await manifest("diff", "1", "now", "--json")).stdout;
    assert.ok(json.includes('"path":"usr/bin/hello"'), json);
  });

  it("finds what is missing and contradicts itself, with the lines to edit", async () => {
    rmSync(join(tree.root, "proto/usr/bin/curl"));
    tree.write(
      "manifest.d/live.manifest",
      "s usr/bin/hi=nowhere\nf etc/group 0600 root bin\nx y\n",
    );
    const check = await manifest("check");
    assert.equal(check.code, 2);
    assert.match(
      check.stdout,
      /^ {2}usr\/bin\/curl is in none of the search folders {2}\(projects\/illumos-extra\/manifest:1\)$/m,
    );
    assert.match(check.stdout, /^ {2}etc\/group: .* counts, not .*live\.manifest:2/m);
    assert.match(check.stdout, /^ {2}usr\/bin\/hi => nowhere: there is no usr\/bin\/nowhere/m);
    assert.match(check.stderr, /live\.manifest:3: no entry: /);
    const { errors, states } = JSON.parse((await manifest("check", "--json")).stdout) as {
      readonly errors: number;
      readonly states: Readonly<Record<string, number>>;
    };
    assert.ok(errors >= 2);
    assert.equal(states["failed"], 1);
    assert.equal(states["broken-link"], 1);
  });
});
