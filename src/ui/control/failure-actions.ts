// Invariant: what is done with a problem is done with the one on screen: the selected one of the
// list, else the one at the cursor of the log.
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Problem } from "../../engine/journal/state.ts";
import { cleanText } from "../../engine/logs/clean.ts";
import type { FailureCommandId } from "../command-ids.ts";
import { foldersAbove } from "../log/folders-above.ts";
import { namedPlace } from "../log/named-place.ts";
import { rawText } from "../log/raw-line.ts";
import { keymapOf } from "../keymap.ts";
import { keyIn } from "../present/hints.ts";
import { logListWidth } from "../present/log-list.ts";
import { componentFile, shownProblem } from "../present/component-file.ts";
import { orderedProblems, selectedProblem } from "../present/problems.ts";
import { buildKeys, cannotRetry } from "../console-keys.ts";
import { otherOrigin } from "../present/other-origin.ts";
import { editorCommand } from "../terminal/lend.ts";
import type { Action, ActionContext } from "./action.ts";
import { failureMarkdown } from "./failure-markdown.ts";
import { onlyProblem, showProblem, unprovenAt } from "./failure-jump.ts";
import { beginSelection, copySelection, endSelection } from "./line-selection.ts";
import type { ViewState } from "./view-state.ts";

export const failureActions: Readonly<Record<FailureCommandId, Action>> = {
  failures: ({ view }) => {
    const problem = problemOf(view);
    view.set({ screen: "failures", follow: false });
    select(view, problem);
  },
  "failure-list": ({ view }) => {
    const width = logListWidth(view);
    if (width > 0) view.set({ list: false, pane: "log" });
    else {
      view.set({ list: true, failure: problemOf(view)?.id });
      if (logListWidth(view) === 0) view.set({ screen: "failures", follow: false });
    }
  },
  explain: ({ view }) => {
    const problem = view.ui.pane === "log" ? problemOf(view) : listedProblem(view);
    view.set({ screen: "failures", follow: false });
    select(view, problem);
  },
  "open-failure": (context) => {
    const problem = problemOf(context.view);
    context.view.set({ screen: "log", pane: "log", logFrom: "failures" });
    showProblem(context, problem);
  },
  edit: (context) => {
    void edit(context);
  },
  "edit-component": (context) => {
    void editComponent(context);
  },
  "copy-line": (context) => {
    const { view, copy } = context;
    if (copySelection(context)) return;
    const span = view.ui.screen === "failures" ? problemOf(view)?.span : undefined;
    const line = span === undefined ? view.log?.cursorLine(view.logHeight) : undefined;
    const path = span === undefined ? view.log?.reader.path : view.logPath(span.log);
    const offset = span?.start ?? line?.offset;
    const bytes = span === undefined ? line?.bytes : span.end - span.start;
    if (path === undefined || offset === undefined || bytes === undefined) return;
    const text = rawText(path, offset, bytes);
    const notice = text === undefined ? `Cannot read ${path}.` : copyLine(trimmed(text), copy);
    view.set({ notice });
  },
  "select-lines": (context) => {
    if (!endSelection(context)) beginSelection(context);
  },
  "copy-failure": (context) => {
    void copyFailure(context);
  },
  shell: (context) => {
    void shell(context);
  },
};

/** The problem that the list beside the log has selected. */
function listedProblem(view: ViewState): Problem | undefined {
  return view.build && selectedProblem(view.build, view.ui.failure);
}

/** Selects the next problem in the list beside the log, and shows its line where it has one. */
export function stepInList(context: ActionContext, by: 1 | -1): void {
  const { view } = context;
  if (view.build === undefined) return;
  const problems = orderedProblems(view.build);
  const at = problems.findIndex(({ id }) => id === listedProblem(view)?.id);
  const problem = problems[Math.max(0, Math.min(problems.length - 1, at + by))];
  if (problem === undefined) return;
  view.set({ failure: problem.id });
  if (problem.span !== undefined) {
    showProblem(context, problem);
    return;
  }
  const key = keyIn("log", "explain", keymapOf(view.model()));
  const how = key === undefined ? "." : `; ${key} explains it.`;
  view.set({ notice: `No log shows this one${how}` });
}

/** Selects the problem after or before the selected one. */
export function selectProblem(view: ViewState, by: number): void {
  if (view.build === undefined) return;
  const problems = orderedProblems(view.build);
  const at = problems.findIndex(({ id }) => id === problemOf(view)?.id);
  select(view, problems[Math.max(0, Math.min(problems.length - 1, at + by))]);
}

/** Selects the problem after or before the selected one, going round; says so where it is alone. */
export function goRound(view: ViewState, by: 1 | -1): void {
  if (view.build === undefined) return;
  const problems = orderedProblems(view.build);
  if (problems.length === 1) view.set({ notice: onlyProblem });
  const at = problems.findIndex(({ id }) => id === problemOf(view)?.id);
  select(view, problems[(at + by + problems.length) % problems.length]);
}

function select(view: ViewState, problem: Problem | undefined): void {
  if (problem === undefined) return;
  view.set({ failure: problem.id });
  view.select(problem.stage);
}

/** The problem that is meant on this screen. */
function problemOf(view: ViewState): Problem | undefined {
  const { build, ui, log } = view;
  if (build === undefined) return undefined;
  if (ui.screen === "failures") return selectedProblem(build, ui.failure);
  return (
    log?.problems.holding(log.place.cursor) ??
    unprovenAt(view) ??
    orderedProblems(build).find(({ stage }) => stage === ui.selected) ??
    selectedProblem(build, undefined)
  );
}

