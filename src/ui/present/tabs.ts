// Invariant: pure; the line under the header names the screens with their keys, and is exactly as wide
// as the terminal.
import { keymapOf } from "../keymap.ts";
import { shownKey } from "../key-names.ts";
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, rowWidth, type Row } from "./cells.ts";

const tabs = [
  { screen: "build", id: "show-build", name: "Build" },
  { screen: "log", id: "show-log", name: "Log" },
  { screen: "manifest", id: "show-manifest", name: "Manifest" },
  { screen: "settings", id: "show-settings", name: "Settings" },
  { screen: "builds", id: "show-builds", name: "Builds" },
] as const;

/**
 * The line under the header. Without room for the names it is a line and nothing else.
 *
 * @param teeAt cell at which it meets the line between two panes
 */
export function tabRow(model: ConsoleModel, theme: Theme, teeAt: number | undefined): Row {
  const { columns } = model.size;
  const { horizontal, teeDown } = theme.marks;
  const table = keymapOf(model);
  const names = tabs.flatMap(({ screen, id, name }): Row => {
    const key = table.find((command) => command.id === id)?.keys[0];
    const tone = model.ui.screen === screen ? "strong" : "dim";
    return [
      cell(horizontal, "border"),
      ...(key === undefined ? [] : [cell(` ${shownKey(key)}`, "key")]),
      cell(` ${name} `, tone),
    ];
  });
  const shown = rowWidth(names) <= columns ? names : [];
  const used = rowWidth(shown);
  const rest = columns - used;
  if (teeAt === undefined || teeAt < used)
    return [...shown, cell(horizontal.repeat(rest), "border")];
  const before = horizontal.repeat(teeAt - used);
  const after = horizontal.repeat(columns - teeAt - 1);
  return [...shown, cell(before + teeDown + after, "border")];
}
