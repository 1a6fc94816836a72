// Invariant: the one table of keys: the key bar, the help and what a key does are all made from it.
// No key is used twice in a view, and none is Ctrl-B, Ctrl-S, Ctrl-Q or a function key.
import { failureCommands, type FailureCommandId } from "./failure-keys.ts";
import { logCommands, noLog, type LogCommandId } from "./log-keys.ts";
import type { ConsoleModel } from "./model.ts";
import { buildsCommands, type BuildsCommandId } from "./pages/builds/keys.ts";
import type { BuildsKeys } from "./pages/builds/view.ts";
import { manifestCommands, type ManifestCommandId } from "./pages/manifest/keys.ts";
import type { ManifestKeys } from "./pages/manifest/view.ts";
import { settingsCommands, type SettingsCommandId } from "./pages/settings/keys.ts";
import type { SettingsKeys } from "./pages/settings/view.ts";
import { selectedStage } from "./present/selection.ts";

/** Where keys are read: each view has its own keys. */
export type View =
  | "start"
  | "build"
  | "log"
  | "failures"
  | ManifestKeys
  | SettingsKeys
  | BuildsKeys
  | "help"
  | "stop"
  | "prompt";

/** The views with the keys that every screen has. */
export const screens = [
  "start",
  "build",
  "log",
  "failures",
  "manifest",
  "settings",
  "builds",
] as const satisfies readonly View[];

export type CommandId =
  | LogCommandId
  | FailureCommandId
  | ManifestCommandId
  | SettingsCommandId
  | BuildsCommandId
  | "show-build"
  | "show-log"
  | "show-manifest"
  | "show-settings"
  | "show-builds"
  | "build"
  | "up"
  | "down"
  | "page-up"
  | "page-down"
  | "first"
  | "last"
  | "left"
  | "right"
  | "follow"
  | "next-failure"
  | "previous-failure"
  | "other-pane"
  | "open-log"
  | "back"
  | "retry"
  | "help"
  | "detach"
  | "interrupt"
  | "suspend"
  | "close"
  | "previous-choice"
  | "next-choice"
  | "take-choice"
  | "stop"
  | "cancel";

export interface Command {
  readonly id: CommandId;
  /** Names as `keyNames` makes them. */
  readonly keys: readonly string[];
  /** One or two words for the key bar. */
  readonly label: (model: ConsoleModel) => string;
  /** One sentence for the help. */
  readonly description: string;
  readonly views: readonly View[];
  /** Place in the key bar, 1 first; without one it is in the help only. */
  readonly bar?: number;
  /** Why it can do nothing now. */
  readonly disabled?: (model: ConsoleModel) => string | undefined;
}

/** The screens that are pages. */
const pages = ["manifest", "settings", "builds"] as const satisfies readonly View[];

const fixed = (text: string) => (): string => text;

/** True while stages run or wait. */
export function isRunning(model: ConsoleModel): boolean {
  return model.build?.state === "running";
}

/** What the keys for up and down go through. */
function whatIsNext({ page, ui }: ConsoleModel): string {
  if (ui.screen === "failures") return "failure";
  if (page !== undefined) return "entry";
  return ui.pane === "log" ? "line" : "stage";
}

function noLines(model: ConsoleModel): string | undefined {
  return model.page === undefined ? noLog(model) : undefined;
}

function cannotRetry(model: ConsoleModel): string | undefined {
  const stage = selectedStage(model);
  if (stage === undefined) return "no stage is selected";
  if (stage.state === "failed" || stage.state === "interrupted") return undefined;
  return `${stage.name} did not fail`;
}

