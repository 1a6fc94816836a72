// Invariant: of a file no more than its start is read.
import type { PlatformEntry } from "./platform.ts";

/** The first bytes of a file as text, one character a byte; undefined when it cannot be read. */
export function readStart(entry: PlatformEntry, most: number): string | undefined {
  const content = entry.open();
  if (content === undefined) return undefined;
  try {
    const bytes = Buffer.alloc(Math.min(most, content.source.size));
    content.source.read(bytes, 0);
    return bytes.toString("latin1");
  } finally {
    content.close();
  }
}
