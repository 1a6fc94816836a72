// Invariant: the part of the table of keys that is read in the help and in the question whether to
// stop; see keymap.ts.
import type { Command } from "./model.ts";

const fixed = (text: string) => (): string => text;

export const dialogCommands: readonly Command[] = [
  {
    id: "close",
    keys: ["esc", "q"],
    label: fixed("close"),
    description: "End the filter, then close this help.",
    views: ["help"],
    bar: 1,
  },
  {
    id: "filter-help",
    keys: ["/"],
    label: fixed("find"),
    description: "Show only the keys whose words hold what is typed.",
    views: ["help"],
    bar: 2,
  },
  {
    id: "previous-choice",
    keys: ["left", "up", "k", "h"],
    label: fixed("previous"),
    description: "Previous choice.",
    views: ["stop"],
  },
  {
    id: "next-choice",
    keys: ["right", "down", "tab", "j", "l"],
    label: fixed("choose"),
    description: "Next choice.",
    views: ["stop"],
    bar: 1,
  },
  {
    id: "take-choice",
    keys: ["enter"],
    label: fixed("take it"),
    description: "Do what is chosen.",
    views: ["stop"],
    bar: 2,
  },
  {
    id: "stop",
    keys: ["s", "ctrl-c"],
    label: fixed("stop"),
    description: "Stop the build.",
    views: ["stop"],
    bar: 3,
  },
  {
    id: "detach",
    keys: ["d", "q"],
    label: fixed("detach"),
    description: "Leave the console; the build goes on.",
    views: ["stop"],
    bar: 4,
  },
  {
    id: "cancel",
    keys: ["esc", "c"],
    label: fixed("cancel"),
    description: "Back to the build.",
    views: ["stop"],
    bar: 5,
  },
];
