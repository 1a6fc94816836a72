// Invariant: everything behind one frame: the build, the log on screen, what was chosen. Changes
// here are shown by the next frame and not before.
import { join } from "node:path";
import type { Attempt, BuildState, Problem, StageState } from "../../engine/journal/state.ts";
import { LogReader } from "../log/log-reader.ts";
import { LogScreen } from "../log/log-screen.ts";
import {
  type BuildFacts,
  type Command,
  type ConsoleModel,
  initialUi,
  type PastPlace,
  type ScreenName,
  type Size,
  type UiState,
  type VisibleLine,
  type WorkspaceName,
} from "../model.ts";
import type { PageName } from "../pages/page-view.ts";
import type { ConsolePorts } from "../ports.ts";
import { logColumnsOf, logRowsOf, type Layout } from "../present/layout.ts";
import { readProof } from "../log/proof.ts";
import { orderedProblems, selectedProblem } from "../present/problems.ts";
import { footerHeight, layoutFor } from "../present/screen.ts";
import { stageToFollow } from "../present/selection.ts";
import { Pages } from "../pages/pages.ts";
import type { Page } from "../pages/page.ts";
import { FactsWatch } from "./facts-watch.ts";
import { ShownBuild } from "./shown-build.ts";
import { StaleWatch } from "./stale-watch.ts";
import { busiestLog, logsOf, type StageLog } from "./stage-logs.ts";

/** What does not change while the console is open. */
export interface ViewOptions {
  readonly workspace: WorkspaceName;
  readonly version: string;
  readonly ascii: boolean;
  readonly ports: ConsolePorts;
  /** The keys, with the person's own. */
  readonly keymap: readonly Command[];
  /** What is wrong in the person's settings. */
  readonly complaints: readonly string[];
  /** Without output for so long a stage is called quiet. */
  readonly quietSeconds: number;
  /** Called, later, when a thread that reads a log has found something. */
  readonly onNews: () => void;
}

/** Of a line with more characters only the start is shown. */
const longestLine = 2000;

/** Where somebody stood in a log before a search. */
export interface Origin {
  readonly place: LogScreen["place"];
  readonly follow: boolean;
}

export class ViewState {
  readonly #options: ViewOptions;
  readonly #shown: ShownBuild;
  #log: LogScreen | undefined;
  #proof: { readonly key: string; readonly lines: readonly VisibleLine[] } | undefined;
  readonly pages: Pages;
  readonly facts: FactsWatch;
  readonly stale: StaleWatch;
  ui: UiState = initialUi;
  size: Size;
  beat = 0;
  /** Where the search that stands in the log began. */
  origin: Origin | undefined;
  /** Where the choosing of lines began. */
  selectionOrigin: Origin | undefined;

  constructor(options: ViewOptions, size: Size) {
    this.#options = options;
    this.size = size;
    const { ports, workspace, quietSeconds, onNews } = options;
    this.#shown = new ShownBuild(ports.buildsFolder);
    this.facts = new FactsWatch({ ports: ports.progress, quietSeconds, now: ports.now, onNews });
    this.stale = new StaleWatch({ plan: ports.plan, onNews });
    this.pages = new Pages({
      ports,
      root: workspace.root,
      isRunning: () => this.build?.state === "running",
      isPast: () => this.past !== undefined,
      newest: () => this.#shown.newestNow(),
      onNews,
    });
  }

  get log(): LogScreen | undefined {
    return this.#log;
  }

  /** The workspace. */
  get root(): string {
    return this.#options.workspace.root;
  }

  get buildFolder(): string | undefined {
    return this.#shown.folder;
  }

  /** The build as it was last read. */
  get build(): BuildState | undefined {
    return this.#shown.state;
  }

  /** Which build is looked at, while it is not the newest. */
  get past(): PastPlace | undefined {
    return this.#shown.past;
  }

  /** Turns to a build, with its place when it is only looked at; its state is there at the next `poll`. */
  open(buildFolder: string, past?: PastPlace): void {
    this.#shown.open(buildFolder, past);
    this.facts.open(buildFolder);
    this.stale.forget();
    this.stale.expect();
    this.showLog(undefined);
    const { overlay, times, mouse } = this.ui;
    this.ui = { ...initialUi, overlay, times, mouse };
  }

