// Invariant: a record is used only when it lies inside its chunk.
import { UnreadableError } from "../bytes-io.ts";
import type { DirectoryName } from "./directory.ts";
import { directoryChunk, directoryRecord, rootInode } from "./layout.ts";

/** The names in a directory's content, without `.` and `..`; throws an UnreadableError. */
export function unpackDirectory(content: Uint8Array): DirectoryName[] {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const names: DirectoryName[] = [];
  for (let chunk = 0; chunk < bytes.length; chunk += directoryChunk) {
    const end = Math.min(chunk + directoryChunk, bytes.length);
    for (let at = chunk; at < end;) {
      if (at + directoryRecord.bytes > end) throw damaged(at);
      const { inode, recordBytes, nameBytes } = directoryRecord.read(bytes, at);
      const start = at + directoryRecord.bytes;
      if (recordBytes < directoryRecord.bytes || recordBytes % 4 !== 0 || at + recordBytes > end) {
        throw damaged(at);
      }
      if (inode !== 0) {
        if (inode < rootInode || nameBytes === 0 || start + nameBytes > at + recordBytes) {
          throw damaged(at);
        }
        const name = bytes.toString("latin1", start, start + nameBytes);
        if (name !== "." && name !== "..") names.push({ name, inode });
      }
      at += recordBytes;
    }
  }
  return names;
}

function damaged(at: number): UnreadableError {
  return new UnreadableError(`a directory is damaged at byte ${at}`);
}
