// Invariant: rows add up to the last line; what ships is counted once.
import { sizesByComponent, sizesByFolder, totalBytes } from "../engine/manifest/query-sizes.ts";
import { fail } from "../engine/result.ts";
import { columns, printable } from "./image-words.ts";
import { report, type Command } from "./io.ts";
import { readTree, readWords, tellRemarks } from "./manifest-words.ts";
import { rootOption, type Usage } from "./options.ts";

export const manifestDuUsage: Usage = {
  synopsis: "manifest du",
  summary: "Says how many entries and bytes each component, or folder, ships; largest first.",
  options: {
    ...rootOption,
    by: { type: "string", value: "WHAT", help: "component (default) or dir" },
    depth: { type: "string", value: "N", help: "parts of a folder's path that make a row (2)" },
    json: { type: "boolean", help: "a JSON object a line" },
  },
  notes: ["Bytes are those of the files, as they are; links and directories count as none."],
};

/** `smartbuild manifest du` */
export const manifestDu: Command = async (argv, io) => {
  const parsed = readWords(argv, manifestDuUsage, 0, io);
  if (typeof parsed === "number") return parsed;
  const by = parsed.values.get("by") ?? "component";
  const depth = parsed.values.get("depth") ?? "2";
  if (by !== "component" && by !== "dir") {
    return report(io, fail("usage", `--by is component or dir, not ${by}.`).failure);
  }
  if (!/^[1-9]\d?$/.test(depth)) {
    return report(io, fail("usage", `--depth is a number from 1, not ${depth}.`).failure);
  }
  const read = await readTree(io, parsed);
  if (!read.ok) return report(io, read.failure);
  const { entries } = read.value.shipped;
  const rows =
    by === "component" ? sizesByComponent(entries) : sizesByFolder(entries, Number(depth));
  tellRemarks(io, read.value.shipped);
  if (parsed.flags.has("json")) {
    io.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return 0;
  }
  const total = totalBytes(entries);
  const share = (bytes: number): string =>
    total === 0 ? "" : `${((100 * bytes) / total).toFixed(1)} %`;
  const lines = columns(
    [
      ["bytes", "share", "entries", by === "dir" ? "folder" : by],
      ...rows.map(({ bytes, entries: count, name }) => {
        return [String(bytes), share(bytes), String(count), printable(name)];
      }),
      [String(total), "", String(entries.length), "in all"],
    ],
    ">>><",
  );
  io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  return 0;
};
