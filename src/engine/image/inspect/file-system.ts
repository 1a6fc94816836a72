// Invariant: whoever looks into an image sees this, whatever format it has; nothing here can write.
import type { ByteText } from "../../manifest/byte-text.ts";
import type { ByteSource } from "../format/bytes-io.ts";

/** What can stand in an image; "other" is a device or a fifo. */
export type NodeKind = "directory" | "file" | "symlink" | "other";

/** What an image knows of one file, directory or link. */
export interface ImageNode {
  readonly inode: number;
  readonly kind: NodeKind;
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  /** Names that the node has. */
  readonly links: number;
  /** Seconds since 1970. */
  readonly modified: number;
}

/** A name in a directory, without `.` and `..`. */
export interface NamedNode {
  readonly name: ByteText;
  readonly node: ImageNode;
}

/** A file system in an image. Damage throws an UnreadableError. */
export interface FileSystem {
  readonly root: ImageNode;
  /** In byte order of the names. */
  children(directory: ImageNode): readonly NamedNode[];
  target(symlink: ImageNode): ByteText;
  content(file: ImageNode): ByteSource;
}
