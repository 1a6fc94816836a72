// Invariant: exits 0 when the images hold the same, 1 when they differ, else as every failure does.
import type { ByteText } from "../engine/manifest/byte-text.ts";
import { toText } from "../engine/manifest/byte-text.ts";
import type { Difference } from "../engine/image/inspect/diff-images.ts";
import { diffImages } from "../engine/image/inspect/diff-images.ts";
import { ok } from "../engine/result.ts";
import type { ImageIo, Named } from "./image-words.ts";
import { columns, differs, readWords, shown, tellFailure, withNamed } from "./image-words.ts";
import type { Usage } from "./options.ts";

export const imageDiffUsage: Usage = {
  synopsis: "image diff FILE[:PATH] FILE[:PATH]",
  summary: "Compares what two images hold: names, types, modes, owners, links and contents.",
  options: {
    under: { type: "boolean", help: "the root images alone, with what is under /usr" },
    json: { type: "boolean", help: "a JSON object a line" },
  },
  notes: ["Times are not compared. Exit codes: 0 no difference, 1 some."],
};

/** `smartbuild image diff` */
export async function imageDiff(argv: readonly string[], io: ImageIo): Promise<number> {
  const parsed = readWords(argv, imageDiffUsage, [2, 2], io);
  if (typeof parsed === "number") return parsed;
  const { flags, words } = parsed;
  const [left = "", right = ""] = words;
  const how = { bare: flags.has("under") };
  const compared = await withNamed(left, io, how, (a) =>
    withNamed(right, io, how, (b) => ok(differences(a, b, how.bare))),
  );
  if (!compared.ok) return tellFailure(io, compared.failure);
  const found = compared.value;
  if (flags.has("json")) io.stdout.write(found.map((each) => `${jsonLine(each)}\n`).join(""));
  else io.stdout.write(textLines(found).join(""));
  return found.length === 0 ? 0 : differs;
}

function differences(left: Named, right: Named, bare: boolean): Difference[] {
  const both = left.image.usr !== undefined && right.image.usr !== undefined;
  // What is in it is compared itself, not how it is compressed.
  const ignored = new Set<ByteText>(both && !bare ? ["usr.lgz"] : []);
  return [
    ...diffImages(
      { tree: left.tree, from: left.found },
      { tree: right.tree, from: right.found },
      ignored,
    ),
  ];
}

function textLines(found: readonly Difference[]): string[] {
  if (found.length === 0) return ["no differences\n"];
  const counts = { "only-left": 0, "only-right": 0, changed: 0 };
  const rows = found.map((difference) => {
    counts[difference.kind]++;
    const path = shown(difference.path) || "/";
    switch (difference.kind) {
      case "only-left":
        return ["-", path, difference.found.node.kind];
      case "only-right":
        return ["+", path, difference.found.node.kind];
      case "changed":
        return ["~", path, difference.changes.map(shown).join(", ")];
    }
  });
  return [
    ...columns(rows, "<<<").map((line) => `${line}\n`),
    `${counts["only-left"]} only in the first, ${counts["only-right"]} only in the second, ${counts.changed} changed\n`,
  ];
}

function jsonLine(difference: Difference): string {
  const { kind } = difference;
  const path = toText(difference.path);
  return JSON.stringify(
    kind === "changed"
      ? { path, kind, changes: difference.changes.map(toText) }
      : { path, kind, type: difference.found.node.kind },
  );
}
