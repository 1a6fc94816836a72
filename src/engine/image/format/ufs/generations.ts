// Invariant: the generation numbers of a file system depend on its number of inodes alone.
import { lostFoundInode, rootInode } from "./layout.ts";

const half = 2 ** 24;

/** The 31-bit numbers of POSIX lrand48 after srand48(seed); 48 bits kept as two halves. */
function lrand48(seed: number): () => number {
  const start = seed * 2 ** 16 + 0x330e;
  let high = Math.floor(start / half) % half;
  let low = start % half;
  return () => {
    const product = low * 0xece66d + 0xb;
    high = (high * 0xece66d + low * 0x5de + Math.floor(product / half)) % half;
    low = product % half;
    return high * 2 ** 7 + Math.floor(low / 2 ** 17);
  };
}

/** Any seed would do; with this one an empty file system is equal to one that mkfs was given it. */
const seed = 12962;

/**
 * Generation numbers of `count` inodes, drawn in the order of mkfs: every inode of every group,
 * then lost+found and the root again. None is 0.
 */
export function generations(count: number): Int32Array {
  const next = lrand48(seed);
  const drawn = new Int32Array(count);
  for (let inode = 0; inode < count; inode++) drawn[inode] = next() || 1;
  drawn[lostFoundInode] = next() || 1;
  drawn[rootInode] = next() || 1;
  return drawn;
}
