// Invariant: the part of the table of keys that is about problems and what to do with one; see
// keymap.ts.
import { basename } from "node:path";
import type { Problem } from "../engine/journal/state.ts";
import { namedPlace } from "./log/named-place.ts";
import { noLog } from "./log-keys.ts";
import type { Command, ConsoleModel } from "./model.ts";
import { componentFile, shownProblem } from "./present/component-file.ts";
import { orderedProblems, selectedProblem } from "./present/problems.ts";

const fixed = (text: string) => (): string => text;

const noProblems = ({ build }: ConsoleModel): string | undefined =>
  (build?.problems.length ?? 0) > 0 ? undefined : "there are no problems";

/** Whether a file is named by the selected problem, the line at the cursor, or the stage's problem. */
function namesFile({ build, log, ui }: ConsoleModel): boolean {
  if (build === undefined) return false;
  const isNamed = (problem: Problem | undefined): boolean =>
    problem?.file !== undefined || problem?.manifest !== undefined;
  if (ui.screen === "failures") return isNamed(selectedProblem(build, ui.failure));
  const line = log?.lines.find(({ offset }) => offset === log.cursor);
  if (line !== undefined && namedPlace(line.text) !== undefined) return true;
  const ofStage = orderedProblems(build).find(({ stage }) => stage === ui.selected);
  return isNamed(ofStage) && (ui.screen === "build" || line?.kind === "cause");
}

export const failureCommands: readonly Command[] = [
  {
    id: "failures",
    keys: ["f"],
    label: fixed("failures"),
    description: "All problems of the build: what happened, the proof, what to do.",
    views: ["build"],
    bar: 3,
    disabled: noProblems,
  },
  {
    id: "failure-list",
    keys: ["f"],
    label: fixed("failures"),
    description: "Show or hide the problems beside the log; with little room, on their own screen.",
    views: ["log"],
    bar: 3,
    disabled: noProblems,
  },
  {
    id: "explain",
    keys: ["enter"],
    label: fixed("why"),
    description: "The problem at the cursor, or the selected one: what happened, what to do.",
    views: ["log"],
    bar: 6,
    disabled: noProblems,
  },
  {
    id: "open-failure",
    keys: ["enter", "l"],
    label: fixed("log"),
    description: "The log where it proves this problem.",
    views: ["failures"],
    bar: 2,
    disabled: noProblems,
  },
  {
    id: "edit",
    keys: ["o"],
    label: fixed("editor"),
    description: "Open the file and line that are named here in $EDITOR.",
    views: ["build", "log", "failures"],
    bar: 2,
    isOffered: namesFile,
    disabled: noLog,
  },
  {
    id: "edit-component",
    keys: ["O"],
    label: (model) => basename(componentFile(shownProblem(model)) ?? "Makefile"),
    description: "Open the file of the component that should have delivered what is missing.",
    views: ["build", "log", "failures"],
    bar: 3,
    isOffered: (model) => componentFile(shownProblem(model)) !== undefined,
    disabled: (model) =>
      componentFile(shownProblem(model)) === undefined
        ? "no component is known that should have delivered it"
        : undefined,
  },
  {
    id: "copy-line",
    keys: ["y"],
    label: fixed("copy"),
    description: "Copy the line at the cursor, or the chosen lines; of a problem, its proof.",
    views: ["build", "log", "failures"],
    disabled: noLog,
  },
  {
    id: "select-lines",
    keys: ["v"],
    label: fixed("select lines"),
    description: "Choose lines from the cursor on, to copy them with y; again: choose none.",
    views: ["build", "log"],
    disabled: noLog,
  },
  {
    id: "copy-failure",
    keys: ["Y"],
    label: fixed("copy failure"),
    description: "Copy the problem as Markdown: sentence, command, proof, versions.",
    views: ["build", "log", "failures"],
    bar: 6,
    disabled: noProblems,
  },
  {
    id: "shell",
    keys: ["!"],
    label: fixed("shell"),
    description: "A shell in the folder of the failed command, with the stage's environment.",
    views: ["build", "log", "failures"],
    bar: 6,
    disabled: noLog,
  },
];
