// Invariant: what smartbuild.configure says is what a getopts of the tree's configure would read.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import {
  configureArguments,
  readConfigureFlags,
  takenFlags,
} from "../../src/engine/settings/configure-flags.ts";
import { SettingsForm } from "../../src/engine/settings/form.ts";
import { readSettings } from "../../src/engine/settings/settings.ts";
import { treePaths } from "../../src/engine/workspace/tree-paths.ts";

const scratch = mkdtempSync(join(tmpdir(), "smartbuild-flags-"));
after(() => {
  rmSync(scratch, { recursive: true });
});

const script =
  '#!/bin/bash\n# getopts "z" is not this\nwhile getopts "cdhp:P:rs:SX" flag; do\n:\ndone\n';

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(scratch, "tree-"));
  const all = { configure: script, "default.configure-build": "PUBLISHER=joyent\n", ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(root, name), text);
  return root;
}

const env = { PATH: "/usr/bin:/bin", LC_ALL: "C" };

function formOf(root: string): SettingsForm {
  return new SettingsForm({
    place: { root, layout: "modern", paths: treePaths(root) },
    env,
    example: "",
    staleStages: (changes) => changes.flatMap(({ setting }) => setting ?? []),
  });
}

function flagsIn(root: string): string {
  return readFileSync(join(root, "smartbuild.configure"), "utf8");
}

describe("configure's flags", () => {
  test("are those that the tree's own configure reads, but not the one for its help", () => {
    const letters = takenFlags(tree({})).map(
      ({ letter, takesArgument }) => letter + (takesArgument ? ":" : ""),
    );
    assert.deepEqual(letters, ["c", "d", "p:", "P:", "r", "s:", "S", "X"]);
    assert.deepEqual(takenFlags(tree({ configure: "#!/bin/bash\necho 2012\n" })), []);
    for (const call of ["getopts :ab: o", "getopts 'ab:' o", 'while getopts ":ab:" o']) {
      const found = takenFlags(tree({ configure: `${call}\n` })).map(({ letter }) => letter);
      assert.deepEqual(found, ["a", "b"], call);
    }
  });

  test("stand a line each, and a line that is none is told by its number", () => {
    const text = "# mine\n\n -d \n-p gcc7\n-pgcc14\r\n-q\n-d now\n-s\ndebug\n-P secret\n-h\n-X\n";
    const taken = takenFlags(tree({}));
    const { flags, problems } = readConfigureFlags(Buffer.from(text), taken);
    assert.deepEqual(flags, [
      { letter: "d", argument: "", line: 3 },
      { letter: "p", argument: "gcc14", line: 5 },
      { letter: "X", argument: "", line: 12 },
    ]);
    assert.deepEqual(problems, [6, 7, 8, 9, 10, 11]);
    const root = tree({ "smartbuild.configure": text });
    assert.deepEqual(configureArguments(root), ["-d", "-p", "gcc14", "-X"]);
    assert.deepEqual(configureArguments(tree({})), []);
  });

  test("beat the files, and what they decide has another hash", () => {
    const root = tree({ "configure-build": "PRIMARY_COMPILER=gcc10\nILLUMOS_CLOBBER=no\n" });
    const names = ["configure-flags", "PRIMARY_COMPILER", "FORCE_STRAP_REBUILD", "PUBLISHER"];
    const place = { root, layout: "modern", paths: treePaths(root) } as const;
    const before = readSettings(place, env).hash(names);
    writeFileSync(join(root, "smartbuild.configure"), "-p gcc14\n");
    const settings = readSettings(place, env);
    const compiler = settings.get("PRIMARY_COMPILER");
    assert.equal(compiler?.value, "gcc14");
    assert.equal(compiler.file, join(root, "smartbuild.configure"));
    assert.equal(settings.get("FORCE_STRAP_REBUILD")?.value, "yes");
    const changed = names.filter((name) => settings.hash(names)[name] !== before[name]);
    assert.deepEqual(changed, names.slice(0, 3));
    const flags = settings.hash(names)["configure-flags"];
    writeFileSync(join(root, "smartbuild.configure"), "# why\n-p   gcc14\n");
    assert.equal(readSettings(place, env).hash(names)["configure-flags"], flags);
    writeFileSync(join(root, "smartbuild.configure"), "# none\n");
    assert.deepEqual(readSettings(place, env).hash(names), before);
  });
});

