// Invariant: the part of the table of keys that moves through what is on screen; see keymap.ts.
import { noLog } from "./log-keys.ts";
import type { Command, ConsoleModel } from "./model.ts";
import { logListWidth } from "./present/log-list.ts";
import { pages } from "./views.ts";

const fixed = (text: string) => (): string => text;

/** What the keys for up and down go through. */
function whatIsNext({ page, ui }: ConsoleModel): string {
  if (ui.overlay?.kind === "help") return "line";
  if (ui.screen === "failures") return "failure";
  if (page !== undefined) return "entry";
  if (ui.screen === "log") return ui.pane === "log" ? "line" : "failure";
  return ui.pane === "log" ? "line" : "stage";
}

function noOtherPane(model: ConsoleModel): string | undefined {
  if (model.ui.screen !== "log" || logListWidth(model) > 0) return undefined;
  return "the problems are not beside the log, f shows them";
}

function noLines(model: ConsoleModel): string | undefined {
  return model.page === undefined ? noLog(model) : undefined;
}

export const moveCommands: readonly Command[] = [
  {
    id: "up",
    keys: ["k", "up"],
    label: fixed("up"),
    description: "Previous stage, failure or entry; in the log, one line up.",
    views: ["build", "log", "failures", ...pages, "help"],
  },
  {
    id: "down",
    keys: ["j", "down"],
    label: whatIsNext,
    description: "Next stage, failure or entry; in the log, one line down.",
    views: ["build", "log", "failures", ...pages, "help"],
    bar: 4,
  },
  {
    id: "page-up",
    keys: ["pgup", "ctrl-u"],
    label: fixed("page up"),
    description: "One page up.",
    views: ["build", "log", ...pages, "help"],
    disabled: noLines,
  },
  {
    id: "page-down",
    keys: ["pgdn", "ctrl-d", "space"],
    label: fixed("page down"),
    description: "One page down.",
    views: ["log", ...pages, "help"],
    disabled: noLines,
  },
  {
    id: "page-down",
    keys: ["pgdn", "ctrl-d"],
    label: fixed("page down"),
    description: "One page down.",
    views: ["build"],
    disabled: noLines,
  },
  {
    id: "toggle-steps",
    keys: ["space"],
    label: (model) =>
      model.ui.opened[model.ui.selected ?? ""] === true ? "fewer steps" : "all steps",
    description:
      "All steps of the selected stage (components, phases), none of them, or the usual few.",
    views: ["build"],
    bar: 7,
  },
  {
    id: "first",
    keys: ["g", "home"],
    label: fixed("first line"),
    description: "First line or entry.",
    views: ["build", "log", ...pages, "help"],
    disabled: noLines,
  },
  {
    id: "last",
    keys: ["G", "end"],
    label: fixed("last line"),
    description: "Last line or entry; of a running log, follow it.",
    views: ["build", "log", ...pages, "help"],
    disabled: noLines,
  },
  {
    id: "left",
    keys: ["left"],
    label: fixed("left"),
    description: "Scroll long lines back to the left.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "right",
    keys: ["right"],
    label: fixed("right"),
    description: "Scroll long lines to the right.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "follow",
    keys: ["F"],
    label: fixed("follow"),
    description: "Follow the running stage and the end of its log, or stop following.",
    views: ["build", "log"],
    bar: 6,
    isOffered: ({ build }) => build?.state === "running",
  },
  {
    id: "next-failure",
    keys: ["e"],
    label: fixed("next problem"),
    description: "Next problem of the build, or failing line of the log; goes round.",
    views: ["build", "log", "failures"],
    bar: 5,
    isOffered: ({ build }) => build?.state !== "succeeded" || build.problems.length > 0,
    disabled: noLog,
  },
  {
    id: "previous-failure",
    keys: ["E"],
    label: fixed("previous problem"),
    description: "Previous problem of the build, or failing line of the log; goes round.",
    views: ["build", "log", "failures"],
    disabled: noLog,
  },
  {
    id: "other-pane",
    keys: ["tab"],
    label: fixed("other pane"),
    description: "Move between the log and what stands beside it: the stages, or the problems.",
    views: ["build", "log"],
    bar: 8,
    disabled: noOtherPane,
  },
  {
    id: "open-log",
    keys: ["enter", "l"],
    label: fixed("full log"),
    description: "The log on a screen of its own.",
    views: ["build"],
    bar: 6,
    disabled: noLog,
  },
  {
    id: "back",
    keys: ["esc", "h"],
    label: fixed("back"),
    description: "End choosing lines, the search, then the filter; from the log to the stages.",
    views: ["build"],
  },
  {
    id: "back",
    keys: ["esc", "h"],
    label: fixed("back"),
    description:
      "End choosing lines, the search, then the filter; then back to where it was opened.",
    views: ["log", "failures", ...pages],
    bar: 2,
  },
];
