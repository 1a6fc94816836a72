// Invariant: a link is broken when what it leads to is neither there nor made later, by the image
// builder or by the running system.
import { readdirSync, readlinkSync } from "node:fs";
import type { ByteText } from "../../manifest/byte-text.ts";
import { fromBytes, pathIn } from "../../manifest/byte-text.ts";
import type { LinkEntry } from "../../manifest/entry.ts";
import type { ImagePlan } from "../plan.ts";
import type { Delivered } from "./delivered.ts";
import type { Findings } from "./findings.ts";
import type { PathNode, Resolved } from "./path-tree.ts";
import { PathTree } from "./path-tree.ts";
import { isMadeAtRunTime } from "./run-time-paths.ts";

/** A symbolic link found on disk. */
interface FoundLink {
  readonly path: ByteText;
  readonly target: ByteText;
}

/** Why a link leads nowhere; undefined when it does not, or cannot be told. */
function broken(resolved: Resolved, made: ReadonlySet<ByteText>): ByteText | undefined {
  switch (resolved.kind) {
    case "found":
      return undefined;
    case "loop":
      return "it goes round in circles";
    case "missing":
      return isMadeAtRunTime(resolved.wanted) || made.has(resolved.wanted)
        ? undefined
        : `there is no ${resolved.path}`;
  }
}

/** Symbolic links of the manifest that lead nowhere in the image. `made`: by the image builder. */
export function checkDangling(
  plan: ImagePlan,
  { tree }: Delivered,
  made: ReadonlySet<ByteText>,
  findings: Findings,
): void {
  for (const entry of plan.symlinks) {
    const reason = broken(tree.follow(entry.path, entry.target), made);
    if (reason === undefined) continue;
    const message = `${entry.path} => ${entry.target}: ${reason}`;
    findings.warning("dangling-link", message, { path: entry.path, lines: [entry] });
  }
}

/**
 * Symbolic links in the proto area that lead nowhere, delivered or not. What any search folder or
 * the manifest has counts as there.
 */
export function checkProtoLinks(
  proto: string,
  searchDirs: readonly string[],
  plan: ImagePlan,
  delivered: Delivered,
  made: ReadonlySet<ByteText>,
  findings: Findings,
): void {
  const tree = new PathTree();
  for (const [path, [entry]] of delivered.byPath) {
    if (entry !== undefined) tree.set(path, { kind: entry.type === "d" ? "directory" : "other" });
  }
  for (const dir of searchDirs) if (dir !== proto) walk(dir, tree);
  const links = walk(proto, tree);
  const entries = new Map<ByteText, LinkEntry>(plan.symlinks.map((entry) => [entry.path, entry]));
  for (const { path, target } of links) {
    const reason = broken(tree.follow(path, target), made);
    if (reason === undefined) continue;
    const entry = entries.get(path);
    const isDelivered = delivered.byPath.has(path);
    const delivery = isDelivered ? "delivered" : "not delivered";
    findings.warning("broken-proto-link", `proto/${path} => ${target}: ${reason} (${delivery})`, {
      path,
      ...(entry !== undefined && { lines: [entry] }),
    });
  }
}

/** Adds all that is in a folder to the tree; its symbolic links. What cannot be read is left out. */
function walk(dir: string, tree: PathTree): FoundLink[] {
  const links: FoundLink[] = [];
  const folders: ByteText[] = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of namesIn(dir, folder)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      let node: PathNode = { kind: "other" };
      if (entry.isDirectory()) {
        node = { kind: "directory" };
        folders.push(path);
      } else if (entry.isSymbolicLink()) {
        const target = linkText(dir, path);
        if (target === undefined) continue;
        node = { kind: "link", target };
        links.push({ path, target });
      }
      tree.set(path, node);
    }
  }
  return links;
}

function namesIn(dir: string, folder: ByteText) {
  try {
    return readdirSync(pathIn(dir, folder), { encoding: "latin1", withFileTypes: true });
  } catch {
    return [];
  }
}

function linkText(dir: string, path: ByteText): ByteText | undefined {
  try {
    return fromBytes(readlinkSync(pathIn(dir, path), { encoding: "buffer" }));
  } catch {
    return undefined;
  }
}
