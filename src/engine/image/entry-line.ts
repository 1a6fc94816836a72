// Invariant: exactly the lines that the tree's builder prints (printf formats of builder.c), with
// the reason added in parentheses where an entry FAILED for another one than that it is missing.
import type { ByteText } from "../manifest/byte-text.ts";
import { fromText } from "../manifest/byte-text.ts";
import type { LinkEntry, OwnedEntry } from "../manifest/entry.ts";
import { typeNames } from "../manifest/entry.ts";
import type { UnknownOwner } from "./owners.ts";
import type { RefusedLine } from "./plan.ts";

/** How an entry went: its status is what stands after the colon. */
export type EntryStatus =
  { readonly ok: true; readonly dir?: string } | { readonly ok: false; readonly reason?: ByteText };

function statusText(status: EntryStatus): ByteText {
  if (status.ok) return status.dir === undefined ? "OK" : `OK (${fromText(status.dir)})`;
  return status.reason === undefined ? "FAILED" : `FAILED (${status.reason})`;
}

/** `DIR: [path][mode][user/uid][group/gid]: …`, `FILE: …`; an unknown id is -1. */
export function ownedLine(
  entry: OwnedEntry,
  ids: { readonly uid: number; readonly gid: number },
  status: EntryStatus,
): ByteText {
  const label = entry.type === "d" ? "DIR" : "FILE";
  const mode = entry.mode.toString(8).padStart(4, "0");
  const owner = `[${entry.user}/${ids.uid}][${entry.group}/${ids.gid}]`;
  return `${label}: [${entry.written}][${mode}]${owner}: ${statusText(status)}`;
}

/** `LINK(symlink): new => target: …`, `LINK(link): …`. */
export function linkLine(entry: LinkEntry, status: EntryStatus): ByteText {
  const equals = entry.written.indexOf("=");
  const names = `${entry.written.slice(0, equals)} => ${entry.written.slice(equals + 1)}`;
  return `LINK(${typeNames[entry.type]}): ${names}: ${statusText(status)}`;
}

/** What builder says of a line it cannot read; for modes and paths it has no words of its own. */
export function refusedLine({ malformed, sortedLine }: RefusedLine): ByteText {
  const { kind, type = "f", text } = malformed;
  const where = `on line[${sortedLine}]: ${text}`;
  switch (kind) {
    case "argument-count":
      return `Wrong number of arguments for ${typeNames[type]} ${where}`;
    case "entry-type":
      return `Invalid type (${text.charAt(0)}) ${where}`;
    case "link":
      return `invalid ${typeNames[type]} target: '${text.slice(1).trimStart()}'`;
    case "mode":
      return `Invalid mode ${where}`;
    case "path":
      return `Invalid path ${where}`;
  }
}

/** Who first names a user or group that the image's files do not have. `folder`: of those files. */
export function unknownOwnerLine(
  { kind, name, entry, count }: UnknownOwner,
  folder: string,
): ByteText {
  const where = `${entry.file}:${entry.line}: ${entry.path}`;
  const more = count > 1 ? ` and ${count - 1} more` : "";
  const file = fromText(`${folder}/${kind === "user" ? "passwd" : "group"}`);
  return `WARNING: ${file} has no ${kind} '${name}'; 0 is used (${where}${more})`;
}