/** Folders that a name in a log may be relative to, the likeliest first. */
function foldersOf(view: ViewState, problem: Problem | undefined): readonly string[] {
  const own = problem === undefined ? view.attempt : view.attemptOf(problem);
  const folders = [problem?.folder, ...foldersTold(view, problem), own?.cwd, view.build?.workspace];
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}

/** Those that the log tells above the problem, without one above the cursor. */
function foldersTold(view: ViewState, problem: Problem | undefined): readonly string[] {
  if (problem !== undefined) {
    const { span } = problem;
    const path = span === undefined ? undefined : view.logPath(span.log);
    return span === undefined || path === undefined ? [] : foldersAbove(path, span.start);
  }
  const line = view.log?.cursorLine(view.logHeight);
  const path = view.log?.reader.path;
  return line === undefined || path === undefined ? [] : foldersAbove(path, line.offset);
}

async function edit(context: ActionContext): Promise<void> {
  const { view, lend, shown, env } = context;
  const isList = view.ui.screen === "failures";
  const here = view.log?.problems.holding(view.log.place.cursor);
  const text = isList ? "" : (view.log?.cursorLine(view.logHeight)?.offset ?? "");
  const line = typeof text === "number" ? view.textAt(text) : "";
  const named = namedPlace(line);
  // Beside the stages the problem of the selected one is meant where the log names no file.
  const isMeant = view.ui.screen === "build" && named === undefined;
  const problem = isList ? problemOf(view) : (here ?? (isMeant ? problemOf(view) : undefined));
  const file = named?.file ?? problem?.manifest ?? problem?.file;
  const at =
    named?.line ?? (problem?.manifest === undefined ? problem?.line : problem.manifestLine);
  if (file === undefined) {
    view.set({ notice: "No file is named here." });
    shown();
    return;
  }
  const folders = foldersOf(view, problem);
  const path = isAbsolute(file)
    ? file
    : folders.map((folder) => join(folder, file)).find((each) => existsSync(each));
  if (path === undefined || !existsSync(path)) {
    view.set({ notice: `${file} is not in ${folders.slice(0, 3).join(" or ")}.` });
    shown();
    return;
  }
  const cwd = view.build?.workspace ?? ".";
  const failed = await lend({ argv: editorCommand(env, path, at ?? 1), cwd, env });
  view.set({ notice: failed });
  shown();
}

async function editComponent({ view, lend, shown, env }: ActionContext): Promise<void> {
  const file = componentFile(shownProblem(view.model()));
  if (file === undefined) return;
  const cwd = view.build?.workspace ?? ".";
  const path = join(cwd, file);
  const failed = existsSync(path)
    ? await lend({ argv: editorCommand(env, path, 1), cwd, env })
    : `${file} is not there any more.`;
  view.set({ notice: failed });
  shown();
}

async function copyFailure({ view, copy, ports, shown }: ActionContext): Promise<void> {
  const problem = problemOf(view);
  if (problem === undefined) return;
  const { span, stage } = problem;
  const path = span === undefined ? undefined : view.logPath(span.log);
  const proof =
    span === undefined || path === undefined
      ? ""
      : (rawText(path, span.start, span.end - span.start) ?? "");
  const folder = view.buildFolder ?? "";
  const text = failureMarkdown(problem, {
    attempt: view.attemptOf(problem),
    proof: proof === "" ? [] : trimmed(proof).split("\n"),
    versions: ports.versions(folder, stage),
    settings: await ports.settingsOf(folder, stage),
    mask: ports.mask,
  });
  view.set({ notice: copy(text) });
  shown();
}

async function shell(context: ActionContext): Promise<void> {
  const { view, lend, ports, shown, env } = context;
  const problem = problemOf(view);
  const stage = problem?.stage ?? view.stage?.name;
  const attempt = problem === undefined ? view.attempt : view.attemptOf(problem);
  const cwd = foldersOf(view, problem).find((folder) => existsSync(folder));
  if (stage === undefined || attempt === undefined || cwd === undefined) return;
  const given = ports.environment(view.buildFolder ?? "", stage, attempt.number);
  if ("refused" in given) view.set({ notice: given.refused });
  else {
    const name = env["SHELL"] || "/bin/sh";
    const greeting =
      `smartbuild: a shell in ${cleanText(cwd, 1000)}, with the environment of ${stage} ` +
      `(attempt ${attempt.number}). exit or Ctrl-D goes back to the console.`;
    const failed = await lend({ argv: [name], cwd, env: given.environment, greeting });
    view.select(stage);
    view.set({ notice: failed ?? `${afterShell(view, stage)} Left the shell in ${cwd}.` });
  }
  shown();
}

/** What to do once something was mended in a shell: what `r` would do, or else a new build. */
function afterShell(view: ViewState, stage: string): string {
  const origin = view.build && otherOrigin(view.build, stage);
  const build = buildKeys(view.ui.screen, view.model().keymap);
  const then = (what: string): string =>
    build === undefined ? "start a new build." : `${build} builds ${what} and the rest again.`;
  if (origin !== undefined) return `Once ${origin.component} is mended, ${then(origin.stage)}`;
  const refused = cannotRetry(view.model());
  const key = keyIn(view.ui.screen, "retry", keymapOf(view.model()));
  if (refused === undefined && key !== undefined) return `${key} runs ${stage} again.`;
  return `Once it is mended, ${then(stage)}`;
}

function trimmed(text: string): string {
  return text.replace(/\n+$/, "");
}

/** Characters of a copied line that are told. */
const mostTold = 32;

/** Copies a line and says how it begins: not every line that can be copied has a cursor. */
function copyLine(line: string, copy: ActionContext["copy"]): string {
  const words = cleanText(line.trimStart(), mostTold + 1);
  const told = words.length > mostTold ? `${words.slice(0, mostTold).trimEnd()} …` : words;
  return `${copy(line)} ${told}`.trimEnd();
}
