// Invariant: every kind of finding has one title and one piece of advice, both here; a kind without
// them does not compile.
import type { EntryPlace } from "../../manifest/provenance.ts";

/** What can be wrong with a manifest, the files it names, or the images made of them. */
export type FindingKind =
  | "malformed-line"
  | "bad-mode"
  | "missing-file"
  | "unusable-file"
  | "missing-parent"
  | "type-clash"
  | "conflict"
  | "duplicate"
  | "hard-link"
  | "beyond-limits"
  | "does-not-fit"
  | "may-not-fit"
  | "unknown-user"
  | "unknown-group"
  | "odd-mode"
  | "under-file"
  | "dangling-link"
  | "broken-proto-link";

/** error: the image would not be made, or not as the manifest says. warning: it would. */
export type Severity = "error" | "warning";

/** One thing that is wrong. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** The delivered path it is about; absent for a line that is no entry and for whole images. */
  readonly path?: string;
  /** What is wrong, without the places. */
  readonly message: string;
  /** The manifest lines to look at, the one that counts first. */
  readonly places: readonly EntryPlace[];
}

/** How a kind of finding is introduced, and what to do about it. */
export interface KindText {
  readonly title: string;
  readonly advice: string;
}

/** In the order in which they are shown. */
export const kindTexts: Readonly<Record<FindingKind, KindText>> = {
  "malformed-line": {
    title: "lines that are no entries",
    advice:
      "Mend or remove the line; write `d|f path mode user group`, `s new=target`, `h new=existing`.",
  },
  "bad-mode": { title: "bad modes", advice: "Write the mode in octal, e.g. 0555." },
  "missing-file": {
    title: "files that are not there",
    advice: "Build the component that makes the file, or take the line out of its manifest.",
  },
  "unusable-file": {
    title: "files that cannot be read",
    advice: "Look at the file's type and permissions.",
  },
  "missing-parent": {
    title: "entries in a directory that is not delivered",
    advice: "Add a `d` line for the directory.",
  },
  "type-clash": {
    title: "paths delivered as two different things",
    advice: "Keep one of the lines.",
  },
  conflict: {
    title: "entries that contradict each other",
    advice: "Keep one of the lines, or make them agree; where both may stay, the last one counts.",
  },
  duplicate: { title: "lines that are there twice", advice: "Keep one of the lines." },
  "hard-link": {
    title: "hard links to what is not there",
    advice: "Deliver the file that the link names, or take the link out.",
  },
  "beyond-limits": {
    title: "entries that no image can hold",
    advice: "Change the name, link, owner or file as the line says.",
  },
  "does-not-fit": {
    title: "images that are too small",
    advice:
      "Deliver less, or give the image more: --root-size KIB, --root-density BYTES (or --usr-…), smartbuild.image, or tools/build_live.",
  },
  "may-not-fit": {
    title: "images that may be too small",
    advice: "Nothing has to be done yet: the build itself counts again once /usr is compressed.",
  },
  "unknown-user": {
    title: "users that the image does not have",
    advice: "Add the user to the image's passwd, or name another one; until then 0 is used.",
  },
  "unknown-group": {
    title: "groups that the image does not have",
    advice: "Add the group to the image's group file, or name another one; until then 0 is used.",
  },
  "odd-mode": { title: "modes that look like mistakes", advice: "Check the digits of the mode." },
  "under-file": {
    title: "under-files that are not there",
    advice: "The boot needs them before /usr is mounted: deliver them.",
  },
  "dangling-link": {
    title: "symbolic links that lead nowhere in the image",
    advice: "Deliver the target, or take the link out.",
  },
  "broken-proto-link": {
    title: "symbolic links in the proto area that lead nowhere (usually a bug)",
    advice: "Look at the install rule of the component that makes the link.",
  },
};
