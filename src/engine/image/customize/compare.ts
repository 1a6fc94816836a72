// Invariant: a file whose bytes, type, mode and owners are as before is no change, however often it
// was written.
import { readFileSync } from "node:fs";
import type { ByteText } from "../../manifest/byte-text.ts";
import { compareBytes, pathIn } from "../../manifest/byte-text.ts";
import type { StagedChange, StagedEntry, StagedNode } from "./job.ts";
import { attributeText } from "./job.ts";
import type { RecordedEffects } from "./recorded-owners.ts";
import type { Seen } from "./stage.ts";

/** Both sides of a comparison. */
export interface Comparison {
  readonly image: string;
  readonly nodes: readonly StagedNode[];
  readonly before: ReadonlyMap<ByteText, Seen>;
  readonly after: ReadonlyMap<ByteText, Seen>;
  /** Where owners were recorded instead of set. */
  readonly recorded?: RecordedEffects;
}

/** The changes, in byte order of their paths; a string when there is what no image can hold. */
export function compareCopies(comparison: Comparison): StagedChange[] | string {
  const { after, before, nodes } = comparison;
  const known = new Map(nodes.map((node) => [node.path, node]));
  const changes: StagedChange[] = [];
  const owners = new Map<bigint, ByteText>();
  const paths = [...after.keys()].sort(compareBytes);
  // A name that was there keeps the file; new names of it become links to that one.
  const files = paths.filter((path) => ["file", "symlink"].includes(known.get(path)?.type ?? ""));
  for (const path of [...files, ...paths]) {
    const { stats } = after.get(path) ?? {};
    if (stats === undefined || stats.isDirectory() || stats.nlink < 2n) continue;
    if (!owners.has(stats.ino)) owners.set(stats.ino, path);
  }
  for (const path of paths) {
    const seen = after.get(path);
    if (seen === undefined) continue;
    const { stats } = seen;
    if (!stats.isDirectory() && !stats.isFile() && !stats.isSymbolicLink()) {
      return `${path} became neither a directory, a file nor a link, and an image holds nothing else`;
    }
    const node = known.get(path);
    const owner = stats.isDirectory() ? undefined : owners.get(stats.ino);
    const entry = entryOf(path, seen, node, owner, comparison);
    if (node === undefined) changes.push({ kind: "added", entry });
    else if (isOther(node, entry, comparison)) changes.push({ kind: "changed", entry });
    else if (entry.type !== "hardlink" && attributeText(entry) !== attributeText(node)) {
      changes.push({ kind: "attributes", entry, before: attributeText(node) });
    }
  }
  for (const path of [...before.keys()].sort(compareBytes)) {
    if (!after.has(path)) changes.push({ kind: "removed", path });
  }
  return changes;
}

function entryOf(
  path: ByteText,
  seen: Seen,
  node: StagedNode | undefined,
  owner: ByteText | undefined,
  { recorded, before }: Comparison,
): StagedEntry {
  const { stats, target } = seen;
  const isLink = owner !== undefined && owner !== path;
  const type = stats.isDirectory()
    ? "directory"
    : isLink
      ? "hardlink"
      : stats.isFile()
        ? "file"
        : "symlink";
  let mode = type === "symlink" ? 0o777 : seen.mode;
  let { uid, gid } = seen;
  if (recorded !== undefined) {
    const untouched = !recorded.modes.has(path) && before.get(path)?.mode === seen.mode;
    const same = node?.type === type || (node?.type === "hardlink" && type === "file");
    if (node !== undefined && same && untouched) mode = node.mode;
    uid = recorded.owners.get(path)?.uid ?? node?.uid ?? 0;
    gid = recorded.owners.get(path)?.gid ?? node?.gid ?? 0;
  }
  const to = isLink ? owner : target;
  const size = type === "file" ? Number(stats.size) : 0;
  return { path, type, mode, uid, gid, size, ...(to !== undefined && { target: to }) };
}

/** Whether something else stands there, or other bytes. */
function isOther(node: StagedNode, entry: StagedEntry, comparison: Comparison): boolean {
  const { image, before, after } = comparison;
  const { path } = entry;
  if (node.type !== entry.type) return true;
  if (entry.type === "symlink") return node.target !== entry.target;
  if (entry.type === "hardlink") {
    // It still is a name of the same file when both names lead to one inode.
    return after.get(node.target ?? "")?.stats.ino !== after.get(path)?.stats.ino;
  }
  if (entry.type === "directory") return false;
  const [old, now] = [before.get(path)?.stats, after.get(path)?.stats];
  if (old?.ino === now?.ino && old?.ctimeNs === now?.ctimeNs && old?.size === now?.size)
    return false;
  const original =
    node.source === undefined
      ? Buffer.from(node.base64 ?? "", "base64")
      : readFileSync(Buffer.from(node.source, "latin1"));
  return !original.equals(readFileSync(pathIn(image, path)));
}
