// Invariant: stdout gets the bytes of the files and nothing else.
import { once } from "node:events";
import { readable } from "../engine/image/format/bytes-io.ts";
import { contentOf, piecesOf } from "../engine/image/inspect/mounted-image.ts";
import type { Result } from "../engine/result.ts";
import { fail, ok } from "../engine/result.ts";
import type { ImageIo, Named } from "./image-words.ts";
import { readWords, shown, tellFailure, withNamed } from "./image-words.ts";
import type { Usage } from "./options.ts";

export const imageCatUsage: Usage = {
  synopsis: "image cat FILE:PATH…",
  summary: "Prints files of a boot archive or .lgz; links are followed inside the image.",
  options: { under: { type: "boolean", help: "the root image alone, with what is under /usr" } },
};

/** `smartbuild image cat` */
export async function imageCat(argv: readonly string[], io: ImageIo): Promise<number> {
  const parsed = readWords(argv, imageCatUsage, [1, Infinity], io);
  if (typeof parsed === "number") return parsed;
  let exitCode = 0;
  for (const word of parsed.words) {
    const bare = parsed.flags.has("under");
    const written = await withNamed(word, io, { bare }, (named) => print(named, io));
    if (!written.ok) exitCode = tellFailure(io, written.failure);
  }
  return exitCode;
}

async function print({ image, found }: Named, { stdout }: ImageIo): Promise<Result<number>> {
  const { node, path } = found;
  if (node.kind !== "file") {
    return fail("bad-input", `${image.file}: ${shown(path) || "/"} is a ${node.kind}, not a file.`);
  }
  const pieces = piecesOf(contentOf(found));
  for (;;) {
    // Copied: the stream may still hold one piece while the next is read.
    const piece = readable(image.file, () => {
      const { value } = pieces.next() as { value?: Uint8Array };
      return value === undefined ? undefined : Buffer.from(value);
    });
    if (!piece.ok) return piece;
    if (piece.value === undefined) return ok(node.size);
    if (!stdout.write(piece.value)) await once(stdout, "drain");
  }
}
