// Invariant: figures come from the super-blocks of the image; its files are not read.
import type { ImageFill } from "../../journal/events.ts";
import { openImage, type OpenVolume } from "./open-image.ts";

/** Room in a file system, as its super-block counts it. */
export interface VolumeRoom {
  /** Of the whole image. */
  readonly bytes: number;
  readonly usedBytes: number;
  readonly freeBytes: number;
  readonly inodes: number;
  readonly usedInodes: number;
}

/** How full one file system of an image is. */
export function volumeFill({ source, info }: OpenVolume): VolumeRoom {
  const { totals, fragmentBytes, blockBytes, dataFragments, groups, inodesPerGroup } = info;
  const freeBytes = totals.freeBlocks * blockBytes + totals.freeFragments * fragmentBytes;
  const inodes = groups * inodesPerGroup;
  return {
    bytes: source.size,
    usedBytes: dataFragments * fragmentBytes - freeBytes,
    freeBytes,
    inodes,
    usedInodes: inodes - totals.freeInodes,
  };
}

/**
 * How full the image in a platform folder is, its archive as an absolute path; undefined when there
 * is no image that can be read.
 */
export function imageFill(folder: string): ImageFill | undefined {
  const opened = openImage(folder);
  if (!opened.ok) return undefined;
  const image = opened.value;
  const { file, root, usr } = image;
  try {
    return {
      archive: file,
      bytes: root.compressed?.compressedBytes ?? root.source.size,
      volumes: [
        { name: "/", ...roomOf(root) },
        ...(usr === undefined ? [] : [{ name: "/usr", ...roomOf(usr) }]),
      ],
    };
  } finally {
    image.close();
  }
}

function roomOf(volume: OpenVolume): Omit<VolumeRoom, "freeBytes"> {
  const { bytes, usedBytes, inodes, usedInodes } = volumeFill(volume);
  return { bytes, usedBytes, inodes, usedInodes };
}
