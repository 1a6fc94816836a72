// Invariant: shows what the image says, in its own names of users and groups; reads no contents.
import type { Accounts } from "../engine/image/inspect/accounts.ts";
import { accountsOf } from "../engine/image/inspect/accounts.ts";
import type { NodeKind } from "../engine/image/inspect/file-system.ts";
import type { Found } from "../engine/image/inspect/mounted-image.ts";
import { targetOf } from "../engine/image/inspect/mounted-image.ts";
import { toText } from "../engine/manifest/byte-text.ts";
import { ok } from "../engine/result.ts";
import type { ImageIo, Named } from "./image-words.ts";
import { columns, readWords, shown, tellFailure, withNamed } from "./image-words.ts";
import type { Usage } from "./options.ts";

export const imageLsUsage: Usage = {
  synopsis: "image ls FILE[:PATH]",
  summary: "Lists a folder of a boot archive or .lgz; /usr is the nested file system.",
  options: {
    recursive: { type: "boolean", short: "R", help: "everything below it, too" },
    under: { type: "boolean", help: "the root image alone, with what is under /usr" },
    json: { type: "boolean", help: "a JSON object a line" },
  },
};

/** `smartbuild image ls` */
export async function imageLs(argv: readonly string[], io: ImageIo): Promise<number> {
  const parsed = readWords(argv, imageLsUsage, [1, 1], io);
  if (typeof parsed === "number") return parsed;
  const { flags, words } = parsed;
  const listed = await withNamed(words[0] ?? "", io, { bare: flags.has("under") }, (named) => {
    const accounts = accountsOf(named.tree);
    const entries = entriesOf(named, flags.has("recursive"));
    return ok(flags.has("json") ? jsonLines(entries, accounts) : textLines(entries, accounts));
  });
  if (!listed.ok) return tellFailure(io, listed.failure);
  io.stdout.write(listed.value.map((line) => `${line}\n`).join(""));
  return 0;
}

function entriesOf({ tree, found }: Named, recursive: boolean): Found[] {
  if (found.node.kind !== "directory") return [found];
  return recursive ? [...tree.walk(found)] : tree.children(found);
}

const letters: Readonly<Record<NodeKind, string>> = {
  ...{ directory: "d", file: "-", symlink: "l", other: "?" },
};

/** `drwxr-xr-x`, with s, t, S and T as ls has them. */
export function modeText(kind: NodeKind, mode: number): string {
  const bits = [0o400, 0o200, 0o100, 0o040, 0o020, 0o010, 0o004, 0o002, 0o001];
  const text = [...bits.map((bit, index) => ((mode & bit) === 0 ? "-" : ("rwx"[index % 3] ?? "")))];
  const special = [
    [0o4000, 2, "s"],
    [0o2000, 5, "s"],
    [0o1000, 8, "t"],
  ] as const;
  for (const [bit, index, letter] of special) {
    if ((mode & bit) !== 0) text[index] = text[index] === "x" ? letter : letter.toUpperCase();
  }
  return letters[kind] + text.join("");
}

function textLines(entries: readonly Found[], { users, groups }: Accounts): string[] {
  const rows = entries.map((found) => {
    const { kind, mode, links, uid, gid, size, modified } = found.node;
    const target = targetOf(found);
    return [
      modeText(kind, mode),
      String(links),
      users.get(uid) ?? String(uid),
      groups.get(gid) ?? String(gid),
      String(size),
      new Date(modified * 1000).toISOString().slice(0, 16).replace("T", " "),
      shown(found.path) + (target === undefined ? "" : ` -> ${shown(target)}`),
    ];
  });
  return columns(rows, "<><<><<");
}

function jsonLines(entries: readonly Found[], { users, groups }: Accounts): string[] {
  return entries.map((found) => {
    const { kind, mode, links, uid, gid, size, modified, inode } = found.node;
    const target = targetOf(found);
    return JSON.stringify({
      ...{ path: toText(found.path), kind, mode: mode.toString(8).padStart(4, "0") },
      ...{ uid, gid, user: users.get(uid), group: groups.get(gid), size, links, modified, inode },
      ...(target !== undefined && { target: toText(target) }),
    });
  });
}
