// Invariant: the part of the table of keys that is read while a text is typed; none of them is a
// character that could be part of the text. See keymap.ts.
import type { Command } from "./model.ts";

const fixed = (text: string) => (): string => text;

export const typingCommands: readonly Command[] = [
  {
    id: "take-help-filter",
    keys: ["enter"],
    label: fixed("show"),
    description: "Keep what was typed, and scroll.",
    views: ["help-filter"],
    bar: 1,
  },
  {
    id: "leave-prompt",
    keys: ["esc", "ctrl-c"],
    label: fixed("leave"),
    description: "Leave it as it was.",
    views: ["prompt", "palette", "help-filter"],
    bar: 2,
  },
  {
    id: "erase-character",
    keys: ["backspace"],
    label: fixed("erase"),
    description: "Take back the last character.",
    views: ["prompt", "palette", "help-filter"],
  },
  {
    id: "erase-text",
    keys: ["ctrl-u"],
    label: fixed("erase all"),
    description: "Take back all that was typed.",
    views: ["prompt", "palette", "help-filter"],
  },
];
