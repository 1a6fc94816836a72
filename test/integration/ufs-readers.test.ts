// Invariant: GRUB and the Sleuth Kit, which share no code with us, are the judges of these images.
// Longer runs: UFS_ROUNDS=100.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileSink } from "../../src/engine/image/format/bytes-io.ts";
import type { UfsEntry } from "../../src/engine/image/format/ufs/entry.ts";
import type { UfsPlan } from "../../src/engine/image/format/ufs/plan.ts";
import { planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import { writeUfs } from "../../src/engine/image/format/ufs/writer.ts";
import { Random } from "../support/random.ts";
import {
  boundarySizes,
  contentOf,
  directory,
  file,
  fillUp,
  geometryOf,
  imageTime,
  randomEntries,
  readContent,
  unwrap,
} from "../support/ufs-tree.ts";

const work = mkdtempSync(join(tmpdir(), "ufs-readers-"));
after(() => {
  rmSync(work, { recursive: true });
});

/** Why a test is skipped when a program is not there; false when it is. */
function missing(program: string, debianPackage: string): string | false {
  const { error } = spawnSync(program, ["-V"], { stdio: "ignore" });
  return error === undefined ? false : `${program} is not installed (${debianPackage})`;
}

const noGrub = missing("grub-fstest", "grub-common");
const noSleuthKit = missing("icat", "sleuthkit");

function run(program: string, ...args: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync(program, args, {
    maxBuffer: 2 ** 26,
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
  });
  assert.equal(status, 0, `${program} ${args.join(" ")}: ${stderr.toString()}`);
  return stdout;
}

function writeImage(plan: UfsPlan): string {
  const path = join(work, "image");
  const descriptor = openSync(path, "w");
  const sink = fileSink(descriptor, plan.geometry.kib * 1024);
  unwrap(writeUfs(plan, sink, imageTime, readContent(plan)));
  closeSync(descriptor);
  return path;
}

function symlink(path: string, target: string): UfsEntry {
  return { type: "symlink", path, target, mode: 0o777, uid: 0, gid: 0 };
}

const longest = "n".repeat(255);
const bounds: readonly UfsEntry[] = [
  ...boundarySizes.map((size) => file(`size-${size}`, size)),
  ...[directory("d"), directory(`d/${longest}`), file(`d/${longest}/${longest}`, 70000)],
  ...[symlink("short", "size-4097"), symlink("d/long", `../${"./".repeat(505)}size-1025`)],
  { type: "hardlink", path: "d/second", target: "size-53248" },
  { type: "hardlink", path: "d/third", target: "short" },
];

/** Trees that fit their image, some of them to its last fragment. */
function* plans(): Generator<UfsPlan> {
  yield planUfs(geometryOf(60000, 8192), bounds);
  const rounds = Number(process.env["UFS_ROUNDS"] ?? 6);
  for (let round = 0; round < rounds; round++) {
    const random = new Random(1000 + round);
    const geometry = geometryOf(random.between(3000, 20000), random.pick([2048, 12248]));
    const entries = randomEntries(random, random.between(10, 60), true);
    const plan = planUfs(geometry, entries);
    if (plan.fits) yield round % 2 === 0 ? fillUp(geometry, entries) : plan;
  }
}

describe("other people's readers", () => {
  it("GRUB lists every name and reads every file", { skip: noGrub }, () => {
    const expected = join(work, "expected");
    for (const plan of plans()) {
      const image = writeImage(plan);
      for (const { path, size, content } of plan.tree.nodes) {
        if (content.kind === "directory") {
          const listed = run("grub-fstest", image, "ls", `/${path}`).toString().trim();
          const names = content.names.map(
            ({ name, node }) => name + (node.content.kind === "directory" ? "/" : ""),
          );
          const found = listed.split(/\s+/).filter((name) => name !== "");
          assert.deepEqual(found, names);
        } else if (content.kind === "file") {
          writeFileSync(expected, contentOf(path, size));
          run("grub-fstest", image, "cmp", `/${path}`, expected);
        }
      }
    }
  });

  it("GRUB follows symlinks, short and long, and hard links to both", { skip: noGrub }, () => {
    const image = writeImage(planUfs(geometryOf(60000, 8192), bounds));
    for (const [path, origin, size] of [
      ["short", "size-4097", 4097],
      ["d/long", "size-1025", 1025],
      ["d/second", "size-53248", 53248],
    ] as const) {
      const content = run("grub-fstest", image, "cat", `/${path}`);
      assert.ok(content.equals(contentOf(origin, size)), path);
    }
  });

  it("the Sleuth Kit reads every file and long symlink by inode", { skip: noSleuthKit }, () => {
    for (const plan of plans()) {
      const image = writeImage(plan);
      for (const { inode, path, size, content } of plan.tree.nodes) {
        // It looks for short targets inside the inode, where only BSD keeps them.
        if (content.kind === "directory" || (content.kind === "symlink" && size < 60)) continue;
        const found = run("icat", "-f", "ufs", image, String(inode));
        const expected =
          content.kind === "file" ? contentOf(path, size) : Buffer.from(content.target, "latin1");
        assert.ok(found.equals(expected), path);
      }
    }
  });

  it("the Sleuth Kit counts the same free space", { skip: noSleuthKit }, () => {
    for (const plan of plans()) {
      const text = run("fsstat", "-f", "ufs", writeImage(plan)).toString();
      const [, general = ""] = /([\s\S]*?)CYLINDER GROUP INFORMATION/.exec(text) ?? [];
      const figure = (label: string): number =>
        Number(new RegExp(`${label}: (\\d+)`).exec(general)?.[1]);
      const { needs, has, tree } = plan;
      assert.match(general, /File System Type: UFS 1\nLast Written: 2026-01-01 00:00:00/);
      assert.equal(figure("Num of Avail Inodes"), has.inodes - needs.inodes);
      const directories = tree.nodes.filter((node) => node.content.kind === "directory");
      assert.equal(figure("Num of Directories"), directories.length);
      const free = figure("Num of Avail Full Blocks") * 4 + figure("Num of Avail Fragments");
      assert.equal(free, has.fragments - needs.fragments);
    }
  });
});