test("a default that the environment may replace is shown as what it comes to", () => {
  const code =
    "export ILLUMOS_CLOBBER=${ILLUMOS_CLOBBER:-no}\nENABLE_SMATCH=${ENABLE_SMATCH:-$(x)}\n";
  const root = tree({ "default.configure-build": code });
  const clobber = formOf(root).field("ILLUMOS_CLOBBER");
  assert.equal(clobber?.value, "no");
  assert.match(clobber.notes[0] ?? "", /^default\.configure-build:1 takes it from the environment/);
  assert.equal(formOf(root).field("ENABLE_SMATCH")?.value, undefined);
  writeFileSync(join(root, "smartbuild.env"), "ILLUMOS_CLOBBER=yes\n");
  assert.equal(formOf(root).field("ILLUMOS_CLOBBER")?.value, "yes");
  writeFileSync(join(root, "configure-build"), code);
  assert.equal(formOf(root).field("ILLUMOS_CLOBBER")?.value, undefined);
});

describe("the form of configure's flags", () => {
  test("gives and takes them back, a line at a time", () => {
    const root = tree({});
    const form = formOf(root);
    assert.equal(form.field("configure-flags.d")?.kind, "toggle");
    assert.ok(form.set("configure-flags.d", "yes").ok);
    assert.ok(form.set("configure-flags.s", "gcc7,gcc14").ok);
    const changed = [...new Set(form.staleByWriting())].sort();
    const names = ["FORCE_STRAP_REBUILD", "ILLUMOS_ENABLE_DEBUG", "SHADOW_COMPILERS"];
    assert.deepEqual(changed, names);
    assert.ok(form.write().ok);
    assert.deepEqual(flagsIn(root).split("\n").slice(1), ["-d", "-s gcc7,gcc14", ""]);
    assert.ok(form.set("configure-flags.s", "gcc7").ok);
    assert.ok(form.set("configure-flags.d", "no").ok);
    assert.ok(form.write().ok);
    assert.deepEqual(flagsIn(root).split("\n").slice(1), ["-s gcc7", ""]);
    assert.ok(form.undo().ok);
    assert.match(flagsIn(root), /^-d$/m);
  });

  test("keeps what else stands in the file, and every line of a flag goes with it", () => {
    const root = tree({ "smartbuild.configure": "# a\r\n-d\n  -p  gcc7 \n-d\n# b" });
    const form = formOf(root);
    assert.ok(form.set("configure-flags.p", "gcc14").ok);
    assert.ok(form.unset("configure-flags.d").ok);
    assert.ok(form.set("configure-flags.X", "yes").ok);
    assert.ok(form.write().ok);
    assert.equal(flagsIn(root), "# a\r\n  -p  gcc14 \n# b\n-X\n");
  });

  test("says what is not taken, and why a variable cannot be changed beside a flag", () => {
    const root = tree({ "smartbuild.configure": "-d\n-Q\n" });
    const form = formOf(root);
    const message = (result: ReturnType<SettingsForm["set"]>): string =>
      result.ok ? "" : result.failure.message;
    assert.match(message(form.set("configure-flags.p", "gcc9")), /none of: gcc7/);
    assert.match(message(form.set("configure-flags.p", "")), /needs a value/);
    assert.match(message(form.set("configure-flags.s", "a b")), /commas/);
    assert.match(message(form.set("configure-flags.P", "x")), /list of processes/);
    assert.match(
      message(form.set("ILLUMOS_ENABLE_DEBUG", "no")),
      /flag -d sets it \(smartbuild\.configure:1\)/,
    );
    assert.match(form.field("smartbuild.configure:2")?.shown ?? "", /no flag/);
    assert.equal(form.changes.length, 0);
  });
});
