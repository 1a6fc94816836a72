// Invariant: everything that is known of one path, each fact in one place; exits 65 when no manifest
// names the path.
import { toText } from "../engine/manifest/byte-text.ts";
import { Originals, placeText } from "../engine/manifest/provenance.ts";
import { stateWords, type Shipped, type ShippedEntry } from "../engine/manifest/query.ts";
import { fail } from "../engine/result.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { printable } from "./image-words.ts";
import { report, type Command } from "./io.ts";
import { modeOf, ownerText, readTree, readWords, tellRemarks } from "./manifest-words.ts";
import { rootOption, type Usage } from "./options.ts";

export const manifestWhyUsage: Usage = {
  synopsis: "manifest why PATH",
  summary: "Says why a path ships: all lines that name it, the component, and where it comes from.",
  options: { ...rootOption, json: { type: "boolean", help: "one JSON object" } },
};

/** `smartbuild manifest why` */
export const manifestWhy: Command = async (argv, io) => {
  const parsed = readWords(argv, manifestWhyUsage, 1, io);
  if (typeof parsed === "number") return parsed;
  const read = await readTree(io, parsed);
  if (!read.ok) return report(io, read.failure);
  const { workspace } = read.value;
  const { withExtraInstallers } = await import("./extra-installers.ts");
  const shipped = await withExtraInstallers(workspace, read.value.shipped);
  const path = (parsed.words[0] ?? "").replace(/^\/+|\/+$/g, "");
  const entry = shipped.entries.find((each) => each.path === path);
  tellRemarks(io, shipped);
  if (entry === undefined) {
    return report(io, fail("bad-input", `No manifest names ${path}.`, near(path, shipped)).failure);
  }
  if (parsed.flags.has("json")) {
    const places = placesOf(entry, workspace);
    io.stdout.write(`${JSON.stringify({ ...entry, mode: modeOf(entry), lines: places })}\n`);
  } else {
    const lines = whyLines(entry, workspace);
    io.stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
  }
  return 0;
};

function placesOf({ lines }: ShippedEntry, { root, layout }: Workspace) {
  const originals = new Originals(root, layout);
  return lines.map((line) => ({ ...originals.find(line), text: toText(line.text) }));
}

function whyLines(entry: ShippedEntry, workspace: Workspace): string[] {
  const { path, type, target, size, states, component, source, shadows, findings, awaits } = entry;
  const kinds = { f: "file", d: "directory", s: "symbolic link", h: "hard link" } as const;
  const owner = target === undefined ? `${modeOf(entry)} ${ownerText(entry)}` : `to ${target}`;
  const by = component.includes("/") ? "  (it installed it, as the log of its build shows)" : "";
  const bytes = type === "f" && size !== undefined ? `, ${size} bytes` : "";
  const [counts, ...others] = placesOf(entry, workspace);
  const left = findings.map(({ message, advice }) => `${message}\n            ${advice}`);
  return [
    path,
    `  what      ${kinds[type]} ${owner}${bytes}`,
    `  state     ${states.map((state) => stateWords[state]).join(", ")}`,
    `  component ${component}${by}`,
    ...(counts === undefined ? [] : [`  asked for ${placeText(counts)}  ${counts.text}`]),
    ...others.map((other) => `  also      ${placeText(other)}  ${other.text}`),
    ...(source === undefined ? [] : [`  from      ${source}/${path}`]),
    ...(awaits === undefined ? [] : [`  from      ${awaits}, which is not built yet`]),
    ...shadows.map((folder) => `  not used  ${folder}/${path}`),
    ...left.flatMap((text) => `  found     ${text}`.split("\n")),
  ];
}

/** Paths that end alike, for somebody who left out the beginning. */
function near(path: string, { entries }: Shipped): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const alike = entries.filter((each) => each.path.endsWith(`/${name}`)).map((each) => each.path);
  if (alike.length === 0) return `\`smartbuild manifest ls ${name}\` lists paths that contain it.`;
  return `There is ${alike.slice(0, 5).join(", ")}.`;
}
