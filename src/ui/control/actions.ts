// Invariant: every command of the keymap has exactly one effect, written here; none of them draws.
import type { Action, ActionContext } from "./action.ts";
import { failureActions, goRound, selectProblem, stepInList } from "./failure-actions.ts";
import { endSelection } from "./line-selection.ts";
import { jumpToProblem, showFirstFailure } from "./failure-jump.ts";
import type { StageState } from "../../engine/journal/state.ts";
import type { CommandId } from "../command-ids.ts";
import type { StopChoice } from "../model.ts";
import type { HostCommand, StartedBuild } from "../ports.ts";
import { buildsActions } from "../pages/builds/actions.ts";
import { manifestActions } from "../pages/manifest/actions.ts";
import { settingsActions } from "../pages/settings/actions.ts";
import { paletteActions } from "../palette/actions.ts";
import { selectNeighbour, toggleSteps } from "./select-stage.ts";
import { endSearch, logActions } from "./log-actions.ts";
import { keysInTurn } from "../key-names.ts";
import { lastHelpTop } from "../present/help.ts";
import { keyIn } from "../present/hints.ts";
import { bodyHeightOf } from "../present/screen.ts";
import { selectedStep } from "../present/selection.ts";
import { stopChoices } from "../present/stop-dialog.ts";
import { typingActions } from "./typing-actions.ts";
import type { ViewState } from "./view-state.ts";

const shiftStep = 16;

