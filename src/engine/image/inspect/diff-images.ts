// Invariant: two images differ when a system that runs them could see it: names, types, modes,
// owners, links and the bytes of files; never how those bytes are stored.
import type { ByteText } from "../../manifest/byte-text.ts";
import { compareBytes } from "../../manifest/byte-text.ts";
import type { Found, MountedImage } from "./mounted-image.ts";
import { contentOf, targetOf } from "./mounted-image.ts";

/** A difference at one path. */
export type Difference =
  | { readonly kind: "only-left" | "only-right"; readonly path: ByteText; readonly found: Found }
  | {
      readonly kind: "changed";
      readonly path: ByteText;
      /** e.g. `mode 0555 -> 0755`, `content`. */
      readonly changes: readonly ByteText[];
    };

/** A tree, or a part of one. */
export interface Side {
  readonly tree: MountedImage;
  readonly from: Found;
}

/**
 * What is different, in byte order of the paths (relative to each side's starting point). Times
 * are not looked at. `ignored`: paths that stand for what is compared otherwise.
 */
export function* diffImages(
  left: Side,
  right: Side,
  ignored: ReadonlySet<ByteText> = new Set(),
): Generator<Difference> {
  const [lefts, rights] = [pathsOf(left), pathsOf(right)];
  const paths = new Set([...lefts.keys(), ...rights.keys()]);
  for (const path of [...paths].sort(compareBytes)) {
    if (ignored.has(path)) continue;
    const [a, b] = [lefts.get(path), rights.get(path)];
    if (a === undefined && b !== undefined) yield { kind: "only-right", path, found: b };
    else if (b === undefined && a !== undefined) yield { kind: "only-left", path, found: a };
    else if (a !== undefined && b !== undefined) {
      const changes = changesBetween(a, b);
      if (changes.length > 0) yield { kind: "changed", path, changes };
    }
  }
}

function pathsOf({ tree, from }: Side): Map<ByteText, Found> {
  const found = new Map([["", from]]);
  const cut = from.path === "" ? 0 : from.path.length + 1;
  for (const each of tree.walk(from)) found.set(each.path.slice(cut), each);
  return found;
}

function changesBetween(left: Found, right: Found): ByteText[] {
  const [a, b] = [left.node, right.node];
  if (a.kind !== b.kind) return [`${a.kind} -> ${b.kind}`];
  const changes: ByteText[] = [];
  if (a.mode !== b.mode) changes.push(`mode ${octal(a.mode)} -> ${octal(b.mode)}`);
  if (a.uid !== b.uid || a.gid !== b.gid) {
    changes.push(`owner ${a.uid}:${a.gid} -> ${b.uid}:${b.gid}`);
  }
  const [from, to] = [targetOf(left), targetOf(right)];
  if (from !== to) changes.push(`link ${from ?? ""} -> ${to ?? ""}`);
  if (a.kind !== "file") return changes;
  if (a.size !== b.size) changes.push(`size ${a.size} -> ${b.size}`);
  else if (!sameContent(left, right)) changes.push("content");
  return changes;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

const pieceBytes = 1024 * 1024;

/** Whether two files of one size have the same bytes. */
export function sameContent(left: Found, right: Found): boolean {
  const [a, b] = [contentOf(left), contentOf(right)];
  if (a.size !== b.size) return false;
  const length = Math.min(pieceBytes, a.size);
  const [first, second] = [Buffer.alloc(length), Buffer.alloc(length)];
  for (let at = 0; at < a.size; at += length) {
    const count = Math.min(length, a.size - at);
    a.read(first.subarray(0, count), at);
    b.read(second.subarray(0, count), at);
    if (first.compare(second, 0, count, 0, count) !== 0) return false;
  }
  return true;
}
