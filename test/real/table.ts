// Invariant: only the text between a table's own two markers is replaced.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Tried } from "./try-injection.ts";
import type { StageTime } from "./time-stages.ts";

const page = join(import.meta.dirname, "../../docs/real-trees.md");

/**
 * Puts a table between `<!-- NAME -->` and `<!-- end of NAME -->`. Rows that stand there and that the
 * new table has not are kept, so that what was not run again is not lost; `order`: first cells.
 */
export function writeTable(name: string, table: string, order: readonly string[] = []): void {
  const text = readFileSync(page, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place for "${name}"`);
  const before = text.slice(0, from + start.length);
  const merged = merge(text.slice(before.length, to), table, order);
  writeFileSync(page, `${before}\n\n${merged}\n\n${text.slice(to)}`);
}

function merge(old: string, table: string, order: readonly string[]): string {
  const [head = "", rule = "", ...rows] = table.split("\n");
  const byKey = new Map(
    [...old.trim().split("\n").slice(2), ...rows].map((row) => [firstCell(row), row]),
  );
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : Infinity);
  const keys = order.length === 0 ? rows.map(firstCell) : [...byKey.keys()];
  const sorted = keys.toSorted((a, b) => Math.sign(place(a) - place(b)) || 0);
  return [head, rule, ...sorted.map((key) => byKey.get(key) ?? "")].join("\n");
}

function firstCell(row: string): string {
  return row.split("|")[1]?.trim() ?? "";
}

/** What each stage stands on in the simulated zone. */
const beneath: Readonly<Record<string, string>> = {
  configure: "its script and git are real; pkgin and curl are faked",
  preflight: "real; kstat and openssl's version are faked",
  strap: "make and the compiler are real; the components are made up",
  illumos: "nightly, its tools and the source are made up",
  extra: "make and the compiler are real; the components are made up",
  src: "real; programs that need illumos headers, and npm's add-ons, are stubs",
  local: "make and the compiler are real; the projects are made up",
  tools: "real",
  man: "real",
  devpro: "real",
  manifest: "real",
  boot: "real",
  checks: "real",
  live: "smartbuild's own builder; by hand the tree's, on faked lofi and UFS",
};

/** Stages of a build; `byHand`: seconds by the same names. */
export function stageTable(
  stages: readonly StageTime[],
  byHand: ReadonlyMap<string, number>,
): string {
  const rows = stages.map(({ name, result, seconds }) => {
    const own = byHand.get(name);
    const below = beneath[name.split("/")[0] ?? ""] ?? "";
    const hand = own === undefined ? "" : own.toFixed(1);
    return [name, below, result, seconds.toFixed(1), hand];
  });
  return markdown(
    ["stage", "real or faked beneath", "result", "s under smartbuild", "s by hand"],
    rows,
  );
}

const zoneCommand = process.env["SMARTBUILD_SIMZONE"];
const zoneName = zoneCommand === undefined ? undefined : new RegExp(basename(zoneCommand), "gi");

/** Failures that were shown, and what the console said first. */
export function injectionTable(tried: readonly Tried[]): string {
  const rows = tried.map(({ rule, builder, first, isCause, retried, left }) => [
    injectionKey(rule, builder),
    // The page names neither the folder it was made in nor the zone.
    zoneName === undefined ? first : first.replaceAll(zoneName, "…"),
    isCause ? "yes" : "NO",
    retried ? "yes" : "NO",
    left.length === 0 ? "nothing" : left.join(", "),
  ]);
  return markdown(["shown", "first problem", "the cause", "retry works", "left behind"], rows);
}

/** First cell of a failure's row. */
export function injectionKey(rule: string, builder: "tree" | undefined): string {
  return `\`${rule}\`${builder === undefined ? "" : ", image by the tree"}`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