export const actions: Readonly<Record<CommandId, Action>> = {
  ...logActions,
  ...failureActions,
  ...manifestActions,
  ...settingsActions,
  ...buildsActions,
  ...paletteActions,
  ...typingActions,
  "show-build": ({ view }) => {
    view.show("build");
  },
  "show-log": ({ view }) => {
    view.show("log");
  },
  "show-manifest": ({ view }) => {
    view.show("manifest");
  },
  "show-settings": ({ view }) => {
    view.show("settings");
  },
  "show-builds": ({ view }) => {
    view.show("builds");
  },
  build: (context) => {
    context.view.set({ notice: "Starting …" });
    void startBuild(context);
  },
  up: (context) => {
    step(context, -1);
  },
  down: (context) => {
    step(context, 1);
  },
  "page-up": (context) => {
    turnPage(context, -1);
  },
  "page-down": (context) => {
    turnPage(context, 1);
  },
  "toggle-steps": (context) => {
    if (context.view.ui.pane === "log") turnPage(context, 1);
    else toggleSteps(context.view);
  },
  first: ({ view }) => {
    if (view.ui.overlay?.kind === "help") {
      scrollHelp(view, -Number.MAX_SAFE_INTEGER);
      return;
    }
    if (view.page !== undefined) {
      view.page.move({ to: "first" });
      return;
    }
    view.set({ follow: false });
    view.log?.toStart(view.logHeight);
  },
  last: (context) => {
    const { view } = context;
    if (view.ui.overlay?.kind === "help") {
      scrollHelp(view, Number.MAX_SAFE_INTEGER);
      return;
    }
    if (view.page === undefined) toEnd(context);
    else view.page.move({ to: "last" });
  },
  left: ({ view }) => {
    view.set({ shift: Math.max(0, view.ui.shift - shiftStep) });
  },
  right: ({ view }) => {
    view.set({ shift: view.ui.shift + shiftStep });
  },
  follow: ({ view }) => {
    if (view.ui.follow) {
      view.set({ follow: false });
      view.log?.pause(view.logHeight);
      return;
    }
    view.set({ follow: true, attempt: undefined });
    view.poll();
    view.log?.toEnd();
  },
  "next-failure": (context) => {
    if (context.view.ui.screen === "failures") goRound(context.view, 1);
    else void jumpToProblem(context, 1);
  },
  "previous-failure": (context) => {
    if (context.view.ui.screen === "failures") goRound(context.view, -1);
    else void jumpToProblem(context, -1);
  },
  "other-pane": ({ view }) => {
    view.set({ pane: view.ui.pane === "stages" ? "log" : "stages" });
  },
  "open-log": ({ view }) => {
    view.show("log");
  },
  back: (context) => {
    const { page, ui } = context.view;
    if (page?.back() === true) return;
    if (page === undefined && ui.screen !== "failures") {
      if (endSelection(context) || endSearch(context)) return;
    }
    context.view.show(page?.cameFrom ?? ui.logFrom ?? "build");
  },
  retry: (context) => {
    const stage = context.view.stage?.name;
    const step = selectedStep(context.view.model());
    if (stage === undefined) return;
    if (step === undefined) void retryStage(context, stage, `Asked to run ${stage} again.`);
    else void retryStep(context, stage, step.name);
  },
  help: ({ view }) => {
    const isOpen = view.ui.overlay?.kind === "help";
    view.set({ overlay: isOpen ? undefined : { kind: "help", top: 0, text: "", typing: false } });
  },
  "filter-help": ({ view }) => {
    const { overlay } = view.ui;
    if (overlay?.kind === "help") view.set({ overlay: { ...overlay, typing: true } });
  },
  mouse: ({ view, mouse }) => {
    const isOn = !view.ui.mouse;
    mouse(isOn);
    const said = isOn
      ? "The wheel scrolls and a click selects; to mark text, hold Shift."
      : "The mouse is the terminal's again.";
    view.set({ mouse: isOn, notice: said });
  },
  detach: ({ leave }) => {
    leave("quit");
  },
  interrupt: ({ view, leave, isRunning }) => {
    if (isRunning) view.set({ overlay: { kind: "stop", choice: "cancel" } });
    else leave("quit");
  },
  suspend: ({ leave }) => {
    leave("suspend");
  },
  close: ({ view }) => {
    const { overlay } = view.ui;
    const isFiltered = overlay?.kind === "help" && overlay.text !== "";
    view.set({ overlay: isFiltered ? { ...overlay, text: "", top: 0 } : undefined });
  },
  "previous-choice": (context) => {
    choose(context, -1);
  },
  "next-choice": (context) => {
    choose(context, 1);
  },
  "take-choice": (context) => {
    const { overlay } = context.view.ui;
    if (overlay?.kind === "stop") takeChoice(context, overlay.choice);
  },
  stop: (context) => {
    takeChoice(context, "stop");
  },
  cancel: ({ view }) => {
    view.set({ overlay: undefined });
  },
};

function takeChoice(context: ActionContext, choice: StopChoice): void {
  context.view.set({ overlay: undefined });
  switch (choice) {
    case "stop":
      void send(context, { command: "stop", signal: "SIGINT" }, "Asked the build to stop.");
      return;
    case "detach":
      context.leave("quit");
      return;
    case "cancel":
      return;
  }
}

function choose({ view }: ActionContext, by: 1 | -1): void {
  const { overlay } = view.ui;
  if (overlay?.kind !== "stop") return;
  const at = stopChoices.indexOf(overlay.choice) + by;
  const choice = stopChoices[(at + stopChoices.length) % stopChoices.length] ?? "cancel";
  view.set({ overlay: { kind: "stop", choice } });
}

/** Hands a command to the host and says on screen what became of that; true when it got there. */
async function send(
  { view, ports, shown }: ActionContext,
  command: HostCommand,
  done: string,
): Promise<boolean> {
  const folder = view.buildFolder;
  if (folder === undefined) return false;
  view.set({ notice: done });
  const refused = await ports.send(folder, command);
  if (refused !== undefined) view.set({ notice: refused });
  shown();
  return refused === undefined;
}

