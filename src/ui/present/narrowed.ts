// Invariant: pure; one row that says what is searched for, filtered or chosen to be copied, how much
// of it there is, and how to leave it; or the one in which a text is typed.
import type { ConsoleModel, LogView } from "../model.ts";
import { cell, type Cell, type Row } from "./cells.ts";
import { keyWords } from "./hints.ts";

/** What is shown, and the keys that hold there. */
export type Shown = Pick<ConsoleModel, "ui" | "keymap">;

/** The row in which a text is typed. */
export function promptRow(
  asks: "search" | "filter",
  text: string,
  filter: readonly string[] = [],
): Row {
  const sign = asks === "search" ? "/" : "&";
  const toShow =
    filter.length === 0
      ? "what to show; ! before it: what not"
      : `empty shows all; a text adds its lines to &${filter.join(" &")}; ! before it: what not`;
  const hint = asks === "search" ? "a regular expression" : toShow;
  return [
    cell(` ${sign}`, "key"),
    cell(text, "strong"),
    { text: " ", tone: "plain", inverse: true },
    ...(text === "" ? [cell(`  ${hint}`, "dim")] : []),
  ];
}

/** What narrows the log; a notice takes the place of the keys. */
export function narrowedRow({ ui, keymap }: Shown, log: LogView | undefined): Row {
  const { filter, notice, screen } = ui;
  const cells: Cell[] = [];
  const keys = (...wanted: Parameters<typeof keyWords>[1]): Row =>
    notice === undefined ? [cell(keyWords(screen, wanted, keymap), "dim")] : [];
  if (log?.search !== undefined) {
    const { text, at, count, complete } = log.search;
    const more = complete < 1 ? `+  searching ${percent(complete)}` : "";
    cells.push(cell(` /${text}`, "key"), cell(`  ${at}/${grouped(count)}${more}`, "strong"));
    cells.push(
      ...keys([["next-hit", "previous-hit"], "next, previous"], [["back"], "back"]),
      cell("  "),
    );
  }
  if (log?.filter !== undefined) {
    const { hidden, context, complete } = log.filter;
    const more = complete < 1 ? `  filtering ${percent(complete)}` : "";
    const around = context === 0 ? "" : `  with ${context} around`;
    cells.push(cell(` &${filter.join(" &")}`, "key"));
    cells.push(cell(`  ${grouped(hidden)} ${hidden === 1 ? "line" : "lines"} hidden`, "strong"));
    cells.push(cell(`${around}${more}`, "dim"));
    cells.push(...keys([["more-context", "less-context"], "context"]));
    // It ends the search first.
    if (log.search === undefined) cells.push(...keys([["back"], "all"]));
  }
  return notice === undefined ? cells : [...cells, cell(`  ${notice}`, "notice")];
}

const selectionKeys = [
  [["down", "up"], "choose more"],
  [["copy-line"], "copies"],
  [["back"], "leaves"],
] as const;

/** How many lines are chosen, and what can be done with them. */
export function selectionRow({ ui: { notice, screen }, keymap }: Shown, lines: number): Row {
  const many = lines === 0 ? "Lines" : `${grouped(lines)} ${lines === 1 ? "line" : "lines"}`;
  return [
    cell(` ${many} selected`, "strong"),
    notice === undefined
      ? cell(keyWords(screen, selectionKeys, keymap), "dim")
      : cell(`  ${notice}`, "notice"),
  ];
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** A number with commas between its thousands. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
