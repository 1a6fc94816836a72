// Invariant: the part of the table of keys that is about the build and the console as a whole; see
// keymap.ts.
import { keysInTurn, shownKey } from "./key-names.ts";
import type { ConsoleCommandId } from "./command-ids.ts";
import { noLog } from "./log-keys.ts";
import type { Command, ConsoleModel } from "./model.ts";
import { selectedStage, selectedStep } from "./present/selection.ts";
import { screens, type View } from "./views.ts";

const fixed = (text: string) => (): string => text;

/** True while stages run or wait. */
export function isRunning(model: ConsoleModel): boolean {
  return model.build?.state === "running" && model.past === undefined;
}

/** The keys that start a build: those of the build screen after the one that leads to it, `1, then b`. */
export function buildKeys(
  view: View,
  table: readonly Command[] = consoleCommands,
): string | undefined {
  const keyOf = (id: ConsoleCommandId, where: View): string | undefined => {
    const key = table.find((each) => each.id === id && each.views.includes(where))?.keys[0];
    return key === undefined ? undefined : shownKey(key);
  };
  const here = keyOf("build", view);
  const to = keyOf("show-build", view);
  const there = keyOf("build", "build");
  if (here !== undefined || to === undefined || there === undefined) return here;
  return keysInTurn(to, there);
}

/** Why the selected stage or step is not run again now; every sentence about `r` goes by it. */
export function cannotRetry(model: ConsoleModel): string | undefined {
  if (model.past !== undefined) return "an earlier build can only be looked at";
  const stage = selectedStage(model);
  if (stage === undefined) return "no stage is selected";
  const step = selectedStep(model);
  if (step !== undefined && step.state !== "failed") return `${step.name} did not fail`;
  if (step !== undefined && isRunning(model)) return "a build is running";
  if (stage.state === "failed" || stage.state === "interrupted") return undefined;
  const hasProblems = model.build?.problems.some((each) => each.stage === stage.name) === true;
  if (hasProblems) {
    const keys = buildKeys(model.ui.screen, model.keymap);
    const then = keys === undefined ? "start a new build" : `${keys} builds it again`;
    return `${stage.name} did not fail; mend it, then ${then}`;
  }
  // One key must not throw away the work of hours.
  return `${stage.name} did not fail; to run it again: smartbuild retry ${stage.name}`;
}

export const consoleCommands: readonly Command[] = [
  {
    id: "build",
    keys: ["b"],
    label: fixed("build"),
    description: "Configure, build the world and make the platform image: all that is stale.",
    views: ["start", "build", "settings"],
    bar: 2,
    // On the settings it is what comes after writing.
    isOffered: ({ page }) => page?.kind !== "settings" || page.stale.length > 0,
    disabled: (model) =>
      model.past !== undefined && model.ui.screen === "build"
        ? "an earlier build can only be looked at"
        : isRunning(model)
          ? "a build is running"
          : model.page?.kind === "settings" && model.page.changes > 0
            ? "the changes are not written yet"
            : undefined,
  },
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
    description: "Run the selected stage or component again, when it failed or was interrupted.",
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
    id: "mouse",
    keys: ["M"],
    label: fixed("mouse"),
    description:
      "Mouse on or off: the wheel scrolls, a click selects. The header says when it is on.",
    views: [...screens, "help"],
  },
  {
    id: "suspend",
    keys: ["ctrl-z"],
    label: fixed("suspend"),
    description: "Put the console to sleep; fg wakes it up. The build goes on.",
    views: screens,
  },
];
