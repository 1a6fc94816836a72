// Invariant: a size that the tree's own builder names is taken as it is; one that is chosen here is
// said to be chosen.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout } from "../workspace/probes.ts";

/** What decides the shape of one UFS image. */
export interface VolumeSize {
  /** KiB of the image file. */
  readonly kib: number;
  /** Bytes for each inode. */
  readonly density: number;
}

/** The two images of a platform; what nobody named is absent. */
export interface VolumeSizes {
  readonly root: Partial<VolumeSize>;
  readonly usr: Partial<VolumeSize>;
}

/** What the tree's tools/build_live says, and how that came about, for the log. */
export interface TreeSizes extends VolumeSizes {
  readonly remarks: readonly string[];
}

const patterns = {
  classic: {
    rootKib: /^\s*RSIZE=(\d+)/m,
    usrKib: /^\s*USIZE=(\d+)/m,
    rootDensity: /^\s*newfs\b.*-i\s+(\d+).*\$\{?lofidev/m,
    usrDensity: /^\s*newfs\b.*-i\s+(\d+).*\$\{?lofiusrdev/m,
  },
  modern: {
    rootKib: /^\s*bi_root_size=(\d+)/m,
    usrKib: /^\s*bi_create_ramdisk\s+(\d+)\s+"?\$\{?bi_file_usr/m,
    rootDensity: /^\s*bi_create_ufs\s+(\d+)\s+"?\$\{?bi_lofi_root/m,
    usrDensity: /^\s*bi_create_ufs\s+(\d+)\s+"?\$\{?bi_lofi_usr/m,
  },
} as const;

const debugExtra = /^\s*bi_root_size=\$\(\(\s*bi_root_size\s*\+\s*(\d+)\s*\)\)/m;

/**
 * Sizes (KiB) and densities of the tree's images as its tools/build_live has them, by the forms
 * that the two layouts use. A DEBUG kernel gets the extra space that the script gives it.
 */
export function readTreeSizes(root: string, layout: Layout): TreeSizes {
  let text: string;
  try {
    text = readFileSync(join(root, "tools/build_live"), "utf8");
  } catch {
    return { root: {}, usr: {}, remarks: ["tools/build_live cannot be read for the sizes."] };
  }
  const remarks: string[] = [];
  const number = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const of = patterns[layout];
  let rootKib = number(of.rootKib);
  const extra = number(debugExtra);
  if (rootKib !== undefined && extra !== undefined && isDebugKernel(root)) {
    rootKib += extra;
    remarks.push(`The kernel is a DEBUG one: the root image gets ${extra} KiB more.`);
  }
  const volume = (kib: number | undefined, density: number | undefined): Partial<VolumeSize> => ({
    ...(kib !== undefined && { kib }),
    ...(density !== undefined && { density }),
  });
  return {
    root: volume(rootKib, number(of.rootDensity)),
    usr: volume(number(of.usrKib), number(of.usrDensity)),
    remarks,
  };
}

function isDebugKernel(root: string): boolean {
  try {
    return readFileSync(join(root, "proto/kernel/amd64/genunix")).includes("DEBUG enabled");
  } catch {
    return false;
  }
}
