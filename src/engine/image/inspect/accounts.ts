// Invariant: names of users and groups are the image's own; what it has no name for is a number.
import { fromBytes, toText } from "../../manifest/byte-text.ts";
import type { MountedImage } from "./mounted-image.ts";
import { contentOf } from "./mounted-image.ts";

/** Names by id. */
export interface Accounts {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

/** Largest passwd that is read. */
const mostBytes = 4 * 1024 * 1024;

/** The users and groups of an image's own etc/passwd and etc/group; none where it has no such. */
export function accountsOf(tree: MountedImage): Accounts {
  return { users: readNames(tree, "etc/passwd"), groups: readNames(tree, "etc/group") };
}

function readNames(tree: MountedImage, path: string): Map<number, string> {
  const names = new Map<number, string>();
  const found = tree.find(path, true);
  if (found?.node.kind !== "file" || found.node.size > mostBytes) return names;
  const bytes = new Uint8Array(found.node.size);
  contentOf(found).read(bytes, 0);
  for (const row of fromBytes(bytes).split("\n")) {
    const [name = "", , id = ""] = row.split(":", 3);
    if (/^\d+$/.test(id) && !names.has(Number(id))) names.set(Number(id), toText(name));
  }
  return names;
}