  /** Back from an earlier build to the newest one that there is. */
  openNewest(): void {
    const { newest } = this.#shown;
    if (this.past !== undefined && newest !== undefined) this.open(newest);
  }

  /**
   * Of a build that was started elsewhere: the first one is shown, and one that is over becomes an
   * earlier one; true then.
   */
  lookForNewer(): boolean {
    const first = this.#shown.findFirst();
    if (first === undefined) return this.#shown.isOvertaken();
    const { screen, pane } = this.ui;
    this.open(first);
    // Whoever is in the settings stays there.
    this.set({ screen, pane });
    return true;
  }

  /** Reads what the journal got; the state before, when it changed. */
  poll(): { readonly changed: boolean; readonly before: BuildState | undefined } {
    const before = this.build;
    this.#shown.poll();
    const goesAlong = this.ui.follow || this.ui.selected === undefined;
    if (this.build !== undefined && goesAlong) this.#goAlong(this.build);
    else this.refreshLog();
    return { changed: this.build !== before, before };
  }

  set(change: Partial<UiState>): void {
    this.ui = { ...this.ui, ...change };
  }

  /** Turns to a screen. */
  show(screen: ScreenName): void {
    const pane = screen === "log" ? "log" : "stages";
    // Whoever comes back from the settings may have changed some.
    if (screen === "build") this.stale.expect();
    this.set({ screen, pane, logFrom: undefined, ...(screen === "log" ? {} : { shift: 0 }) });
    this.page?.enter();
  }

  /** The page on screen, while one is. */
  get page(): Page | undefined {
    const { screen } = this.ui;
    return isPage(screen) ? this.pages.named(screen) : undefined;
  }

  get stage(): StageState | undefined {
    return this.build?.stages.find(({ name }) => name === this.ui.selected);
  }

  /** Selects a stage and turns to its latest log, at the end. */
  select(name: string | undefined): void {
    if (name !== this.ui.selected) this.set({ selected: name, shift: 0, attempt: undefined });
    this.set({ step: undefined });
    this.refreshLog();
  }

  /** The attempt at the selected stage that is looked at. */
  get attempt(): Attempt | undefined {
    const attempts = this.stage?.attempts ?? [];
    return attempts.find(({ number }) => number === this.ui.attempt) ?? attempts.at(-1);
  }

  /** The logs of that attempt. */
  logs(): readonly StageLog[] {
    const { attempt } = this;
    if (attempt === undefined || this.build === undefined || this.buildFolder === undefined) {
      return [];
    }
    return logsOf(attempt, this.buildFolder, this.build.workspace);
  }

