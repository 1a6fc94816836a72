// Invariant: the part of the table of keys that is about the list of all actions; see keymap.ts.
import type { Command } from "../model.ts";
import { screens } from "../views.ts";

const fixed = (text: string) => (): string => text;

export const paletteCommands: readonly Command[] = [
  {
    id: "palette",
    keys: [":"],
    label: fixed("actions"),
    description: "All actions with their keys; type to find one, Enter does it.",
    views: screens,
    bar: 8,
  },
  {
    id: "take-action",
    keys: ["enter"],
    label: fixed("do it"),
    description: "Do what is chosen.",
    views: ["palette"],
    bar: 1,
  },
  {
    id: "next-action",
    keys: ["down", "tab", "ctrl-n"],
    label: fixed("next"),
    description: "Next action.",
    views: ["palette"],
    bar: 3,
  },
  {
    id: "previous-action",
    keys: ["up", "ctrl-p"],
    label: fixed("previous"),
    description: "Previous action.",
    views: ["palette"],
    bar: 4,
  },
];
