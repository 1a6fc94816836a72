// Invariant: one line an entry, in the order of the image; the same words filter here and on screen.
import { parseFilter } from "../engine/manifest/query-filter.ts";
import { entryStates, stateWords, type ShippedEntry } from "../engine/manifest/query.ts";
import { fail } from "../engine/result.ts";
import { columns, printable } from "./image-words.ts";
import { report, type Command } from "./io.ts";
import { modeOf, ownerText, readTree, readWords, tellRemarks } from "./manifest-words.ts";
import { rootOption, type Usage } from "./options.ts";

export const manifestLsUsage: Usage = {
  synopsis: "manifest ls [PATTERN…]",
  summary:
    "Lists what ships: state, type, mode, owner, size, component, path. PATTERN is part of the path.",
  options: {
    ...rootOption,
    state: { type: "string", value: "STATE", help: `only these: ${entryStates.join(", ")}` },
    component: { type: "string", value: "NAME", help: "only what this component asks for" },
    undelivered: { type: "boolean", help: "also what is in the proto area and in no manifest" },
    json: { type: "boolean", help: "a JSON object a line" },
  },
  notes: [
    "PATTERN may be a term, too: type:f, owner:root:bin, state:failed, component:illumos; with a !",
    "before it, it lists what does not fit.",
  ],
};

/** `smartbuild manifest ls` */
export const manifestLs: Command = async (argv, io) => {
  const parsed = readWords(argv, manifestLsUsage, 0, io);
  if (typeof parsed === "number") return parsed;
  const { flags, values, words } = parsed;
  const terms = ["state", "component"].flatMap((term) => {
    const value = values.get(term);
    return value === undefined ? [] : [`${term}:${value}`];
  });
  const filter = parseFilter([...terms, ...words].join(" "));
  if (filter.fault !== undefined) return report(io, fail("usage", filter.fault).failure);
  const read = await readTree(io, parsed);
  if (!read.ok) return report(io, read.failure);
  const { shipped, workspace } = read.value;
  let entries = shipped.entries;
  if (flags.has("undelivered") || values.get("state")?.startsWith("undel") === true) {
    const { findUndelivered } = await import("../engine/image/shipped/undelivered.ts");
    entries = [...entries, ...(await findUndelivered(workspace.root, shipped))];
  }
  const found = entries.filter(filter.matches);
  tellRemarks(io, shipped);
  const lines = flags.has("json") ? found.map(jsonLine) : textLines(found);
  io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  if (!flags.has("json")) {
    io.stderr.write(`${found.length} of ${shipped.entries.length} entries\n`);
  }
  return 0;
};

function textLines(entries: readonly ShippedEntry[]): string[] {
  const rows = entries.map((entry) => {
    const { state, type, size, component, path, target } = entry;
    const shown = target === undefined ? path : `${path} => ${target}`;
    const bytes = type === "f" ? (size?.toString() ?? "-") : "";
    return [
      ...[stateWords[state], type, modeOf(entry), ownerText(entry), bytes],
      ...[component, printable(shown)],
    ];
  });
  return columns(rows, "<<<<><<");
}

function jsonLine(entry: ShippedEntry): string {
  const { mode, lines } = entry;
  return JSON.stringify({
    ...entry,
    mode: mode === undefined ? undefined : modeOf(entry),
    lines: lines.map(({ file, line }) => ({ file, line })),
  });
}
