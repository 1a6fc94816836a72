// Invariant: the part of the table of keys that is about reading logs; see keymap.ts.
import type { LogCommandId } from "./command-ids.ts";
import { shownKey } from "./key-names.ts";
import type { Command, ConsoleModel } from "./model.ts";
import { selectedStage } from "./present/selection.ts";

const fixed = (text: string) => (): string => text;

/** Why nothing can be done with a log. */
export function noLog({ log }: ConsoleModel): string | undefined {
  return log === undefined ? "this stage has no log yet" : undefined;
}

const noSearch = (model: ConsoleModel): string | undefined =>
  model.log?.search === undefined
    ? `nothing is searched for${withKey(model, "search", "begins")}`
    : undefined;

const noFilter = (model: ConsoleModel): string | undefined =>
  model.log?.filter === undefined
    ? `no filter is set${withKey(model, "filter", "sets one")}`
    : undefined;

/** `, / begins`, with the person's own key; nothing where it has none on this screen. */
function withKey(
  { ui: { screen }, keymap = logCommands }: ConsoleModel,
  id: LogCommandId,
  verb: string,
): string {
  const command = keymap.find((one) => one.id === id && one.views.includes(screen));
  const key = command?.keys[0];
  return key === undefined ? "" : `, ${shownKey(key)} ${verb}`;
}

const oneAttempt = (model: ConsoleModel): string | undefined =>
  (selectedStage(model)?.attempts.length ?? 0) > 1
    ? undefined
    : "there is no other attempt at this stage";

export const logCommands: readonly Command[] = [
  {
    id: "search",
    keys: ["/"],
    label: fixed("search"),
    description: "Search the log for a regular expression; Esc goes back to where it began.",
    views: ["build", "log"],
    bar: 4,
    disabled: noLog,
  },
  {
    id: "next-hit",
    keys: ["n"],
    label: fixed("next hit"),
    description: "Next line that matches.",
    views: ["build", "log"],
    disabled: noSearch,
  },
  {
    id: "previous-hit",
    keys: ["N"],
    label: fixed("previous hit"),
    description: "Previous line that matches.",
    views: ["build", "log"],
    disabled: noSearch,
  },
  {
    id: "filter",
    keys: ["&"],
    label: fixed("filter"),
    description: "Show only lines that match, or with ! those that do not; empty shows all.",
    views: ["build", "log"],
    bar: 5,
    disabled: noLog,
  },
  {
    id: "more-context",
    keys: ["+"],
    label: fixed("more context"),
    description: "One more line around each that the filter lets through, up to 9.",
    views: ["build", "log"],
    disabled: noFilter,
  },
  {
    id: "less-context",
    keys: ["-"],
    label: fixed("less context"),
    description: "One line less around each that the filter lets through.",
    views: ["build", "log"],
    disabled: noFilter,
  },
  {
    id: "times",
    keys: ["T"],
    label: fixed("times"),
    description: "Show or hide when each line was received.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "next-warning",
    keys: ["w"],
    label: fixed("next warning"),
    description: "Next line of the log that warns; goes round.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "previous-warning",
    keys: ["W"],
    label: fixed("previous warning"),
    description: "Previous line of the log that warns; goes round.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "next-gap",
    keys: ["s"],
    label: fixed("next slow place"),
    description: "Next line that came after 10 s or more without output.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "previous-gap",
    keys: ["S"],
    label: fixed("previous slow place"),
    description: "Previous line that came after 10 s or more without output.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "previous-stage",
    keys: ["["],
    label: fixed("previous stage"),
    description: "The log of the previous stage.",
    views: ["build", "log"],
  },
  {
    id: "next-stage",
    keys: ["]"],
    label: fixed("next stage"),
    description: "The log of the next stage.",
    views: ["build", "log"],
  },
  {
    id: "earlier-attempt",
    keys: ["a"],
    label: fixed("earlier attempt"),
    description: "The log of the attempt before this one.",
    views: ["build", "log"],
    disabled: oneAttempt,
  },
  {
    id: "later-attempt",
    keys: ["A"],
    label: fixed("later attempt"),
    description: "The log of the attempt after this one.",
    views: ["build", "log"],
    disabled: oneAttempt,
  },
  {
    id: "other-log",
    keys: ["L"],
    label: fixed("other log"),
    description: "The next of the logs that this attempt writes.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "take-text",
    keys: ["enter"],
    label: fixed("go"),
    description: "Search or filter with what was typed.",
    views: ["prompt"],
    bar: 1,
  },
];
