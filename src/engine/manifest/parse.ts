// Invariant: every line of a manifest is an entry, a malformed line, a comment or blank; none is
// dropped without a word and none makes the parser throw.
import type { ByteText } from "./byte-text.ts";
import { toText } from "./byte-text.ts";
import type { EntryType, MalformedKind, MalformedLine, ManifestEntry, Place } from "./entry.ts";
import { typeNames } from "./entry.ts";

/** The blanks of C's isspace(), and of no other alphabet: a byte of UTF-8 is never one. */
const blanks = /[ \t\n\r\v\f]+/;

/** What one line is. `undefined`: a comment or blank. */
export type ParsedLine =
  { readonly entry: ManifestEntry } | { readonly malformed: MalformedLine } | undefined;

/** A whole manifest, in the order of its lines. */
export interface ParsedManifest {
  readonly entries: readonly ManifestEntry[];
  readonly malformed: readonly MalformedLine[];
}

function isEntryType(type: string): type is EntryType {
  return type === "d" || type === "f" || type === "s" || type === "h";
}

/** The path without empty and `.` components and trailing slash, or why it is refused. */
export function normalizePath(path: ByteText): { path: ByteText } | { refused: string } {
  if (path.startsWith("/"))
    return { refused: "the path must be relative to the root of the image" };
  if (path.includes("\0")) return { refused: "the path holds a NUL byte" };
  if (!path.includes("//") && !path.includes(".") && !path.endsWith("/")) return { path };
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return { refused: "the path climbs with `..`" };
  if (parts.length === 0) return { refused: "the path is empty" };
  return { path: parts.join("/") };
}

/**
 * One line of a manifest. The grammar is that of the tree's builder, `sscanf("%c %s %s %s %s")`:
 * `d|f path mode user group`, `s new=target`, `h new=existing`; read as strictly as its manifest
 * checkers do (exact number of fields, octal mode of 3 to 5 digits).
 */
export function parseLine(text: ByteText, { file, line }: Place): ParsedLine {
  const trimmed = text.replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, "");
  if (trimmed === "" || trimmed.startsWith("#")) return undefined;
  const place = { text: trimmed, file, line };
  const [type = "", written = "", modeText = "", user = "", group = "", ...rest] =
    trimmed.split(blanks);
  const refuse = (kind: MalformedKind, reason: string): ParsedLine => ({
    malformed: { ...place, kind, reason, ...(isEntryType(type) && { type }) },
  });
  if (!isEntryType(type)) {
    return refuse("entry-type", `the line starts with '${toText(type)}', not with d, f, s or h`);
  }
  const owned = type === "d" || type === "f";
  if (owned ? group === "" || rest.length > 0 : written === "" || modeText !== "") {
    const form = owned ? `${type} path mode user group` : `${type} new=target`;
    return refuse(
      "argument-count",
      `wrong number of arguments for ${typeNames[type]} (\`${form}\`)`,
    );
  }
  if (owned) {
    if (!/^[0-7]{3,5}$/.test(modeText) || Number.parseInt(modeText, 8) > 0o7777) {
      return refuse(
        "mode",
        `the mode '${toText(modeText)}' is not octal, 3 to 5 digits, up to 07777`,
      );
    }
    const normal = normalizePath(written);
    if ("refused" in normal) return refuse("path", normal.refused);
    if (type === "f" && written.endsWith("/")) return refuse("path", "a file ends in a slash");
    const mode = Number.parseInt(modeText, 8);
    return { entry: { type, path: normal.path, written, mode, user, group, ...place } };
  }
  const equals = written.indexOf("=");
  const target = written.slice(equals + 1);
  if (equals < 1 || target === "") {
    return refuse("link", `invalid ${typeNames[type]} target: write new=target`);
  }
  if (target.includes("\0")) return refuse("path", "the target holds a NUL byte");
  const normal = normalizePath(written.slice(0, equals));
  if ("refused" in normal) return refuse("path", normal.refused);
  if (type === "s") return { entry: { type, path: normal.path, written, target, ...place } };
  const existing = normalizePath(target);
  if ("refused" in existing) return refuse("path", `the link's target: ${existing.refused}`);
  return { entry: { type, path: normal.path, written, target: existing.path, ...place } };
}

/** All lines of a manifest; `file` is what the entries will say they come from. */
export function parseManifest(text: ByteText, file: string): ParsedManifest {
  const entries: ManifestEntry[] = [];
  const malformed: MalformedLine[] = [];
  text.split("\n").forEach((lineText, index) => {
    const parsed = parseLine(lineText, { file, line: index + 1 });
    if (parsed === undefined) return;
    if ("entry" in parsed) entries.push(parsed.entry);
    else malformed.push(parsed.malformed);
  });
  return { entries, malformed };
}
