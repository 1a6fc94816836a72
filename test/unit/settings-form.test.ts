// Invariant: what the form shows after a change is what bash finds in the files it then writes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { SettingsForm } from "../../src/engine/settings/form.ts";
import type { Result } from "../../src/engine/result.ts";
import { treePaths } from "../../src/engine/workspace/tree-paths.ts";

const scratch = mkdtempSync(join(tmpdir(), "smartbuild-form-"));
after(() => {
  rmSync(scratch, { recursive: true });
});

const example = readFileSync(join(import.meta.dirname, "../../configure.local.example"), "utf8");
const fixtures = join(import.meta.dirname, "../fixtures/fragments");

function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(scratch, "tree-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function formOf(
  root: string,
  layout: "classic" | "modern" = "classic",
  env: NodeJS.ProcessEnv = {},
): SettingsForm {
  return new SettingsForm({
    place: { root, layout, paths: treePaths(root) },
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", ...env },
    example,
    staleStages: (changes) => changes.flatMap(({ setting, file }) => [setting ?? "", file]),
  });
}

function done(result: Result<unknown>): void {
  assert.ok(result.ok, result.ok ? "" : result.failure.message);
}

function refusal(result: Result<unknown>, what = ""): string {
  assert.ok(!result.ok, `${what} should have been refused`);
  return result.failure.message;
}

function text(root: string, name: string): string {
  return readFileSync(join(root, name), "utf8");
}

