// Invariant: a text is an entry only when it is one from its first character to its last; a name that
// contains FAILED says nothing about the outcome.

/** How an entry of the image went. */
export type EntryOutcome =
  /** `source`: the folder it was found in (real builders), or the file itself (as READMEs have it). */
  | { readonly kind: "ok"; readonly source?: string }
  /** `reason` where the log tells one; else the file was not found. */
  | { readonly kind: "failed"; readonly reason?: string }
  /** The builder ended while it was at this entry. */
  | { readonly kind: "unfinished" };

/** An owner as the image log writes it; an unknown name has the number -1. */
export interface EntryOwner {
  readonly name: string;
  readonly id: number;
}

/** What an image log says of one path. */
export type ImageEntry =
  | {
      readonly kind: "directory" | "file";
      readonly path: string;
      /** In octal digits, as written. */
      readonly mode: string;
      readonly user: EntryOwner;
      readonly group: EntryOwner;
      readonly outcome: EntryOutcome;
    }
  | {
      /** `link`: of the two kinds the log does not say which. */
      readonly kind: "symlink" | "hardlink" | "link";
      readonly path: string;
      readonly target: string;
      readonly outcome: EntryOutcome;
    };

/** How an entry begins; its path follows. */
export const entryStart = /^(?:(?:FILE|DIR): \[|LINK(?:\((?:symlink|link)\))?: )/;

const outcomeText = String.raw`(?:(OK)(?: \((.*)\))?|(FAILED)(?: \((.*)\))?)?`;
const owned = new RegExp(
  String.raw`^(FILE|DIR): \[(.+)\]\[([0-7]+)\]\[([^\][/]*)/(-?\d+)\]\[([^\][/]*)/(-?\d+)\]: ${outcomeText}$`,
);
const linked = new RegExp(String.raw`^LINK(?:\((symlink|link)\))?: (.+?) => (.+): ${outcomeText}$`);

/**
 * Reads an entry: `FILE: [path][mode][user/uid][group/gid]: OK (dir)` or `FAILED`, `DIR: …: OK`,
 * `LINK(symlink): new => target: OK`, `LINK(link): …` (printf formats of the trees' builder.c), and
 * `LINK: new => target: OK` as READMEs have it.
 *
 * @param line without newline; what it says of the outcome may be missing
 */
export function parseImageEntry(line: string): ImageEntry | undefined {
  if (!entryStart.test(line)) return undefined;
  const file = owned.exec(line);
  if (file !== null) {
    const [, kind, path = "", mode = "", user = "", uid, group = "", gid, ...rest] = file;
    return {
      kind: kind === "DIR" ? "directory" : "file",
      path,
      mode,
      user: { name: user, id: Number(uid) },
      group: { name: group, id: Number(gid) },
      outcome: outcomeOf(rest),
    };
  }
  const link = linked.exec(line);
  if (link === null) return undefined;
  const [, kind, path = "", target = "", ...rest] = link;
  return {
    kind: kind === undefined ? "link" : kind === "symlink" ? "symlink" : "hardlink",
    path,
    target,
    outcome: outcomeOf(rest),
  };
}

function outcomeOf([ok, source, failed, reason]: readonly (string | undefined)[]): EntryOutcome {
  if (ok !== undefined) return source === undefined ? { kind: "ok" } : { kind: "ok", source };
  if (failed === undefined) return { kind: "unfinished" };
  return reason === undefined ? { kind: "failed" } : { kind: "failed", reason };
}
