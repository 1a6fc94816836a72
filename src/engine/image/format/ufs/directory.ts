// Invariant: records fill every chunk exactly and never cross into the next.
import { directoryChunk, directoryRecord, roundUp } from "./layout.ts";

/** A record: a name and the inode it stands for. */
export interface DirectoryName {
  /** Bytes in a latin1 string. */
  readonly name: string;
  readonly inode: number;
}

/** `.` and `..`, which begin every directory. */
const dotsBytes = 2 * recordBytes(1);

/** Bytes a record needs: header, name and its zero, in fours. */
function recordBytes(nameBytes: number): number {
  return directoryRecord.bytes + roundUp(nameBytes + 1, 4);
}

/** Bytes of a directory with names of these lengths, in this order, beside `.` and `..`. */
export function packedDirectoryBytes(nameLengths: Iterable<number>): number {
  let chunks = 1;
  let used = dotsBytes;
  for (const length of nameLengths) {
    const bytes = recordBytes(length);
    if (used + bytes > directoryChunk) {
      chunks++;
      used = 0;
    }
    used += bytes;
  }
  return chunks * directoryChunk;
}

/**
 * A directory's content in `bytes` bytes (at least packedDirectoryBytes, a multiple of 512): `.`
 * and `..`, then the names in order; what is over are empty chunks.
 */
export function packDirectory(
  self: number,
  parent: number,
  names: Iterable<DirectoryName>,
  bytes: number,
): Buffer {
  const content = Buffer.alloc(bytes);
  const put = (at: number, { inode, name }: DirectoryName, size: number): void => {
    const record = { inode, recordBytes: size, nameBytes: name.length };
    directoryRecord.write(record, content, at);
    content.write(name, at + directoryRecord.bytes, "latin1");
  };
  // The last record of a chunk is only written once it is known how much is left for it.
  let held: DirectoryName = { inode: parent, name: ".." };
  let heldAt = recordBytes(1);
  let end = dotsBytes;
  put(0, { inode: self, name: "." }, recordBytes(1));
  for (const next of names) {
    const size = recordBytes(next.name.length);
    const room = directoryChunk - (end % directoryChunk);
    const fits = end % directoryChunk !== 0 && size <= room;
    if (!fits) end = roundUp(end, directoryChunk);
    put(heldAt, held, end - heldAt);
    held = next;
    heldAt = end;
    end += size;
  }
  put(heldAt, held, roundUp(end, directoryChunk) - heldAt);
  for (let at = roundUp(end, directoryChunk); at < bytes; at += directoryChunk) {
    put(at, { inode: 0, name: "" }, directoryChunk);
  }
  return content;
}