/** The value of a variable after configure's own loop over the fragments. */
function sourced(root: string, name: string, loop = "for f in `ls configure.*`"): string {
  const script = `cd "$1"; ${loop}; do source ./$f >/dev/null 2>&1; done; printf %s "\${!2}"`;
  return execFileSync("bash", ["-c", script, "bash", root, name], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

describe("every fixture as configure.local", () => {
  for (const name of readdirSync(fixtures).filter((each) => each.endsWith(".fragment"))) {
    const bytes = readFileSync(join(fixtures, name));

    test(`${name}: looking and writing nothing leaves every byte`, () => {
      const root = tree({ "configure.local": bytes });
      const form = formOf(root);
      assert.ok(form.fields.length > 0);
      assert.deepEqual(form.diff(), []);
      done(form.write());
      assert.ok(readFileSync(join(root, "configure.local")).equals(bytes));
    });

    test(`${name}: bash sees what the form shows after an edit, and undo brings the bytes back`, () => {
      const root = tree({ "configure.local": bytes });
      const form = formOf(root);
      done(form.set("PUBLISHER", "it's $mine"));
      const shown = form.field("PUBLISHER")?.value;
      assert.equal(shown, "it's $mine");
      assert.ok(readFileSync(join(root, "configure.local")).equals(bytes), "not written yet");
      const [diff] = form.diff();
      const changed = diff?.hunks.flat().filter(({ sign }) => sign !== " ") ?? [];
      assert.ok(changed.length > 0);
      done(form.write());
      assert.equal(sourced(root, "PUBLISHER"), shown);
      done(form.undo());
      assert.ok(readFileSync(join(root, "configure.local")).equals(bytes));
    });
  }
});

describe("classic", () => {
  test("edits the line that decides, and nothing else", () => {
    const root = tree({
      "configure.a": "# first\nOVERLAYS='one'   # why\r\nPUBLISHER=a\n",
      "configure.b": 'export OVERLAYS="two"; : done\n# last, without a newline',
    });
    const form = formOf(root);
    done(form.set("OVERLAYS", "generic two"));
    done(form.set("PUBLISHER", "c d"));
    done(form.write());
    assert.equal(
      text(root, "configure.b"),
      'export OVERLAYS="generic two"; : done\n# last, without a newline',
    );
    assert.equal(
      text(root, "configure.a"),
      "# first\nOVERLAYS='one'   # why\r\nPUBLISHER=\"c d\"\n",
    );
    assert.equal(sourced(root, "OVERLAYS"), "generic two");
    const field = form.field("OVERLAYS");
    assert.match(field?.notes.join(" ") ?? "", /Overruled: one \(configure\.a:2\)/);
  });

  test("says of each file when it is read, and what it decides", () => {
    const root = tree({
      "configure.a": "OVERLAYS=a\nOVERLAY=b\n",
      "configure.local": "OVERLAYS=generic\ngit clone x\n",
      "configure.local~": "PUBLISHER=old\n",
    });
    const fields = formOf(root).fields;
    const files = fields.filter(({ kind }) => kind === "file");
    assert.deepEqual(
      files.map(({ label, isOdd }) => [label, isOdd]),
      [
        ["configure.a", false],
        ["configure.local", false],
        ["configure.local~", true],
      ],
    );
    assert.match(files[2]?.shown ?? "", /read last: what it sets wins/);
    assert.match(files[1]?.notes.join(" ") ?? "", /Decides OVERLAYS\./);
    assert.match(files[0]?.notes.join(" ") ?? "", /Decides OVERLAY\./);
    const notes = fields.filter(({ kind }) => kind === "note");
    assert.match(notes[0]?.shown ?? "", /OVERLAY is read by nothing; the name is OVERLAYS/);
    assert.equal(fields.find(({ kind }) => kind === "code")?.value, "git clone x");
  });

  test("puts a new line behind the comment that shows it", () => {
    const root = tree({ "configure.local": "# The publisher.\n#PUBLISHER=joyent\n\nOVERLAYS=x\n" });
    const form = formOf(root);
    done(form.set("PUBLISHER", "me"));
    done(form.write());
    assert.equal(
      text(root, "configure.local"),
      "# The publisher.\n#PUBLISHER=joyent\nPUBLISHER=me\n\nOVERLAYS=x\n",
    );
  });

  test("refuses a value with its reason, and changes nothing", () => {
    const root = tree({ "configure.local": "OVERLAYS=generic\n" });
    const form = formOf(root);
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ["OVERLAYS", "", /stops when OVERLAYS is empty/],
      ["OVERLAYS", "generic generic", /twice/],
      ["OVERLAYS", "a/b", /is no name/],
      ["GCC44_URL", "gcc.tar", /begins with http/],
      ["GCC44_URL", "http://a b", /no blanks/],
      ["HAVE_PKG", "perhaps", /none of: true or false/],
      ["GET_ILLUMOS", "git clone 'x", /single quote/],
      ["PUBLISHER", "two\nlines", /one line/],
      ["PUBLISHER", "a\u001bb", /control character/],
      ["BUILDSTAMP", "20260230T000000Z", /no such day/],
      ["BUILDSTAMP", "today", /YYYYMMDD/],
      ["configure-branches.kvm", "a..b", /Git takes no branch/],
      ["configure-branches.kvm", "a b", /cannot be in a branch/],
      ["configure-buildver", "a/b", /letters, digits/],
      ["ROOT_SIZE_KIB", "-1", /whole number/],
      ["ROOT_PASSWORD_HASH", "secret", /no password hash/],
      ["IMAGE_BUILDER", "make", /none of: native or tree/],
      ["NO_SUCH", "x", /No setting is named NO_SUCH/],
    ];
    for (const [id, value, reason] of cases)
      assert.match(refusal(form.set(id, value), id), reason, id);
    assert.deepEqual(form.changes, []);
    assert.deepEqual(readdirSync(root), ["configure.local"]);
  });

  test("refuses what code in a later file would decide all the same", () => {
    const root = tree({
      "configure.a": "PUBLISHER=a\n",
      "configure.b": 'eval "$(cat more)"\nreturn\n',
    });
    assert.match(refusal(formOf(root).set("PUBLISHER", "b")), /decides|decide/);
  });

  test("unset brings the default back, in all files at once", () => {
    const root = tree({
      "configure.a": "HAVE_PKG=false # no\n",
      "configure.b": "A=1\nHAVE_PKG=false\n",
    });
    const form = formOf(root);
    done(form.unset("HAVE_PKG"));
    assert.equal(form.field("HAVE_PKG")?.isDefault, true);
    done(form.write());
    assert.equal(text(root, "configure.a"), "# no\n");
    assert.equal(text(root, "configure.b"), "A=1\n");
    done(form.undo());
    assert.equal(text(root, "configure.b"), "A=1\nHAVE_PKG=false\n");
    assert.match(refusal(form.unset("GCC44_URL")), /Nothing sets/);
  });

  test("files of lines and smartbuild's own keep all other bytes", () => {
    const root = tree({
      "configure-branches": "# mine\r\nkvm: old  # note\nillumos-live: master",
      "configure-buildver": "first\r\nsecond\n",
      "smartbuild.image": "# sizes\n  ROOT_SIZE_KIB =  100  \n",
    });
    const form = formOf(root);
    done(form.set("configure-branches.kvm", "dev"));
    done(form.set("configure-branches.kvm-cmd", "two"));
    done(form.set("configure-buildver", "next"));
    done(form.set("ROOT_SIZE_KIB", "200"));
    done(form.set("BUILDSTAMP", "20260313T000000Z"));
    done(form.write());
    assert.equal(
      text(root, "configure-branches"),
      "# mine\r\nkvm: dev  # note\nillumos-live: master\nkvm-cmd: two\n",
    );
    assert.equal(text(root, "configure-buildver"), "next\r\nsecond\n");
    assert.equal(text(root, "smartbuild.image"), "# sizes\n  ROOT_SIZE_KIB =  200  \n");
    assert.equal(text(root, "smartbuild.env"), "BUILDSTAMP=20260313T000000Z\n");
    assert.equal(form.field("BUILDSTAMP")?.value, "20260313T000000Z");
  });

  test("a variable that the environment sets cannot be changed, and says so", () => {
    const form = formOf(tree({ "configure.local": "" }), "classic", { BUILDSTAMP: "x" });
    const field = form.field("BUILDSTAMP");
    assert.equal(field?.value, "x");
    assert.match(field.forced ?? "", /The environment sets it/);
    assert.match(refusal(form.set("BUILDSTAMP", "20260313T000000Z")), /The environment sets it/);
  });

  test("the example becomes a configure.local that bash sources", () => {
    const root = tree({ Makefile: "" });
    const form = formOf(root);
    done(form.create());
    assert.deepEqual(readdirSync(root), ["Makefile"]);
    assert.equal(form.field("OVERLAYS")?.value, "generic");
    done(form.write());
    assert.equal(sourced(root, "OVERLAYS"), "generic");
    assert.doesNotMatch(text(root, "configure.local"), /^# Modern|MAX_JOBS/m);
    assert.match(refusal(form.create()), /configure\.local already/);
    done(form.undo());
    assert.ok(!readdirSync(root).includes("configure.local"));
  });

  test("a file that changed on disk meanwhile is not overwritten", () => {
    const root = tree({ "configure.local": "OVERLAYS=one\n" });
    const form = formOf(root);
    done(form.set("OVERLAYS", "two"));
    const before = form.signature;
    writeFileSync(join(root, "configure.local"), "OVERLAYS=other # by hand\n");
    assert.notEqual(form.signature, before);
    assert.deepEqual(form.conflicts(), ["configure.local"]);
    assert.match(refusal(form.write()), /changed on disk meanwhile/);
    assert.equal(text(root, "configure.local"), "OVERLAYS=other # by hand\n");
    form.discard();
    done(form.set("OVERLAYS", "three"));
    done(form.write());
    writeFileSync(join(root, "configure.local"), "mine\n");
    assert.match(refusal(form.undo()), /changed on disk meanwhile/);
    assert.equal(text(root, "configure.local"), "mine\n");
  });

  test("no file of ours in the root ever matches configure.*", () => {
    const root = tree({ "configure.local": "OVERLAYS=one\n" });
    const form = formOf(root);
    done(form.set("OVERLAYS", "two"));
    done(form.write());
    done(form.undo());
    assert.deepEqual(
      readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
        /configure\./.test(name),
      ),
      ["configure.local"],
    );
  });

  test("overlays tell what they hold, and missing ones are marked", () => {
    const root = tree({
      "configure.local":
        "[[ -d overlay/later ]] || git clone later overlay/later\nOVERLAYS='generic gone later'\n",
      "overlay/generic/manifest": "# x\nf etc/x 0644 root bin\n",
      "overlay/generic/etc/x": "",
      "overlay/other/y": "",
    });
    const form = formOf(root);
    const field = form.field("OVERLAYS");
    assert.ok(field !== undefined);
    assert.deepEqual(form.listItems(field, ["generic", "gone", "later"]), [
      { name: "generic", holds: "2 files, 1 manifest entries", isMissing: false },
      { name: "gone", holds: "no such folder below overlay/", isMissing: true },
      { name: "later", holds: "not there yet; a fragment's code names it", isMissing: false },
    ]);
    assert.deepEqual(form.listChoices(field), ["generic", "other"]);
  });
});

describe("modern", () => {
  const files = {
    "default.configure-build": 'PUBLISHER="joyent"\n',
    "default.configure-projects": "# all\nillumos: master: origin\nlocal/kvm: master: origin\n",
  };

  test("the tree's defaults are never edited; configure-build is made", () => {
    const root = tree(files);
    const form = formOf(root, "modern");
    const field = form.field("PUBLISHER");
    assert.deepEqual([field?.value, field?.default, field?.isDefault], ["joyent", "joyent", true]);
    done(form.set("PUBLISHER", "me"));
    assert.equal(form.field("PUBLISHER")?.isDefault, false);
    done(form.write());
    assert.equal(text(root, "configure-build"), "PUBLISHER=me\n");
    assert.equal(text(root, "default.configure-build"), files["default.configure-build"]);
    done(form.unset("PUBLISHER"));
    assert.equal(form.field("PUBLISHER")?.value, "joyent");
  });

  test("the first change of a project copies the tree's list, then changes its line", () => {
    const root = tree(files);
    const form = formOf(root, "modern");
    done(form.set("configure-projects.illumos", "dev:https://host:8/x.git"));
    done(form.set("configure-projects.local/new", "main:/src/new"));
    done(form.write());
    assert.equal(
      text(root, "configure-projects"),
      "# all\nillumos: dev:https://host:8/x.git\nlocal/kvm: master: origin\nlocal/new:main:/src/new\n",
    );
    done(form.unset("configure-projects.local/kvm"));
    done(form.write());
    assert.doesNotMatch(text(root, "configure-projects"), /kvm/);
    assert.match(
      refusal(form.set("configure-projects.illumos", "dev:nowhere")),
      /source is origin/,
    );
  });

  test("secrets are never shown, and a file that holds one is its owner's alone", () => {
    const root = tree({ ...files, "configure-build": "A=1\n" });
    const form = formOf(root, "modern");
    done(form.set("PLATFORM_PASSWORD", "hunter2"));
    assert.doesNotMatch(JSON.stringify([form.diff(), form.fields]), /hunter2/);
    done(form.write());
    assert.match(text(root, "configure-build"), /^A=1\nPLATFORM_PASSWORD=hunter2\n$/);
    assert.equal(statSync(join(root, "configure-build")).mode & 0o777, 0o600);
    assert.doesNotMatch(JSON.stringify(form.fields), /hunter2/);
    assert.match(refusal(form.set("PLATFORM_PASSWORD", "a b")), /break the build/);
  });

  test("what only make's command line can set says so", () => {
    const form = formOf(tree(files), "modern");
    assert.match(form.field("GCC.host_prefix")?.forced ?? "", /make's command line/);
  });
});
