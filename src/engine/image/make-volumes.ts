// Invariant: nothing of an image is written before all of it is laid out; the md5 manifest in it is
// of the bytes that are in it.
import { closeSync, openSync, statSync } from "node:fs";
import type { ByteText } from "../manifest/byte-text.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Layout } from "../workspace/probes.ts";
import { fileSource } from "./format/bytes-io.ts";
import { compressLofi } from "./format/lofi/writer.ts";
import type { UfsPlan } from "./format/ufs/plan.ts";
import { giveBackBuffers, giveBackMemory } from "./give-back-memory.ts";
import type { ImageLog } from "./image-log.ts";
import type { VolumeSizes } from "./image-sizes.ts";
import type { FileNode, ImageTree } from "./image-tree.ts";
import { reserveManifest } from "./md5-manifest.ts";
import type { PlaceFailure } from "./place.ts";
import type { PourContext } from "./pour.ts";
import { pour } from "./pour.ts";
import { imageSteps, stepLine } from "./steps.ts";
import { underUsr } from "./under-files.ts";
import type { VolumeName } from "./volume.ts";
import { guardedSink, layOut, planLine, VolumeFile } from "./volume.ts";
import { volumeEntries, volumeFiles, volumePath } from "./volume.ts";

/** What to write where. */
export interface VolumeRequest {
  readonly tree: ImageTree;
  readonly layout: Layout;
  /** Asked for; what is absent is chosen. */
  readonly sizes: VolumeSizes;
  /** Seconds since 1970, of everything in the images. */
  readonly time: number;
  /** Files to make: the usr image and its compressed form, which are only needed on the way. */
  readonly usrImage: string;
  readonly usrLgz: string;
  /** File to make: the root image. */
  readonly bootArchive: string;
  readonly log: ImageLog;
  readonly signal: AbortSignal;
}

/** What was made. */
export type Volumes =
  | {
      readonly kind: "made";
      /** The md5 manifest, as it is in the image. */
      readonly manifest: Uint8Array;
      readonly usr: UfsPlan["geometry"];
      readonly root: UfsPlan["geometry"];
    }
  | { readonly kind: "incomplete"; readonly failures: readonly PlaceFailure[] };

/** As `mkfile` leaves it, from which the tree's builder makes the file. */
const lgzMode = 0o1600;

/** Where usr is mounted: made before the manifests are read, so it is root's whatever they say. */
const mountPoint = { type: "directory", path: "usr", mode: 0o755, uid: 0, gid: 0 } as const;

/**
 * Writes the usr image, compresses it, and writes the root image around it: the boot archive. The
 * signal's reason is thrown when it comes, a WriteError when a file cannot be written.
 */
export async function makeVolumes(request: VolumeRequest): Promise<Result<Volumes>> {
  const { tree, layout, sizes, log, time } = request;
  const context: PourContext = request;
  const manifest = reserveManifest(tree, layout);
  const under = underUsr(tree);
  log.line(stepLine(imageSteps.usr));
  const usrPlan = layOut("usr", volumeEntries(tree, "usr"), sizes.usr);
  if (!usrPlan.ok) return usrPlan;
  const rootEntries = [
    ...volumeEntries(tree, "root").filter(({ path }) => path !== "usr"),
    mountPoint,
    ...under.entries,
  ];
  // Before anything is written: usr.lgz still comes on top, but what is too much without it is.
  const least = layOut("root", rootEntries, sizes.root);
  if (!least.ok) return least;
  log.line(planLine("usr", usrPlan.value));
  giveBackMemory();

  const usrFile = VolumeFile.create(request.usrImage, usrPlan.value, time);
  if (!usrFile.ok) return usrFile;
  const sums = new Map<ByteText, string>();
  const rootFiles = volumeFiles(tree, "root").filter(({ path }) => path !== manifest.path);
  try {
    const into = (volume: VolumeName, hashing: boolean) => ({
      ...{ writer: usrFile.value.writer, hashing },
      pathOf: (path: ByteText) => volumePath(volume, path),
    });
    const usrFiles = volumeFiles(tree, "usr").filter(({ path }) => path !== manifest.path);
    const usr = await pour(usrFiles, into("usr", true), context);
    log.line(stepLine(imageSteps.md5));
    const root = await pour(rootFiles, undefined, context);
    const failures = [...usr.failures, ...root.failures];
    if (failures.length > 0) return ok({ kind: "incomplete", failures });
    for (const [path, sum] of [...usr.sums, ...root.sums]) sums.set(path, sum);
    manifest.fill(sums);
    if (manifest.path.startsWith("usr/")) {
      await pour([manifest.node()], into("usr", false), context);
    }
    usrFile.value.writer.finish();
  } finally {
    usrFile.value.close();
  }

  log.line(stepLine(imageSteps.lofi));
  await log.flush();
  const compressed = await compress(request);
  if (!compressed.ok) return compressed;

  log.line(stepLine(imageSteps.root));
  const lgz: FileNode = {
    ...{ type: "file", path: "usr.lgz", mode: lgzMode, uid: 0, gid: 0 },
    content: { kind: "source", path: request.usrLgz, size: statSync(request.usrLgz).size },
  };
  if (under.missing.length > 0) {
    log.line(`Not delivered, so not under usr either: ${under.missing.length} of the early files.`);
  }
  const { path, mode, uid, gid } = lgz;
  const lgzEntry = { type: "file", path, mode, uid, gid, size: compressed.value } as const;
  const rootPlan = layOut("root", [...rootEntries, lgzEntry], sizes.root);
  if (!rootPlan.ok) return rootPlan;
  log.line(planLine("root", rootPlan.value));
  const rootFile = VolumeFile.create(request.bootArchive, rootPlan.value, time);
  if (!rootFile.ok) return rootFile;
  try {
    const { writer } = rootFile.value;
    const files = [...rootFiles, ...under.files, lgz];
    if (!manifest.path.startsWith("usr/")) files.push(manifest.node());
    const poured = await pour(
      files,
      { writer, hashing: false, pathOf: (each: ByteText) => each },
      context,
    );
    if (poured.failures.length > 0) return ok({ kind: "incomplete", failures: poured.failures });
    writer.finish();
  } finally {
    rootFile.value.close();
  }
  const geometries = { usr: usrPlan.value.geometry, root: rootPlan.value.geometry };
  return ok({ kind: "made", manifest: manifest.bytes, ...geometries });
}

/** Bytes compressed between two collections of the buffers they came in. */
const collectEvery = 16 * 1024 * 1024;

/** Compresses the usr image; the bytes of the result. */
async function compress({ usrImage, usrLgz, signal }: VolumeRequest): Promise<Result<number>> {
  const from = openSync(usrImage, "r");
  const to = openSync(usrLgz, "wx", 0o600);
  try {
    const sink = guardedSink(usrLgz, to);
    const onProgress = (bytes: number): void => {
      if (bytes % collectEvery === 0) giveBackBuffers();
    };
    giveBackMemory();
    const done = await compressLofi(fileSource(from), sink, { signal, onProgress });
    return done.ok ? ok(done.value.bytes) : fail("cannot-write", done.failure.message);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}
