// Invariant: pure; lists exactly the keys of the view that it was opened in, from the keymap, and no
// sentence is cut.
import { baseView, commandsOf, keymapOf } from "../keymap.ts";
import { shownKey } from "../key-names.ts";
import type { Command, ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, tall, type Row } from "./cells.ts";
import { keyIn, keyWords } from "./hints.ts";
import { beyond, withMoreMarks } from "./more-marks.ts";
import { wrapped } from "./wrapped.ts";

const keysWidth = 18;

/** All rows of the help, whatever the height of the screen; of a filtered one, those that fit. */
export function helpRows(model: ConsoleModel, width: number): readonly Row[] {
  const { overlay } = model.ui;
  const text = overlay?.kind === "help" ? overlay.text.trim().toLowerCase() : "";
  // Two columns where there is room for them.
  const left = width < 40 ? Math.floor(width / 3) : keysWidth;
  const room = Math.max(1, width - left - 3);
  const own = commandsOf(baseView(model), keymapOf(model)).flatMap((command): readonly Row[] => {
    const keys = command.keys.map(shownKey).join(" ");
    const reason = command.disabled?.(model);
    const words = `${keys} ${command.id} ${command.description}`.toLowerCase();
    if (!text.split(/\s+/).every((word) => words.includes(word))) return [];
    const said =
      reason === undefined ? command.description : `${command.description} (Now: ${reason}.)`;
    const isOff = reason !== undefined;
    return lines(keys, said, left, room, isOff);
  });
  const faults = text === "" ? (model.complaints ?? []) : [];
  return [
    ...own,
    ...faults.flatMap((fault) =>
      wrapped(fault, width - 3).map((line): Row => [cell(`  ${line}`, "notice")]),
    ),
  ];
}

/** One command: its keys beside its sentence, in as many rows as that takes. */
function lines(
  keys: string,
  said: string,
  left: number,
  room: number,
  isOff: boolean,
): readonly Row[] {
  const ownRow = keys.length >= left;
  const sentence = wrapped(said, room).map((line, index): Row => {
    const shown = index === 0 && !ownRow ? keys : "";
    return [
      cell(`  ${shown.padEnd(left)}`, isOff ? "dim" : "key"),
      cell(line, isOff ? "dim" : "plain"),
    ];
  });
  return ownRow ? [[cell(`  ${keys}`, isOff ? "dim" : "key")], ...sentence] : sentence;
}

/** How far the help can be scrolled down. */
export function lastHelpTop(model: ConsoleModel, height: number): number {
  return Math.max(0, helpRows(model, model.size.columns).length - (height - 1));
}

/** The help from row `top` on, with its title, in `height` rows. */
export function helpScreen(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
  overlay: { readonly top: number; readonly text: string; readonly typing: boolean },
): readonly Row[] {
  const rows = helpRows(model, width);
  const visible = rows.slice(overlay.top, overlay.top + height - 1);
  const title = titleOf(rows.length, visible.length, overlay, model.keymap);
  const all = keyIn("help", "close", model.keymap);
  const nothing: Row = [
    cell(`  No key here has these words.${all === undefined ? "" : ` ${all} shows all.`}`, "dim"),
  ];
  const left = beyond(overlay.top, visible.length, rows.length);
  const marked = withMoreMarks(visible, left, width, theme);
  return tall(
    [fit(title, width, theme.marks.ellipsis), ...(rows.length === 0 ? [nothing] : marked)],
    height,
  );
}

function titleOf(
  all: number,
  shown: number,
  { top, text, typing }: { readonly top: number; readonly text: string; readonly typing: boolean },
  keymap: readonly Command[] | undefined,
): Row {
  const filter: Row = [
    cell("  /", "key"),
    cell(text, "strong"),
    ...(typing ? [{ text: " ", tone: "plain", inverse: true } as const] : []),
  ];
  const scroll = keyWords("help", [[["down", "up"], "scroll"]], keymap);
  const place = shown === all ? "" : `  ${top + 1}-${top + shown} of ${all}${scroll}`;
  const isFiltered = typing || text !== "";
  return [
    cell(" Keys", "strong"),
    ...(isFiltered ? filter : []),
    cell(place, "dim"),
    ...(isFiltered ? [] : [cell(keyWords("help", [[["filter-help"], "finds"]], keymap), "dim")]),
  ];
}
