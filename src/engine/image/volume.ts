// Invariant: an image is laid out whole before its first byte is written, and what does not fit is
// an error with figures.
import { closeSync, openSync } from "node:fs";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { ByteSink } from "./format/bytes-io.ts";
import { fileSink } from "./format/bytes-io.ts";
import type { UfsEntry } from "./format/ufs/entry.ts";
import type { UfsGeometry } from "./format/ufs/geometry.ts";
import { ufsGeometry, ufsLimits } from "./format/ufs/geometry.ts";
import type { UfsPlan } from "./format/ufs/plan.ts";
import { planFailure, planTree } from "./format/ufs/plan.ts";
import type { UfsTree } from "./format/ufs/tree.ts";
import { buildTree } from "./format/ufs/tree.ts";
import type { UfsWriter } from "./format/ufs/writer.ts";
import { startUfs } from "./format/ufs/writer.ts";
import type { VolumeSize } from "./image-sizes.ts";
import type { FileNode, ImageTree, TreeNode } from "./image-tree.ts";
import { contentSize } from "./image-tree.ts";
import { WriteError } from "./write-error.ts";

/** Which of the two file systems of a platform; usr is mounted over the root's folder usr. */
export type VolumeName = "root" | "usr";

/** The path that a node has inside its file system. */
export function volumePath(volume: VolumeName, path: string): string {
  return volume === "usr" ? path.slice("usr/".length) : path;
}

/** The part of the tree that is in one of the file systems. */
export function volumeNodes(tree: ImageTree, volume: VolumeName): TreeNode[] {
  const nodes = [...tree.nodes()];
  return volume === "usr"
    ? nodes.filter(({ path }) => path.startsWith("usr/"))
    : nodes.filter(({ path }) => !path.startsWith("usr/"));
}

/** The files of one of the file systems, hard links aside. */
export function volumeFiles(tree: ImageTree, volume: VolumeName): FileNode[] {
  return volumeNodes(tree, volume).filter((node) => node.type === "file");
}

/** A node as the UFS writer takes it. */
export function ufsEntry(volume: VolumeName, node: TreeNode): UfsEntry {
  const path = volumePath(volume, node.path);
  switch (node.type) {
    case "directory":
    case "symlink": {
      return { ...node, path };
    }
    case "file": {
      const { mode, uid, gid, content } = node;
      return { type: "file", path, mode, uid, gid, size: contentSize(content) };
    }
    case "hardlink":
      return { type: "hardlink", path, target: volumePath(volume, node.target) };
  }
}

/** All entries of one of the file systems, its root included. */
export function volumeEntries(tree: ImageTree, volume: VolumeName): UfsEntry[] {
  const entries = volumeNodes(tree, volume).map((node) => ufsEntry(volume, node));
  const top = volume === "root" ? tree.root : (tree.get("usr") ?? tree.root);
  if (top.type === "directory") entries.push({ ...top, path: "" });
  return entries;
}

/** Free space that an image of unnamed size gets: the root is written to while it runs. */
const spare = { factor: 1.25, kib: 4096 };
const defaultDensity = 8192;

/**
 * Lays out entries in an image of the size asked for. Where nobody named a size, one that holds
 * them with a quarter to spare is chosen. Fails when they do not fit, with what is missing.
 */
export function layOut(
  volume: VolumeName,
  entries: readonly UfsEntry[],
  asked: Partial<VolumeSize>,
): Result<UfsPlan> {
  const tree = buildTree(entries);
  if (asked.kib !== undefined && asked.density !== undefined) {
    const geometry = ufsGeometry(asked.kib, asked.density);
    if (!geometry.ok) return geometry;
    return checked(volume, planTree(geometry.value, tree));
  }
  let kib = asked.kib ?? leastKib(tree);
  for (;;) {
    const most = Math.floor((kib * 1024) / ((tree.nodes.length + 64) * spare.factor));
    const density =
      asked.density ?? Math.max(ufsLimits.leastDensity, Math.min(defaultDensity, most));
    const geometry = ufsGeometry(kib, density);
    if (!geometry.ok) return geometry;
    const plan = planTree(geometry.value, tree);
    if (plan.fits || asked.kib !== undefined || plan.problems.length > 0) {
      return checked(volume, plan);
    }
    kib = Math.ceil(kib * 1.1);
  }
}

function leastKib(tree: UfsTree): number {
  let bytes = 0;
  for (const { size } of tree.nodes) bytes += Math.ceil(size / 1024) * 1024;
  return Math.ceil((bytes / 1024) * spare.factor) + spare.kib;
}

function checked(volume: VolumeName, plan: UfsPlan): Result<UfsPlan> {
  const failure = planFailure(plan);
  if (failure === undefined) return ok(plan);
  const { kind, message, advice } = failure;
  const what = volume === "root" ? "the root image" : "the usr image";
  const how =
    advice === undefined || plan.problems.length > 0
      ? advice
      : `${advice} (--${volume}-size KIB, --${volume}-density BYTES, or tools/build_live)`;
  return fail(kind, `${what}: ${message}`, how);
}

/** How a plan shows in the log. */
export function planLine(volume: VolumeName, { geometry, needs, has }: UfsPlan): string {
  const { kib, density } = geometrySize(geometry);
  const name = volume === "root" ? "Root image" : "Usr image";
  return (
    `${name}: ${kib} KiB, an inode for every ${density} bytes; ` +
    `${needs.blocks} of ${has.blocks} blocks, ${needs.inodes} of ${has.inodes} inodes.`
  );
}

function geometrySize({ kib, density }: UfsGeometry): VolumeSize {
  return { kib, density };
}

/** The file of an image that is being written. */
export class VolumeFile {
  readonly path: string;
  readonly writer: UfsWriter;
  readonly #file: number;

  private constructor(path: string, file: number, writer: UfsWriter) {
    this.path = path;
    this.#file = file;
    this.writer = writer;
  }

  /** Makes the file `path`, which must not exist, for a planned image. `time`: seconds since 1970. */
  static create(path: string, plan: UfsPlan, time: number): Result<VolumeFile> {
    const file = openSync(path, "wx", 0o644);
    const started = startUfs(plan, guardedSink(path, file, plan.geometry.kib * 1024), time);
    if (!started.ok) {
      closeSync(file);
      return started;
    }
    return ok(new VolumeFile(path, file, started.value));
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** An open, empty file of `size` bytes; what the system refuses is thrown as a WriteError. */
export function guardedSink(path: string, file: number, size = 0): ByteSink {
  const guard = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      throw new WriteError(path, error);
    }
  };
  const sink = guard(() => fileSink(file, size));
  return {
    write: (bytes, position) => {
      guard(() => {
        sink.write(bytes, position);
      });
    },
  };
}
