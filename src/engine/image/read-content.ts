// Invariant: for the few small files that are looked into before the image is written.
import { readFileSync } from "node:fs";
import type { Content } from "./image-tree.ts";

/** All bytes of a file of the image. Throws system errors. */
export function readContent(content: Content): Uint8Array {
  return content.kind === "bytes" ? content.bytes : readFileSync(content.path);
}