  /** Turns to the log that belongs on screen: while following, the one in which something happens. */
  refreshLog(): void {
    const logs = this.logs();
    const shown = logs.find(({ file }) => file === this.#log?.file);
    const isRunning = this.attempt?.state === "running";
    const wanted = shown === undefined || this.ui.follow ? busiestLog(logs, isRunning) : shown;
    this.showLog(wanted);
  }

  /** Turns to one of the logs of the selected stage. */
  showLog(log: StageLog | undefined): void {
    const { stage, attempt } = this;
    if (log === undefined || stage === undefined || attempt === undefined) {
      this.#closeLog();
      return;
    }
    const name = {
      stage: stage.name,
      attempt: attempt.number,
      attempts: stage.attempts.length,
      file: log.file,
      own: log.file === attempt.log,
      others: this.logs().length - 1,
    };
    if (this.#log?.file === log.file) this.#log.rename(name);
    else {
      this.#closeLog();
      this.#log = new LogScreen(this.#reader(log, attempt), name);
      this.#log.advance();
    }
    // Those of an earlier attempt are not known any more.
    const problems = this.build === undefined ? [] : orderedProblems(this.build);
    this.#log.problems.set(problems, log.file);
  }

  /** The attempt in which a problem was found. */
  attemptOf(problem: Problem): Attempt | undefined {
    return this.build?.stages
      .find(({ name }) => name === problem.stage)
      ?.attempts.find(({ number }) => number === problem.attempt);
  }

  /** Where to read a log that a problem names. */
  logPath(file: string): string | undefined {
    const { build, buildFolder } = this;
    if (build === undefined || buildFolder === undefined) return undefined;
    return build.stages
      .flatMap(({ attempts }) => attempts)
      .flatMap((attempt) => logsOf(attempt, buildFolder, build.workspace))
      .find((log) => log.file === file)?.path;
  }

  /** The words of the line that begins at an offset of the log. */
  textAt(offset: number): string {
    return this.#log?.log?.from(offset, 1)[0]?.text ?? "";
  }

  /** Whether a search or a filter stands in the log, as the screen has to make room for it. */
  noteNarrowing(): void {
    const log = this.#log?.log;
    const isNarrowed = log?.currentSearch !== undefined || log?.currentFilter !== undefined;
    this.set({ isNarrowed });
  }

  /** Lines of the log that fit on screen. */
  get logHeight(): number {
    return logRowsOf(this.#layout());
  }

  get logWidth(): number {
    return logColumnsOf(this.#layout());
  }

  /** All of it as one frame shows it. */
  model(): ConsoleModel {
    const { workspace, version, ports, keymap, complaints } = this.#options;
    const { columns, rows } = this.size;
    const page = this.page?.view({ columns, rows: rows - 2 - footerHeight(this) });
    return {
      ...(page === undefined ? {} : { page }),
      keymap,
      complaints,
      workspace,
      version,
      build: this.build,
      past: this.past,
      log: this.#log?.view({
        height: this.logHeight,
        // Of a line that is too long the end is shown, too.
        columns: Math.max(this.logWidth + this.ui.shift, longestLine),
        times: this.ui.times,
        bar: this.ui.screen === "log",
      }),
      ...(this.ui.screen === "failures" ? { proof: this.#readProof() } : {}),
      facts: this.#facts(),
      // Times are kept of what a stage itself prints.
      ui: this.#log?.name.own === false ? { ...this.ui, times: false } : this.ui,
      size: this.size,
      now: ports.now(),
      beat: this.beat,
    };
  }

  close(): void {
    this.#shown.close();
    this.#log?.close();
    this.pages.close();
  }

  #facts(): BuildFacts {
    const facts = this.facts.facts(this.build);
    const { stale } = this.stale;
    const isOver = this.build?.state !== "running" && this.past === undefined;
    return stale === undefined || !isOver ? facts : { ...facts, stale };
  }

  #layout(): Layout {
    return layoutFor(this);
  }

  /** Goes along with the build: the stage that runs, and its step where a step was selected. */
  #goAlong(build: BuildState): void {
    const stage = stageToFollow(build);
    if (stage?.name !== this.ui.selected) this.select(stage?.name);
    else {
      const last = (stage?.attempts.at(-1)?.trail?.length ?? 0) - 1;
      if (this.ui.step !== undefined && last >= 0) this.set({ step: last });
      this.refreshLog();
    }
  }

  #reader(log: StageLog, attempt: Attempt): LogReader {
    const { ports, ascii, onNews } = this.#options;
    // Times are kept of a stage's own output only.
    const times =
      log.file === attempt.log ? join(this.buildFolder ?? "", timesOf(attempt)) : undefined;
    return new LogReader(log.path, {
      classify: ports.classify,
      ascii,
      onNews,
      ...(times === undefined ? {} : { times }),
    });
  }

  #readProof(): readonly VisibleLine[] {
    const problem = this.build && selectedProblem(this.build, this.ui.failure);
    if (problem?.span === undefined) return [];
    const { span, id } = problem;
    const key = `${id} ${String(span.start)} ${String(span.end)}`;
    if (this.#proof?.key !== key) {
      const path = this.logPath(span.log);
      const lines = path === undefined ? [] : readProof(path, span, this.#options.ascii);
      this.#proof = { key, lines };
    }
    return this.#proof.lines;
  }

  #closeLog(): void {
    this.#log?.close();
    this.#log = undefined;
    this.origin = undefined;
    this.selectionOrigin = undefined;
    if (this.ui.isSelecting) this.set({ isSelecting: false });
    if (this.ui.isNarrowed) this.set({ isNarrowed: false, filter: [] });
  }
}

function isPage(screen: ScreenName): screen is PageName {
  return screen === "manifest" || screen === "settings" || screen === "builds";
}

/** The samples beside the log of an attempt. */
function timesOf({ log }: Attempt): string {
  return log.replace(/\.log$/, ".times");
}
