// Invariant: a small disk is a real file system, seen by this process and its children alone or
// unmounted when its test ends; who may not mount is told so.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { TestContext } from "node:test";

/** Mounts a disk of so many megabytes at a folder, which is made; false when this user may not. */
export function mountSmallDisk(path: string, megabytes: number): boolean {
  mkdirSync(path, { recursive: true });
  const size = `size=${String(megabytes)}m`;
  return spawnSync("mount", ["-t", "tmpfs", "-o", size, "none", path]).status === 0;
}

/** Makes the disk at a path read-only, or writable again. */
export function remount(path: string, mode: "ro" | "rw"): boolean {
  return spawnSync("mount", ["-o", `remount,${mode}`, path]).status === 0;
}

/** Fills the disk at a folder to the last byte; returns the path of the file that does it. */
export function fillDisk(path: string): string {
  spawnSync("sh", ["-c", "cat /dev/zero > filler 2>/dev/null"], { cwd: path });
  return `${path}/filler`;
}

export function unmount(path: string): void {
  spawnSync("umount", ["-l", path]);
}

/**
 * Does something with a small disk at a folder, which is unmounted afterwards whatever still uses it.
 * Skips the test with a word, and returns false, where this user may not mount.
 */
export async function withSmallDisk(
  t: TestContext,
  path: string,
  megabytes: number,
  work: () => Promise<void>,
): Promise<boolean> {
  if (!mountSmallDisk(path, megabytes)) {
    t.skip("only root can mount the small disk this needs");
    return false;
  }
  try {
    await work();
    return true;
  } finally {
    unmount(path);
  }
}
