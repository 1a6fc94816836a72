// Invariant: exits 0 when both sides ship the same, 1 when they differ, else as every failure does.
import { basename } from "node:path";
import { readDelivered } from "../engine/image/shipped/delivered-list.ts";
import { buildFolders } from "../engine/journal/builds.ts";
import {
  changeText,
  compareDelivered,
  type Comparison,
  type EntryChange,
} from "../engine/manifest/query-diff.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { columns, differs, printable } from "./image-words.ts";
import { report, type Command, type Io } from "./io.ts";
import { readTree, readWords } from "./manifest-words.ts";
import { rootOption, type Parsed, type Usage } from "./options.ts";

export const manifestDiffUsage: Usage = {
  synopsis: "manifest diff A [B]",
  summary:
    "Compares what build A shipped with build B, or with what ships now: entries, modes, owners, contents.",
  options: { ...rootOption, json: { type: "boolean", help: "a JSON object a line" } },
  notes: ["A and B are numbers or names of builds, or `now`. Exit codes: 0 no difference, 1 some."],
};

/** `smartbuild manifest diff` */
export const manifestDiff: Command = async (argv, io) => {
  const parsed = readWords(argv, manifestDiffUsage, 1, io);
  if (typeof parsed === "number") return parsed;
  const workspace = openWorkspace(io.cwd, parsed.values.get("root"));
  if (!workspace.ok) return report(io, workspace.failure);
  const [a = "", b = "now"] = parsed.words;
  const compared = await compare(io, parsed, workspace.value, a, b);
  if (!compared.ok) return report(io, compared.failure);
  const { changes } = compared.value;
  const lines = parsed.flags.has("json")
    ? changes.map((change) => JSON.stringify(change))
    : textLines(compared.value);
  io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  return changes.length === 0 ? 0 : differs;
};

async function compare(
  io: Io,
  parsed: Parsed,
  workspace: Workspace,
  a: string,
  b: string,
): Promise<Result<Comparison>> {
  if (a === "now") return fail("usage", "`now` comes second: manifest diff BUILD now.");
  const before = deliveredBy(workspace, a);
  if (!before.ok) return before;
  if (b === "now") {
    const { compareNow } = await import("../engine/image/shipped/compare-now.ts");
    const read = await readTree(io, parsed);
    if (!read.ok) return read;
    return ok(await compareNow(workspace.root, before.value, read.value.shipped));
  }
  const after = deliveredBy(workspace, b);
  return after.ok ? ok(compareDelivered(before.value, after.value)) : after;
}

/** What the build of this number or name shipped. */
function deliveredBy({ root, paths }: Workspace, name: string) {
  const folders = buildFolders(paths.smartbuildLog);
  const folder = folders.find((each) => {
    const own = basename(each);
    return own === name || (/^\d+$/.test(name) && Number(own.split("-")[0]) === Number(name));
  });
  if (folder !== undefined) return readDelivered(folder);
  const known = folders.slice(0, 5).map((each) => basename(each));
  const advice =
    known.length === 0 ? "Start with `smartbuild run`." : `There is ${known.join(", ")}.`;
  return fail("bad-input", `There is no build ${name} in ${root}.`, advice);
}

const signs = { added: "+", removed: "-", changed: "~" } as const;

function textLines({ changes, ...counts }: Comparison): string[] {
  const { added, removed, changed, bytesBefore, bytesAfter, unsure } = counts;
  const rows = changes.map((change) => [
    signs[change.kind],
    printable(change.path),
    printable(detailOf(change)),
  ]);
  const by = bytesAfter - bytesBefore;
  return [
    ...columns(rows, "<<<").map((line) => line.trimEnd()),
    `${added} added, ${removed} removed, ${changed} changed; ${bytesAfter} bytes (${by >= 0 ? "+" : ""}${by})`,
    ...(unsure === 0 ? [] : [`The contents of ${unsure} files could not be compared.`]),
  ];
}

function detailOf(change: EntryChange): string {
  switch (change.kind) {
    case "added":
      return sizeOf(change.after.size);
    case "removed":
      return sizeOf(change.before.size);
    case "changed":
      return changeText(change);
  }
}

function sizeOf(bytes: number | undefined): string {
  return bytes === undefined ? "" : `${bytes} bytes`;
}
