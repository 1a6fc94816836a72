// Invariant: writes below the folder it is given and nowhere else.
import { resolve } from "node:path";
import { extractImage } from "../engine/image/inspect/extract.ts";
import type { ImageIo } from "./image-words.ts";
import { readWords, shown, tellFailure, withNamed } from "./image-words.ts";
import type { Usage } from "./options.ts";

export const imageExtractUsage: Usage = {
  synopsis: "image extract FILE[:PATH] DIR",
  summary: "Writes what is in a boot archive or .lgz into a folder.",
  options: {
    under: { type: "boolean", help: "the root image alone, with what is under /usr" },
    json: { type: "boolean", help: "counts as one JSON object" },
  },
  notes: [
    "Files become yours; modes (without setuid and setgid), times and links are kept. Nothing that",
    "is already there is overwritten, and nothing is written outside DIR.",
  ],
};

/** `smartbuild image extract` */
export async function imageExtract(argv: readonly string[], io: ImageIo): Promise<number> {
  const parsed = readWords(argv, imageExtractUsage, [2, 2], io);
  if (typeof parsed === "number") return parsed;
  const { flags, words } = parsed;
  const [name = "", target = ""] = words;
  const folder = resolve(io.cwd, target);
  const bare = flags.has("under");
  const extracted = await withNamed(name, io, { bare }, ({ tree, found }) =>
    extractImage(tree, found, folder),
  );
  if (!extracted.ok) return tellFailure(io, extracted.failure);
  const { directories, files, links, bytes, skipped } = extracted.value;
  if (flags.has("json")) {
    const names = skipped.map(shown);
    io.stdout.write(
      `${JSON.stringify({ version: 1, folder, directories, files, links, bytes, skipped: names })}\n`,
    );
    return 0;
  }
  io.stdout.write(
    `${folder}: ${directories} folders, ${files} files (${bytes} bytes), ${links} symbolic links\n`,
  );
  for (const path of skipped) io.stdout.write(`left out, neither file nor link: ${shown(path)}\n`);
  return 0;
}
