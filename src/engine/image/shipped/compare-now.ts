// Invariant: contents are read only where neither size nor time of last change tells them apart.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { fromText, pathIn } from "../../manifest/byte-text.ts";
import {
  compareDelivered,
  type Comparison,
  type DeliveredEntry,
} from "../../manifest/query-diff.ts";
import type { Shipped } from "../../manifest/query.ts";
import { deliveredEntries } from "./keep-delivered.ts";
import { inSlices } from "./slices.ts";

/**
 * Compares what an earlier image got with what ships now. Files of the same size that changed since
 * are read for their MD5, with pauses; `onProgress` gets the share of them, 0 to 1.
 */
export async function compareNow(
  root: string,
  before: readonly DeliveredEntry[],
  shipped: Shipped,
  onProgress: (share: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Comparison> {
  const earlier = new Map(before.map((entry) => [entry.path, entry]));
  const sources = new Map(shipped.entries.map(({ path, source }) => [path, source]));
  const now = [...deliveredEntries(shipped)];
  const doubtful = now.flatMap((entry, index) => {
    const old = earlier.get(entry.path);
    return isDoubtful(old, entry) ? [index] : [];
  });
  let done = 0;
  await inSlices(
    doubtful,
    async (index) => {
      const entry = now[index];
      const source = entry === undefined ? undefined : sources.get(entry.path);
      if (entry === undefined || source === undefined) return;
      const md5 = await sumOf(pathIn(join(root, source), fromText(entry.path)));
      if (md5 !== undefined) now[index] = { ...entry, md5 };
      onProgress(++done / doubtful.length);
    },
    signal,
  );
  return compareDelivered(before, now);
}

function isDoubtful(old: DeliveredEntry | undefined, entry: DeliveredEntry): boolean {
  if (old?.type !== "f" || entry.type !== "f" || old.md5 === undefined) return false;
  return old.size === entry.size && old.modified !== entry.modified;
}

/** Undefined when the file cannot be read. */
async function sumOf(path: string | Buffer): Promise<string | undefined> {
  try {
    const file = await open(path);
    const hash = createHash("md5");
    for await (const chunk of file.createReadStream()) hash.update(chunk as Buffer);
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}
