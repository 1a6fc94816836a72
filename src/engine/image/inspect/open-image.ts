// Invariant: what an image is, is told from its bytes, never from its name.
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../result.ts";
import { fail, ok } from "../../result.ts";
import type { ByteSource } from "../format/bytes-io.ts";
import { fileSource, readable } from "../format/bytes-io.ts";
import type { LofiImage } from "../format/lofi/reader.ts";
import { isLofi, openLofi } from "../format/lofi/reader.ts";
import type { UfsInfo } from "../format/ufs/read-super-block.ts";
import { openUfs } from "../format/ufs/reader.ts";
import { errorReason } from "../sources.ts";
import { isFile, isFolder } from "../../workspace/file-facts.ts";
import { MountedImage } from "./mounted-image.ts";
import { ufsFileSystem } from "./ufs-file-system.ts";

/** One file system of an opened image. */
export interface OpenVolume {
  readonly source: ByteSource;
  readonly info: UfsInfo;
  /** How it is compressed, if it is. */
  readonly compressed?: LofiImage;
}

/** An image file that was opened. */
export interface OpenImage {
  /** The file itself; of a platform folder its boot archive. */
  readonly file: string;
  readonly root: OpenVolume;
  /** The compressed file system in it, which is mounted at /usr. */
  readonly usr?: OpenVolume;
  readonly tree: MountedImage;
  /** The root image alone, as the boot sees it before /usr is mounted. */
  readonly bare: MountedImage;
  close(): void;
}

/** Where in a platform folder, or in a folder of builds, its boot archive is. */
const archives = ["i86pc/amd64/boot_archive", "platform-latest/i86pc/amd64/boot_archive"] as const;
const nestedPath = "usr.lgz";

const advice = "Name a boot_archive, a usr.lgz or a platform folder.";

/**
 * Opens a boot archive (UFS), a compressed file system (.lgz), or a platform folder that has a
 * boot archive. A usr.lgz in it is opened too. Fails when the file is something else or damaged.
 */
export function openImage(path: string): Result<OpenImage> {
  const file = archiveIn(path);
  if (file === undefined) {
    return fail("bad-input", `${path} is a folder without ${archives[0]}.`, advice);
  }
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    return fail("bad-input", `cannot read ${file}: ${errorReason(error)}`, advice);
  }
  const opened = openVolumes(file, fileSource(descriptor), () => {
    closeSync(descriptor);
  });
  if (!opened.ok) closeSync(descriptor);
  return opened;
}

function openVolumes(file: string, source: ByteSource, close: () => void): Result<OpenImage> {
  const root = openVolume(file, source);
  if (!root.ok) return root;
  const nested = readable(`${file}: ${nestedPath}`, () => {
    const found = root.value.bare.find(nestedPath, true);
    if (found?.node.kind !== "file") return undefined;
    return found.fileSystem.content(found.node);
  });
  if (!nested.ok) return nested;
  const { volume, bare } = root.value;
  if (nested.value === undefined) return ok({ file, root: volume, tree: bare, bare, close });
  const usr = openVolume(`${file}: ${nestedPath}`, nested.value);
  if (!usr.ok) return usr;
  const tree = new MountedImage(bare.root.fileSystem, usr.value.bare.root.fileSystem);
  return ok({ file, root: volume, usr: usr.value.volume, tree, bare, close });
}

interface OpenedVolume {
  readonly volume: OpenVolume;
  readonly bare: MountedImage;
}

function openVolume(name: string, stored: ByteSource): Result<OpenedVolume> {
  const compressed = readable(name, () => isLofi(stored));
  if (!compressed.ok) return compressed;
  let source = stored;
  let lofi: LofiImage | undefined;
  if (compressed.value) {
    const opened = openLofi(stored);
    if (!opened.ok) return named(name, opened);
    source = lofi = opened.value;
  }
  const ufs = openUfs(source);
  if (!ufs.ok) return named(name, ufs);
  const { info } = ufs.value;
  const volume = { source, info, ...(lofi !== undefined && { compressed: lofi }) };
  return readable(name, () => ({ volume, bare: new MountedImage(ufsFileSystem(ufs.value)) }));
}

function named(name: string, result: Extract<Result<never>, { ok: false }>) {
  return fail("bad-input", `${name}: ${result.failure.message}`, advice);
}

/** The file that a name stands for; undefined for a folder that has none. */
function archiveIn(path: string): string | undefined {
  if (!isFolder(path)) return path;
  return archives.map((name) => join(path, name)).find(isFile);
}
