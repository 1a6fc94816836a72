// Invariant: what the check foretells is held against what the builder then writes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { generateProto } from "../../bench/proto-generator.ts";
import type { ImageCheck } from "../../src/engine/image/check/check-image.ts";
import { checkImage } from "../../src/engine/image/check/check-image.ts";
import { underFiles } from "../../src/engine/image/under-files.ts";
import { realAnswer } from "../fixtures/manifests/real-manifests.ts";
import { ImageWorkspace } from "./image-workspace.ts";

const workspaces: ImageWorkspace[] = [];
after(() => {
  for (const workspace of workspaces) workspace.remove();
});

function makeWorkspace(...args: ConstructorParameters<typeof ImageWorkspace>): ImageWorkspace {
  const workspace = new ImageWorkspace(...args);
  workspaces.push(workspace);
  return workspace;
}

function checkJson(workspace: ImageWorkspace): ImageCheck & { version: number } {
  const { stdout, stderr } = workspace.run(["check", "--root", workspace.root, "--json"]);
  assert.equal(stderr, "");
  return JSON.parse(stdout) as ImageCheck & { version: number };
}

/** Bytes that do not compress, the same every time. */
function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let index = 0, state = 1; index < size; index++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

/** Files of all sizes at which the layout changes, links, and some of the under-files. */
function richTree(layout: "classic" | "modern"): ImageWorkspace {
  const lines = ["d etc 0755 root sys", "d usr 0755 root sys", "f etc/shadow 0400 root sys"];
  const files: Record<string, string | Buffer> = {};
  const kib = 1024;
  const sizes = [0, 1, 1023, 1024, 1025, 4096, 12 * 4 * kib, 13 * 4 * kib, 1036 * 4 * kib + 1];
  for (const [index, size] of sizes.entries()) {
    for (const folder of ["etc", "usr"]) {
      lines.push(`f ${folder}/f${index} 0444 root bin`);
      files[`proto/${folder}/f${index}`] = noise(size);
    }
  }
  const folders = new Set<string>();
  for (const name of underFiles.slice(0, 5)) {
    const parts = `usr/${name}`.split("/").slice(0, -1);
    parts.forEach((_, index) => folders.add(parts.slice(0, index + 1).join("/")));
    lines.push(`f usr/${name} 0555 root bin`);
    files[`proto/usr/${name}`] = "under".repeat(500);
  }
  folders.delete("usr");
  for (const folder of folders) lines.push(`d ${folder} 0755 root bin`);
  lines.push("s etc/link=../usr/f1", "h usr/hard=usr/f2", "s usr/long=" + "t/".repeat(500));
  return makeWorkspace(layout, {
    ...files,
    "manifest.d/illumos.manifest": `${lines.join("\n")}\n`,
    "smartbuild.image":
      "ROOT_SIZE_KIB=16384\nROOT_DENSITY=8192\nUSR_SIZE_KIB=12000\nUSR_DENSITY=8192\n",
  });
}

