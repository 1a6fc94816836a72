// Invariant: only a file's headers and tables are read.
import { isElf, readElf, type ElfInfo } from "../image/format/elf/reader.ts";
import type { PlatformEntry } from "./platform.ts";

/** What an object file says of itself. A damaged one is none: the run-time linker would not take it either. */
export function elfOf(entry: PlatformEntry): ElfInfo | undefined {
  if (entry.type !== "f") return undefined;
  const content = entry.open();
  if (content === undefined) return undefined;
  try {
    const start = new Uint8Array(Math.min(4, content.source.size));
    content.source.read(start, 0);
    if (!isElf(start)) return undefined;
    const read = readElf(content.source, entry.path);
    return read.ok ? read.value : undefined;
  } finally {
    content.close();
  }
}
