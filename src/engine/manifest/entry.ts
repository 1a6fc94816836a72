// Invariant: an entry is one well-formed manifest line; its path is relative, without empty, `.`
// or `..` components, and its place (file and line) is never lost.
import type { ByteText } from "./byte-text.ts";

/** d: directory, f: file, s: symbolic link, h: hard link. */
export type EntryType = "d" | "f" | "s" | "h";

/** Where a manifest line stands. */
export interface Place {
  /** As given by the caller: a file name in manifest.d, or a path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** A line of a manifest: its place, and its text without the blanks around it. */
export interface PlacedLine extends Place {
  readonly text: ByteText;
}

/** `d path mode user group` or `f path mode user group`. */
export interface OwnedEntry extends PlacedLine {
  readonly type: "d" | "f";
  readonly path: ByteText;
  /** The path as written, e.g. with a trailing slash. */
  readonly written: ByteText;
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number;
  readonly user: ByteText;
  readonly group: ByteText;
}

/** `s new=target` or `h new=existing`. */
export interface LinkEntry extends PlacedLine {
  readonly type: "s" | "h";
  readonly path: ByteText;
  readonly written: ByteText;
  /** s: the text of the link, never looked at. h: a path relative to the root of the image. */
  readonly target: ByteText;
}

export type ManifestEntry = OwnedEntry | LinkEntry;

/** What is wrong with a line that is no entry. */
export type MalformedKind = "argument-count" | "entry-type" | "mode" | "link" | "path";

/** A line that is neither an entry, nor a comment, nor blank. */
export interface MalformedLine extends PlacedLine {
  readonly kind: MalformedKind;
  /** The type the line claims, where it is a known one. */
  readonly type?: EntryType;
  /** What is wrong, in plain words, without place. */
  readonly reason: string;
}

/** What the type letters stand for, in the words of the tree's builder. */
export const typeNames: Readonly<Record<EntryType, string>> = {
  d: "directory",
  f: "file",
  s: "symlink",
  h: "link",
};
