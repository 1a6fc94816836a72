// Invariant: calls take effect in the order in which they were made, on paths of the copy alone.
import { posix } from "node:path";
import type { ByteText } from "../../manifest/byte-text.ts";
import type { RecordedCall } from "./shims.ts";

/** What the recorded calls come to. */
export interface RecordedEffects {
  /** Owners by path ("" is the root), where a call set them. */
  readonly owners: ReadonlyMap<ByteText, { readonly uid?: number; readonly gid?: number }>;
  /** Paths whose mode a call set to what it is now. */
  readonly modes: ReadonlySet<ByteText>;
  /** Calls that could not be followed, for the log. */
  readonly remarks: readonly string[];
}

/** What is needed to follow the calls. */
export interface RecordContext {
  /** Folder of the copy, bytes. */
  readonly image: ByteText;
  /** Every path of the copy as it is now. */
  readonly paths: readonly ByteText[];
  readonly users: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
}

/** Follows recorded chown, chgrp and chmod calls. */
export function recordedEffects(
  calls: readonly RecordedCall[],
  { image, paths, users, groups }: RecordContext,
): RecordedEffects {
  const owners = new Map<ByteText, { uid?: number; gid?: number }>();
  const modes = new Set<ByteText>();
  const remarks: string[] = [];
  const all = new Set(["", ...paths]);
  const id = (names: Readonly<Record<string, number>>, name: string): number | undefined =>
    /^\d+$/.test(name) ? Number(name) : Object.hasOwn(names, name) ? names[name] : undefined;
  for (const { command, cwd, words } of calls) {
    const options = words.filter(
      (word) => /^-[A-Za-z-]+$/.test(word) && !/^-[rwxXst]+$/.test(word),
    );
    const [spec = "", ...targets] = words.filter((word) => !options.includes(word));
    const shown = `${command} ${words.join(" ")}`;
    const [userName = "", groupName] = command === "chgrp" ? ["", spec] : spec.split(/[:.]/, 2);
    const uid = userName === "" ? undefined : id(users, userName);
    const gid = groupName === undefined || groupName === "" ? undefined : id(groups, groupName);
    if (command !== "chmod" && uid === undefined && gid === undefined) {
      remarks.push(`not followed: ${shown}`);
      continue;
    }
    const recursive = options.some((option) => /^-[^-]*R|^--recursive$/.test(option));
    for (const target of targets) {
      const full = posix.resolve(cwd, target);
      const path = full === image ? "" : full.slice(image.length + 1);
      if (full !== image && !full.startsWith(`${image}/`)) {
        remarks.push(`outside the image: ${shown}`);
        continue;
      }
      if (!all.has(path)) {
        remarks.push(`nothing is at ${path}: ${shown}`);
        continue;
      }
      const below = recursive
        ? paths.filter((each) => path === "" || each.startsWith(`${path}/`))
        : [];
      for (const each of [path, ...below]) {
        if (command === "chmod") modes.add(each);
        else {
          owners.set(each, {
            ...owners.get(each),
            ...(uid !== undefined && { uid }),
            ...(gid !== undefined && { gid }),
          });
        }
      }
    }
  }
  return { owners, modes, remarks };
}
