// Invariant: looks at the manifest alone, never at a disk; each line of it is blamed at most once a
// kind.
import type { ByteText } from "../../manifest/byte-text.ts";
import { fromText } from "../../manifest/byte-text.ts";
import type { ManifestEntry, OwnedEntry, PlacedLine } from "../../manifest/entry.ts";
import { typeNames } from "../../manifest/entry.ts";
import { parseLine } from "../../manifest/parse.ts";
import type { SortedManifest } from "../../manifest/sort.ts";
import type { Owners } from "../owners.ts";
import type { ImagePlan } from "../plan.ts";
import type { Delivered } from "./delivered.ts";
import { entriesOf, parentOf } from "./delivered.ts";
import type { Findings } from "./findings.ts";
import { volumeOf } from "./image-contents.ts";

/** Lines that the sorter or the parser could make nothing of. */
export function checkLines(
  lines: readonly PlacedLine[],
  manifest: SortedManifest,
  plan: ImagePlan,
  findings: Findings,
): void {
  for (const line of lines) {
    // The sorter removes a line of one word; the parser never sees it.
    if (!/^\s*[^\s#]\S*\s*$/.test(line.text)) continue;
    const message = `the line has one word, so the sorter removes it: ${line.text.trim()}`;
    findings.error("malformed-line", message, { lines: [line] });
  }
  for (const { malformed } of plan.refused) {
    const kind = malformed.kind === "mode" ? "bad-mode" : "malformed-line";
    const message = `${fromText(malformed.reason)}: ${malformed.text}`;
    findings.error(kind, message, { lines: [malformed] });
  }
  for (const line of manifest.lines) {
    for (const replaced of line.replaced) checkReplaced(line, replaced, findings);
  }
}

/** Of lines with one key the sorter keeps the last; whether that loses anything is to be said. */
function checkReplaced(line: PlacedLine, replaced: PlacedLine, findings: Findings): void {
  const [kept, lost] = [line, replaced].map((each) => parseLine(each.text, each));
  if (kept === undefined || !("entry" in kept)) return;
  const { path, type } = kept.entry;
  const subject = { path, lines: [line, replaced] };
  if (
    lost === undefined ||
    !("entry" in lost) ||
    propertiesOf(lost.entry) !== propertiesOf(kept.entry)
  ) {
    findings.warning(
      "conflict",
      `${path}: \`${line.text}\` counts, not \`${replaced.text}\``,
      subject,
    );
    return;
  }
  // Every component names the directories it needs: that says nothing new, and loses nothing.
  if (type !== "d") findings.warning("duplicate", `${path}: \`${line.text}\``, subject);
}

function propertiesOf(entry: ManifestEntry): ByteText {
  return "target" in entry
    ? `${entry.type} ${entry.target}`
    : `${entry.type} ${entry.mode} ${entry.user} ${entry.group}`;
}

/** Paths that more than one line delivers under different keys of the sorter. */
export function checkClashes({ byPath }: Delivered, findings: Findings): void {
  for (const [path, entries] of byPath) {
    const [first, ...others] = entries;
    if (first === undefined) continue;
    for (const other of others) {
      const subject = { path, lines: [first, other] };
      const texts = `\`${first.text}\` and \`${other.text}\``;
      if (first.type !== other.type) {
        const types = `both a ${typeNames[first.type]} and a ${typeNames[other.type]}`;
        findings.error("type-clash", `${path} is ${types}: ${texts}`, subject);
      } else if (first.type !== "d") {
        findings.error("conflict", `${path} is delivered twice: ${texts}`, subject);
      } else if (propertiesOf(first) !== propertiesOf(other)) {
        findings.warning(
          "conflict",
          `${path}: \`${first.text}\` counts, not \`${other.text}\``,
          subject,
        );
      }
    }
  }
}

/** Directories that entries stand in and no line delivers; one finding a directory. */
export function checkParents(plan: ImagePlan, { byPath }: Delivered, findings: Findings): void {
  const orphans = new Map<ByteText, ManifestEntry[]>();
  for (const entry of entriesOf(plan)) {
    const parent = parentOf(entry.path);
    if (parent === "" || byPath.get(parent)?.[0]?.type === "d") continue;
    const others = orphans.get(parent);
    if (others === undefined) orphans.set(parent, [entry]);
    else others.push(entry);
  }
  for (const [parent, entries] of orphans) {
    const [first] = entries;
    if (first === undefined) continue;
    const more = entries.length > 1 ? ` and ${entries.length - 1} more` : "";
    const stands = byPath.get(parent)?.[0];
    const what =
      stands === undefined ? "is not delivered" : `is a ${typeNames[stands.type]}, not a directory`;
    const lines = stands === undefined ? [first] : [first, stands];
    findings.error(
      "missing-parent",
      `${parent} ${what}, but ${first.path}${more} should be in it`,
      {
        path: parent,
        lines,
      },
    );
  }
}

/** Hard links whose file is not delivered, is a directory, or is the link itself. */
export function checkHardLinks(plan: ImagePlan, { byPath }: Delivered, findings: Findings): void {
  const placed = new Set<ManifestEntry>();
  for (const entry of plan.hardLinks) {
    const target = byPath.get(entry.target)?.[0];
    const subject = { path: entry.path, lines: [entry] };
    const link = `${entry.path} => ${entry.target}`;
    if (target === undefined) {
      findings.error("hard-link", `${link}: the file is not delivered`, subject);
    } else if (target.type === "d") {
      findings.error("hard-link", `${link}: that is a directory`, subject);
    } else if (target.type === "h" && !placed.has(target)) {
      findings.error("hard-link", `${link}: that is a hard link which is made later`, subject);
    } else if (volumeOf(entry.path) !== volumeOf(entry.target)) {
      findings.error(
        "hard-link",
        `${link}: one is in /usr, which is a file system of its own`,
        subject,
      );
    }
    placed.add(entry);
  }
}

/** Users and groups that the image's files do not have, one finding each; and odd modes. */
export function checkOwners(plan: ImagePlan, owners: Owners, findings: Findings): void {
  const unknown = new Map<string, OwnedEntry[]>();
  const note = (key: string, entry: OwnedEntry): void => {
    const others = unknown.get(key);
    if (others === undefined) unknown.set(key, [entry]);
    else others.push(entry);
  };
  for (const entry of [...plan.directories, ...plan.files]) {
    if (!owners.users.has(entry.user)) note(`user ${entry.user}`, entry);
    if (!owners.groups.has(entry.group)) note(`group ${entry.group}`, entry);
    const odd = oddMode(entry);
    if (odd === undefined) continue;
    const mode = entry.mode.toString(8).padStart(4, "0");
    const subject = { path: entry.path, lines: [entry] };
    findings.warning("odd-mode", `${entry.path}: ${mode} ${odd}`, subject);
  }
  for (const [key, entries] of unknown) {
    const [first] = entries;
    if (first === undefined) continue;
    const isUser = key.startsWith("user ");
    const file = fromText(`${owners.folder}/${isUser ? "passwd" : "group"}`);
    const more = entries.length > 1 ? ` and ${entries.length - 1} more` : "";
    const message = `${file} has no ${key}, whom ${first.path}${more} should belong to`;
    const subject = { path: first.path, lines: [first] };
    findings.warning(isUser ? "unknown-user" : "unknown-group", message, subject);
  }
}

/** What is odd about a mode that is octal all the same, e.g. one with a digit too few or too many. */
function oddMode({ type, mode }: OwnedEntry): string | undefined {
  if ((mode & 0o400) === 0 && (mode & 0o044) !== 0) {
    return "lets others read what its owner may not";
  }
  if (type === "d" && (mode & 0o4000) !== 0) return "makes a directory setuid, which means nothing";
  return undefined;
}
