// Invariant: nothing of the file that is given away for a try is left behind.
import { lchownSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * True when this system knows all of these ids as owners of a file. In a container whose user
 * namespace maps few ids chown(2) says EINVAL of all others, to its root and in fakeroot alike; to a
 * root that may not give files away it says EPERM, as it does to every ordinary user.
 *
 * @param folder where a file is made for the try
 * @param ids user and group ids of the image
 */
export function knowsIds(folder: string, ids: Iterable<number>): boolean {
  const path = join(folder, "owner");
  const isRoot = process.getuid?.() === 0;
  writeFileSync(path, "", { flag: "wx", mode: 0o600 });
  try {
    for (const id of new Set(ids)) {
      try {
        lchownSync(path, id, id);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "EINVAL" || (isRoot && code === "EPERM")) return false;
      }
    }
    return true;
  } finally {
    rmSync(path, { force: true });
  }
}
