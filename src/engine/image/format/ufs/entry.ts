// Invariant: an entry says all that an image needs to know of a name before any content is read.

/** Owner, permissions and time of what has an inode. */
export interface UfsOwned {
  /** From the image's root, without a leading slash; bytes in a latin1 string. "" is the root. */
  readonly path: string;
  /** Permissions, setuid, setgid and sticky: the low twelve bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970; the image's own time when absent. */
  readonly mtime?: number;
}

/** A name in the image. Entries may come in any order; each needs its directory as an entry. */
export type UfsEntry =
  | (UfsOwned & { readonly type: "directory" })
  /** `size`: bytes of the content, which is given later. */
  | (UfsOwned & { readonly type: "file"; readonly size: number })
  /** `target`: bytes in a latin1 string; kept as they are. */
  | (UfsOwned & { readonly type: "symlink"; readonly target: string })
  /** One more name of the file or symlink that stands at the path `target`. */
  | { readonly type: "hardlink"; readonly path: string; readonly target: string };

/** Why an entry cannot stand in any image, whatever its size. */
export type UfsProblemKind =
  | "bad-path"
  | "long-name"
  | "duplicate"
  | "no-parent"
  | "parent-not-directory"
  | "bad-attributes"
  | "large-file"
  | "bad-target"
  | "no-link-target"
  | "too-many-links";

/** One entry that cannot stand in the image. */
export interface UfsProblem {
  readonly kind: UfsProblemKind;
  /** As the entry has it. */
  readonly path: string;
  /** The rest of a sentence that begins with the path. */
  readonly text: string;
}
