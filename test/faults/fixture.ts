// Invariant: every line a stage's child writes is first noted by a witness outside the build's
// folder, so that what the log should hold is known from another source than the log.
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { tinyTree, type TinyTree } from "../support/tiny-tree.ts";

/** The stages that have such a child; the others of the tree take no time. */
export const slowStages: readonly string[] = ["strap", "illumos", "src"];

/**
 * Writes numbered lines, each with a sum over all before it, to stdout and stderr in turn. A line
 * that the log refuses is taken back in the witness.
 */
const child = `#!/bin/bash
name=$1 lines=$2 sum=7
mark=\${SMARTBUILD_STAGE%/*}
witness=witness/\${mark##*/}.\${SMARTBUILD_STAGE##*/}
exec 9>>"witness/lock.$name"
flock -n 9 || echo "$name" >> witness/doubles
for ((i = 1; i <= lines; i++)); do
  sum=$(((sum * 31 + i) % 1000003))
  echo "$name $i $sum" >> "$witness"
  if ((i % 2)); then echo "$name $i $sum"; else echo "$name $i $sum" >&2; fi || echo "lost $i" >> "$witness"
  sleep 0.05 9>&-
done
echo "done $sum" >> "$witness"
`;

/** A tree whose three stages take about `seconds` each. */
export function faultTree(seconds: readonly [number, number, number]): TinyTree {
  const writes = (name: string, at: 0 | 1 | 2): string =>
    `./child.sh ${name} ${String(Math.round(seconds[at] * 17))}`;
  const tree = tinyTree({
    "0-extra-stamp": ["mkdir -p proto.strap", writes("strap", 0)],
    "0-illumos-stamp": [
      "mkdir -p proto/usr/bin proto/etc proto/platform/i86pc/kernel/amd64",
      "date -u +%Y%m%dT%H%M%SZ > proto/buildstamp",
      "echo hello > proto/usr/bin/hello; echo unix > proto/platform/i86pc/kernel/amd64/unix",
      "printf 'root:x:13817:0:99999:7:::\\n' > proto/etc/shadow",
      writes("illumos", 1),
    ],
    "0-livesrc-stamp": [writes("src", 2)],
  });
  tree.write("child.sh", child, 0o755);
  mkdirSync(join(tree.root, "witness"));
  return tree;
}

/** What a child has written in one attempt. */
export interface Witness {
  readonly lines: readonly string[];
  /** Lines the disk had no room for. */
  readonly lost: number;
  readonly isDone: boolean;
}

/** What the child of an attempt says it wrote; undefined when it never began. */
export function witnessOf(
  root: string,
  build: string,
  stage: string,
  attempt: number,
): Witness | undefined {
  let text: string;
  try {
    text = readFileSync(join(root, "witness", `${build}.${stage}.${String(attempt)}`), "latin1");
  } catch {
    return undefined;
  }
  const lines = text.split("\n").filter((line) => line !== "");
  const lost = new Set(
    lines.filter((line) => line.startsWith("lost ")).map((line) => Number(line.slice(5))),
  );
  return {
    lines: lines.filter((line, index) => line.startsWith(`${stage} `) && !lost.has(index + 1)),
    lost: lost.size,
    isDone: lines.some((line) => line.startsWith("done ")),
  };
}

/** Stages that ran twice at the same time; none in a sound build. */
export function doublesOf(root: string): string[] {
  return readdirSync(join(root, "witness")).includes("doubles")
    ? readFileSync(join(root, "witness/doubles"), "utf8").trim().split("\n")
    : [];
}