async function retryStage(context: ActionContext, stage: string, done: string): Promise<void> {
  const { view } = context;
  const find = (): StageState | undefined => view.build?.stages.find(({ name }) => name === stage);
  const before = find()?.attempts.length ?? 0;
  const isSent = await send(context, { command: "retry", stage }, done);
  if (!isSent) return;
  const now = find();
  // A short stage may have failed again before the host's answer is here.
  if (now?.state === "failed" && now.attempts.length > before) {
    showFirstFailure(context, stage);
    return;
  }
  if (context.view.ui.screen === "failures") context.view.show("build");
  context.view.set({ follow: true });
  context.view.log?.toEnd();
}

/** Builds one component where the tree can; else all of its stage. */
async function retryStep(context: ActionContext, stage: string, name: string): Promise<void> {
  context.view.set({ notice: `Starting ${stage}/${name} …` });
  const started = await context.ports.start([`${stage}/${name}`]);
  if ("refused" in started && started.isUnknown === true) {
    await retryStage(context, stage, `${name} is not built alone: asked to run ${stage} again.`);
  } else showStarted(context, started);
}

async function startBuild(context: ActionContext): Promise<void> {
  const { view, ports, shown } = context;
  const started = await ports.start([]);
  showStarted(context, started);
  if (!view.pages.hasUnwrittenSettings) return;
  const { ui, keymap } = view.model();
  const to = keyIn(ui.screen, "show-settings", keymap);
  const write = keyIn("settings", "settings-review", keymap);
  const keys = to === undefined || write === undefined ? "" : `: ${keysInTurn(to, write)}`;
  const before = "refused" in started ? started.refused : "Started.";
  view.set({ notice: `${before} Changed settings are not written${keys}.` });
  shown();
}

function showStarted(context: ActionContext, started: StartedBuild): void {
  if ("folder" in started) {
    context.started(started.folder);
    context.view.set({ notice: undefined });
  } else context.view.set({ notice: started.refused });
  context.shown();
}

function pageOf({ view }: ActionContext): number {
  return Math.max(1, view.logHeight - 1);
}

function step(context: ActionContext, by: 1 | -1): void {
  const { view } = context;
  if (view.ui.overlay?.kind === "help") scrollHelp(view, by);
  else if (view.page !== undefined) view.page.move({ rows: by });
  else if (view.ui.screen === "failures") selectProblem(view, by);
  else if (view.ui.pane === "log") moveCursor(context, by);
  else if (view.ui.screen === "log") stepInList(context, by);
  else selectNeighbour(view, by);
}

function moveCursor(context: ActionContext, by: 1 | -1): void {
  const { view } = context;
  const isAtEnd = view.log?.moveCursor(by, view.logHeight) ?? false;
  if (isAtEnd && by > 0) toEnd(context);
  else view.set({ follow: false });
}

function turnPage(context: ActionContext, by: 1 | -1): void {
  const { page, ui } = context.view;
  if (page !== undefined && ui.overlay === undefined) page.move({ screens: by });
  else scroll(context, by * pageOf(context));
}

/** Scrolls the log by lines, or the help while it is open. */
export function scroll(context: ActionContext, lines: number): void {
  const { view } = context;
  if (view.ui.overlay?.kind === "help") {
    scrollHelp(view, lines);
    return;
  }
  const isAtEnd = view.log?.move(lines, view.logHeight) ?? false;
  if (isAtEnd && lines > 0) toEnd(context);
  else view.set({ follow: false });
}

/** To the end of the log; of the running stage's log that means to follow it. */
function toEnd({ view }: ActionContext): void {
  view.log?.toEnd();
  const isLatest = view.attempt === view.stage?.attempts.at(-1);
  if (view.stage?.state === "running" && isLatest) view.set({ follow: true });
}

function scrollHelp(view: ViewState, by: number): void {
  const { overlay } = view.ui;
  if (overlay?.kind !== "help") return;
  const last = lastHelpTop(view.model(), bodyHeightOf(view.model()));
  const top = Math.max(0, Math.min(last, overlay.top + by));
  view.set({ overlay: { ...overlay, top } });
}
