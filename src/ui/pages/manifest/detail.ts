// Invariant: pure; everything that is known of one path, each fact on a line of its own.
import type { TreeNode } from "../../../engine/manifest/query-tree.ts";
import {
  modeText,
  stateWords,
  type Shipped,
  type ShippedEntry,
} from "../../../engine/manifest/query.ts";
import { grouped } from "../../present/narrowed.ts";
import type { NamedLine } from "./ports.ts";
import { shareText, sizeText } from "./size-text.ts";
import { stateTones } from "./state-marks.ts";
import type { DetailLine } from "./view.ts";

/** What the detail is made of. */
export interface DetailParts {
  readonly node: TreeNode;
  /** The lines that name it, the one that counts first. */
  readonly places: readonly NamedLine[];
  /** Bytes of all files that ship. */
  readonly total: number;
  readonly shipped: Shipped;
}

const kinds = { f: "file", d: "directory", s: "symbolic link", h: "hard link" } as const;

/** The lines of the detail. */
export function detailLines(parts: DetailParts): readonly DetailLine[] {
  const { node, places } = parts;
  const { entry, path } = node;
  if (entry === undefined) {
    return [
      line(path, "strong"),
      line("No manifest delivers this directory, but something stands in it.", "failed"),
      ...sizeLines(parts),
    ];
  }
  const [counts, ...others] = places;
  const [group = "", by] = entry.component.split("/");
  return [
    line(path, "strong"),
    labelled("what", whatText(entry)),
    ...entry.states.slice(0, 1).map((state) => {
      const text = entry.states.map((each) => stateWords[each]).join(", ");
      return labelled("state", text, stateTones[state]);
    }),
    ...(counts === undefined
      ? []
      : [labelled("line", `${counts.file}:${String(counts.line)}  (${group})`)]),
    ...(by === undefined
      ? []
      : [labelled("by", `${by}, which installed it (seen in the log of its build)`)]),
    ...others.map((other) => {
      const same = other.text === counts?.text ? "the same" : other.text;
      return labelled("also", `${other.file}:${String(other.line)}  ${same}`, "notice");
    }),
    ...sourceLines(entry, parts.shipped),
    ...sizeLines(parts),
    ...entry.findings.flatMap(({ message, advice, severity }) => [
      labelled("found", message, severity === "error" ? "failed" : "notice"),
      labelled("", advice, "dim"),
    ]),
  ];
}

function whatText({ type, mode, user, group, target }: ShippedEntry): string {
  if (target !== undefined) return `${kinds[type]} to ${target}`;
  if (mode === undefined) return kinds[type];
  return `${kinds[type]}  ${modeText(mode)}  ${user ?? ""}:${group ?? ""}`;
}

function sourceLines(entry: ShippedEntry, { searched, isUnbuilt }: Shipped): DetailLine[] {
  const { type, source, shadows, path, state, awaits } = entry;
  if (source === undefined) {
    if (awaits !== undefined) return [labelled("from", `${awaits}, which is not built yet`)];
    if (type !== "f" || state === "unbuilt") {
      return state === "unbuilt" && isUnbuilt ? [labelled("from", "nothing is built yet")] : [];
    }
    return [labelled("from", `none of ${searched.join(", ")}`, "failed")];
  }
  return [
    labelled("from", `${source}/${path}`),
    ...shadows.map((folder) => labelled("not used", `${folder}/${path}`, "notice")),
  ];
}

function sizeLines({ node, total }: DetailParts): DetailLine[] {
  const { entry, below, bytes } = node;
  const share = total === 0 ? "" : `, ${shareText(bytes / total)} of all files`;
  if (below > 0) {
    return [labelled("size", `${grouped(below)} entries, ${sizeText(bytes)}${share}`)];
  }
  if (entry?.type !== "f" || entry.size === undefined) return [];
  return [labelled("size", `${sizeText(entry.size)} (${grouped(entry.size)} bytes)${share}`)];
}

const labelWidth = 10;

function labelled(label: string, text: string, tone: DetailLine["tone"] = "plain"): DetailLine {
  return { text: label.padEnd(labelWidth) + text, tone, indent: labelWidth };
}

function line(text: string, tone: DetailLine["tone"]): DetailLine {
  return { text, tone, indent: 0 };
}