export const commands: readonly Command[] = [
  {
    id: "build",
    keys: ["b"],
    label: fixed("build"),
    description: "Configure, build the world and make the platform image: all that is stale.",
    views: ["start", "build"],
    bar: 2,
    disabled: (model) => (isRunning(model) ? "a build is running" : undefined),
  },
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
    views: ["build", "log", ...pages, "help"],
    disabled: noLines,
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
  },
  {
    id: "next-failure",
    keys: ["e"],
    label: fixed("next problem"),
    description: "Next problem of the build, or failing line of the log; goes round.",
    views: ["build", "log", "failures"],
    bar: 5,
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
    description: "Move between the stages and the log.",
    views: ["build"],
    bar: 8,
  },
  {
    id: "open-log",
    keys: ["enter", "l"],
    label: fixed("full log"),
    description: "The log on a screen of its own.",
    views: ["build"],
    bar: 7,
    disabled: noLog,
  },
  {
    id: "back",
    keys: ["esc", "h"],
    label: fixed("back"),
    description: "End the search, then the filter; from the log back to the stages.",
    views: ["build"],
  },
  {
    id: "back",
    keys: ["esc", "h"],
    label: fixed("back"),
    description: "End the search, then the filter; then back to the stages.",
    views: ["log", "failures", ...pages],
    bar: 2,
  },
  ...logCommands,
  ...failureCommands,
  ...manifestCommands,
  ...settingsCommands,
  ...buildsCommands,
  {
    id: "show-build",
    keys: ["1"],
    label: fixed("build"),
    description: "The stages of the build.",
    views: screens,
  },
  {
    id: "show-log",
    keys: ["2"],
    label: fixed("log"),
    description: "The log of the selected stage.",
    views: screens,
    disabled: noLog,
  },
  {
    id: "show-manifest",
    keys: ["3"],
    label: fixed("manifest"),
    description: "What ships: every entry, who asks for it and where it comes from.",
    views: screens,
  },
  {
    id: "show-settings",
    keys: ["4"],
    label: fixed("settings"),
    description: "The settings of this tree: the configure fragment and the files beside it.",
    views: screens,
  },
  {
    id: "show-builds",
    keys: ["5"],
    label: fixed("builds"),
    description: "Past builds, what they took and what they made.",
    views: screens,
  },
  {
    id: "retry",
    keys: ["r"],
    label: fixed("retry"),
    description: "Run the selected stage again, when it failed or was interrupted.",
    views: ["build", "log", "failures"],
    bar: 1,
    disabled: cannotRetry,
  },
  {
    id: "help",
    keys: ["?"],
    label: fixed("keys"),
    description: "Show or hide the keys.",
    views: [...screens, "help"],
    bar: 9,
  },
  {
    id: "detach",
    keys: ["q", "d"],
    label: (model) => (isRunning(model) ? "detach" : "quit"),
    description: "Leave the console; a running build goes on.",
    views: screens,
    bar: 3,
  },
  {
    id: "interrupt",
    keys: ["ctrl-c"],
    label: fixed("stop"),
    description: "Ask: stop the build, detach or cancel. Leaves at once when nothing runs.",
    views: [...screens, "help"],
  },
  {
    id: "suspend",
    keys: ["ctrl-z"],
    label: fixed("suspend"),
    description: "Put the console to sleep; fg wakes it up. The build goes on.",
    views: screens,
  },
  {
    id: "close",
    keys: ["esc", "q"],
    label: fixed("close"),
    description: "Close this help.",
    views: ["help"],
    bar: 1,
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

/** The view that reads keys now. */
export function viewOf(model: ConsoleModel): View {
  if (model.ui.overlay !== undefined) return model.ui.overlay.kind;
  return baseView(model);
}

/** The view under an overlay. */
export function baseView({ build, page, ui }: ConsoleModel): View {
  if (page !== undefined) return page.keys;
  return build === undefined ? "start" : ui.screen;
}

/** The commands of a view, in the order of the table. */
export function commandsOf(view: View): readonly Command[] {
  return commands.filter(({ views }) => views.includes(view));
}

/** The command that a key stands for in a view. */
export function commandFor(view: View, key: string): Command | undefined {
  return commandsOf(view).find(({ keys }) => keys.includes(key));
}

/** Keys that two commands of one view share; empty when the table is right. */
export function keyConflicts(): readonly string[] {
  const seen = new Map<string, CommandId>();
  const conflicts: string[] = [];
  for (const { id, keys, views } of commands) {
    for (const place of views.flatMap((view) => keys.map((key) => `${key} in ${view}`))) {
      const other = seen.get(place);
      if (other !== undefined) conflicts.push(`${place}: ${other} and ${id}`);
      seen.set(place, id);
    }
  }
  return conflicts;
}