describe("image check", () => {
  for (const layout of ["classic", "modern"] as const) {
    it(`foretells the builder's own counts, to the block and inode (${layout})`, () => {
      const workspace = richTree(layout);
      const { forecast, errors, version } = checkJson(workspace);
      assert.equal(version, 1);
      assert.equal(errors, 0);
      const built = workspace.build();
      assert.equal(built.status, 0, built.stderr);
      const counts = (name: string): number[] => {
        const line = new RegExp(
          `^${name} image: .* (\\d+) of (\\d+) blocks, (\\d+) of (\\d+) inodes\\.$`,
          "m",
        ).exec(built.stdout);
        return line?.slice(1).map(Number) ?? [];
      };
      const [root, usr] = forecast.images.map(({ needs, has }) => {
        return [needs.blocks, has.blocks, needs.inodes, has.inodes];
      });
      assert.deepEqual(usr, counts("Usr"));
      const [needed = 0, ...others] = counts("Root");
      assert.deepEqual(root?.slice(1), others);
      // usr.lgz alone is not known before it is made.
      const archive = workspace.path("output/platform-latest/i86pc/amd64/boot_archive");
      const listed = workspace.run(["ls", "--json", `${archive}:usr.lgz`]).stdout;
      const { size } = JSON.parse(listed) as { size: number };
      const blocks = Math.ceil(size / 4096);
      const lgz = blocks + (blocks > 12 ? 1 : 0) + (blocks > 1036 ? 2 : 0);
      assert.ok(size > 12 * 4096, "large enough for whole blocks only");
      assert.equal((root[0] ?? 0) + lgz, needed);
      assert.ok(size <= forecast.compressed.room);
    });
  }

  it("says on screen what is wrong, where, and what to do; and in its exit code", () => {
    const workspace = makeWorkspace("classic", {
      "manifest.d/illumos.manifest":
        "d etc 0755 root sys\nf etc/shadow 0400 root sys\nf etc/gone 0644 root sys\n",
      "projects/illumos/manifest": "# head\nf etc/gone 0644 root sys\n",
    });
    const { status, stdout } = workspace.run(["check"]);
    assert.equal(status, 2);
    assert.match(
      stdout,
      /^error: files that are not there \(1\)\n {2}etc\/gone is in none of the search folders {2}\(projects\/illumos\/manifest:2\)\n {2}Build the component/,
    );
    assert.match(stdout, /^ {2}image +KiB +blocks of 4 KiB +fragments of 1 KiB +inodes$/m);
    assert.match(stdout, /^ {2}\* nobody names a size, so one is chosen$/m);
    assert.match(stdout, /\n3 entries, 1 error, \d+ warnings: no image would be made\n$/);
  });

  it("stops for an image that is too small before anything is copied", () => {
    const workspace = richTree("modern");
    const args = ["check", "--usr-size", "1440", "--usr-density", "4096"];
    const { status, stdout } = workspace.run(args);
    assert.equal(status, 2);
    assert.match(
      stdout,
      /^ {2}the usr image: the tree does not fit in 1440 KiB: it needs \d+ KiB more \(\d+ blocks of 4 KiB; it has 338\); \d+ KiB are enough$/m,
    );
    assert.match(stdout, /^ {2}usr +1440 .* DOES NOT FIT$/m);
    assert.ok(!fs.existsSync(workspace.path("output")));
  });

  it("stops a build for an image that is too small before the build has done anything", () => {
    const workspace = richTree("modern");
    workspace.write("tools/customize", "#!/bin/sh\ntouch ../customized\n");
    const { status, stdout, stderr } = workspace.build(["--usr-size", "1440"]);
    assert.equal(status, 65);
    assert.match(stderr, /the usr image: the tree does not fit in 1440 KiB: it needs \d+ KiB more/);
    assert.doesNotMatch(stdout, /^(?:FILE|CUSTOMIZE)/m);
    assert.ok(!fs.existsSync(workspace.path("output")));
  });

  it("lets a forced build leave out what cannot be placed", () => {
    const workspace = richTree("modern");
    const more =
      "f etc/gone 0644 root sys\nd opt/x/y 0755 root sys\nf opt/x/y/z 0644 root sys\nword\n";
    workspace.write("manifest.d/live.manifest", more);
    workspace.write("proto/opt/x/y/z", "z");
    assert.equal(workspace.build().status, 2);
    const { status, stdout, stderr } = workspace.build(["--force"]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^\d+ entries checked: errors 3, warnings \d+ /m);
    assert.match(stdout, /^FILE: \[etc\/gone\].*: FAILED$/m);
    assert.match(stdout, /^Forced: \d+ entries are left out\.$/m);
    const archive = workspace.path("output/platform-latest/i86pc/amd64/boot_archive");
    const verified = workspace.run(["verify", "--quick", "--json", archive]);
    const { problems } = JSON.parse(verified.stdout) as { problems: { path: string }[] };
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["etc/gone"],
    );
  });

  it("refuses what it does not understand", () => {
    const workspace = makeWorkspace("modern", {});
    assert.equal(workspace.run(["check", "--usr-size", "many"]).status, 64);
    assert.equal(workspace.run(["check", "--nonsense"]).status, 64);
    assert.match(workspace.run(["check", "--help"]).stdout, /^Usage: smartbuild image check/);
    const { status, stderr } = workspace.run(["check"]);
    assert.equal(status, 65);
    assert.match(stderr, /cannot read the manifests/);
  });

  it("checks 25,000 real entries in two seconds, and finds what is really wrong in them", (t) => {
    const dir = join(fs.mkdtempSync(join(tmpdir(), "image-check-")), "ws");
    try {
      const { gen: manifest } = realAnswer("modern");
      generateProto({ dir, bytes: 20 << 20, seed: 1, manifest });
      const root = { kib: 350_000, density: 12_248 };
      const started = performance.now();
      const result = checkImage({
        ...{ root: dir, layout: "modern", manifest: join(dir, "manifest.d"), env: process.env },
        ...{ searchDirs: [join(dir, "proto")], proto: join(dir, "proto") },
        sizes: { root, usr: { kib: 448_000, density: 14_000 } },
      });
      const ms = performance.now() - started;
      assert.ok(result.ok);
      const { entries, errors, findings } = result.value;
      t.diagnostic(`${entries} entries in ${ms.toFixed(0)} ms`);
      assert.ok(ms < 6000, "more than three times what it should take");
      assert.equal(errors, 0);
      const of = (kind: string): number => findings.filter((each) => each.kind === kind).length;
      assert.equal(of("odd-mode"), 9);
      assert.equal(of("unknown-group"), 1);
      assert.deepEqual(
        findings.filter(({ kind }) => kind === "dangling-link").map(({ path }) => path),
        ["var/lib/sgml/CATALOG.jade_dsl", "var/sadm/softinfo/INST_RELEASE"],
      );
    } finally {
      spawnSync("chmod", ["-R", "u+rwX", join(dir, "..")]);
      fs.rmSync(join(dir, ".."), { recursive: true, force: true });
    }
  });
});
