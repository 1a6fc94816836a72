// Invariant: ids come from the tree's own passwd and group, never from the host's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { ByteText } from "../manifest/byte-text.ts";
import { fromBytes } from "../manifest/byte-text.ts";
import type { OwnedEntry } from "../manifest/entry.ts";
import type { Layout } from "../workspace/probes.ts";

/** Names and ids of an image's users and groups. */
export interface Owners {
  readonly users: ReadonlyMap<ByteText, number>;
  readonly groups: ReadonlyMap<ByteText, number>;
  /** The folder they were read from. */
  readonly folder: string;
}

/** A user or group that the image's files do not have. */
export interface UnknownOwner {
  readonly kind: "user" | "group";
  readonly name: ByteText;
  /** The first entry that names it. */
  readonly entry: OwnedEntry;
  readonly count: number;
}

/** Name and id of each row: passwd(5) and group(5) both have the name first and the id third. */
function readIds(path: string): Map<ByteText, number> {
  const ids = new Map<ByteText, number>();
  for (const row of fromBytes(readFileSync(path)).split("\n")) {
    const [name = "", , id = ""] = row.split(":", 3);
    if (name !== "" && /^\d+$/.test(id) && !ids.has(name)) ids.set(name, Number(id));
  }
  return ids;
}

/**
 * The users and groups of a tree: overlay/generic/etc in the classic layout, proto/etc in the
 * modern one (the places the tree's builder is compiled from).
 */
export function readOwners(root: string, layout: Layout): Result<Owners> {
  const folder = join(root, layout === "classic" ? "overlay/generic/etc" : "proto/etc");
  try {
    const users = readIds(join(folder, "passwd"));
    return ok({ users, groups: readIds(join(folder, "group")), folder });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const stage = layout === "classic" ? "Restore it in the overlay." : "Build the illumos stage.";
    return fail("bad-input", `cannot read the image's users and groups: ${reason}`, stage);
  }
}
