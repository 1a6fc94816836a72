// Invariant: one loop looks at the files and one `setState` a frame shows what they hold; nothing
// here draws, and leaving it never touches the build.
import { statSync } from "node:fs";
import { join } from "node:path";
import type { BuildState, StageState } from "../../engine/journal/state.ts";
import { isRunning } from "../console-keys.ts";
import { commandFor, keymapOf, viewOf } from "../keymap.ts";
import type { Command, Size } from "../model.ts";
import type { ConsolePorts } from "../ports.ts";
import type { MouseEvent } from "../terminal/mouse-input.ts";
import { createConsoleStore, type ConsoleStore } from "../store.ts";
import type { ActionContext, Leaving } from "./action.ts";
import { actions, scroll } from "./actions.ts";
import { showFirstFailure } from "./failure-jump.ts";
import { obeyMouse } from "./mouse.ts";
import { pasteInPrompt, typeInPrompt } from "./prompt.ts";
import { ViewState, type ViewOptions } from "./view-state.ts";

/** While somebody uses the keys, frames come this often (milliseconds) … */
const attentiveMs = 250;
/** … and else this often: each frame costs CPU time that the build could use. */
const calmMs = 900;
const attentionMs = 10_000;
/** What threads find is gathered for so long before it is shown. */
const newsMs = 60;
/** Whoever has just opened the console looks at it. */
const openingMs = 3000;
/** Without output only the clock moves. */
const clockMs = 1000;
/** How long ago a build ended is told in minutes. */
const agoMs = 20_000;
/** A build that is over changes only by a retry. */
const endedMs = 1000;
const hostCheckMs = 1000;
const newerCheckMs = 900;
/** A log that is not indexed yet is so in steps. */
const indexingMs = 60;

/** What the console can do with the terminal. */
export interface Terminal extends Pick<ActionContext, "env" | "lend" | "copy" | "mouse"> {
  readonly leave: (how: Leaving) => void;
}

export class ConsoleControl {
  readonly store: ConsoleStore;
  readonly #view: ViewState;
  readonly #ports: ConsolePorts;
  readonly #terminal: Terminal;
  #timer: NodeJS.Timeout | undefined;
  readonly #openedAt = performance.now();
  #lastFrame = 0;
  #lastKey: number;
  #lastHostCheck = 0;
  #lastNewerCheck = 0;
  #runningBytes = 0;
  #isClosed = false;
  #news: NodeJS.Timeout | undefined;

  constructor(
    options: Omit<ViewOptions, "onNews"> & Terminal & { readonly mouseFromStart: boolean },
    buildFolder: string | undefined,
    size: Size,
  ) {
    this.#view = new ViewState(
      {
        ...options,
        onNews: () => {
          this.#hear();
        },
      },
      size,
    );
    this.#ports = options.ports;
    this.#terminal = options;
    this.#lastKey = -attentionMs;
    if (buildFolder !== undefined) this.#view.open(buildFolder);
    const [complaint, ...more] = options.complaints;
    if (complaint !== undefined) {
      const others = more.length === 0 ? "" : ` (and ${more.length} more, see ?)`;
      this.#view.set({ notice: `${complaint.replace(/^\S*\/(?=[^/\s]+\.json\b)/, "")}${others}` });
    }
    if (options.mouseFromStart) this.#view.set({ mouse: true });
    this.#view.poll();
    this.store = createConsoleStore(this.#view.model());
  }

  /** Begins to look for changes. */
  start(): void {
    if (this.build !== undefined) this.#react(undefined, this.build);
    this.#view.facts.look(this.build);
    this.#schedule();
  }

  /** The build as it was last seen. */
  get build(): BuildState | undefined {
    return this.#view.build;
  }

  get buildFolder(): string | undefined {
    return this.#view.buildFolder;
  }

  /** A key by its name in the keymap. */
  key(name: string): void {
    this.#lastKey = performance.now();
    const model = this.#view.model();
    const command = commandFor(viewOf(model), name, keymapOf(model));
    if (command !== undefined) {
      this.#perform(command, name);
      this.#frame();
    } else if (typeInPrompt(this.#view, name)) this.#frame();
    else if (model.ui.overlay === undefined && this.#view.page?.type(name) === true) this.#frame();
  }

  /** What somebody did with the mouse. */
  mouse(event: MouseEvent): void {
    this.#lastKey = performance.now();
    if (!this.#view.ui.mouse) return;
    this.#view.set({ notice: undefined });
    const context = this.#context;
    obeyMouse(this.#view, event, {
      step: (by) => {
        const isPalette = this.#view.ui.overlay?.kind === "palette";
        const next = isPalette ? "next-action" : "down";
        const previous = isPalette ? "previous-action" : "up";
        actions[by === 1 ? next : previous](context);
      },
      scroll: (lines) => {
        scroll(context, lines);
      },
    });
    this.#frame();
  }

  #perform(command: Command, said: string): void {
    this.#view.set({ notice: undefined });
    const reason = command.disabled?.(this.#view.model());
    if (reason === undefined) actions[command.id](this.#context);
    else this.#view.set({ notice: `${said}: ${reason}.` });
  }

  /** Text that was pasted in one go: never keys, whatever it holds. */
  paste(text: string): void {
    this.#lastKey = performance.now();
    this.#view.set({ notice: undefined });
    if (!pasteInPrompt(this.#view, text) && this.#view.page?.paste?.(text) !== true) {
      this.#view.set({ notice: "Nothing is typed here, so the pasted text was left out." });
    }
    this.#frame();
  }

  resize(size: Size): void {
    this.#view.size = size;
    this.#frame();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#news);
    // The summary and the exit code are the newest build's, whatever was looked at last; but those
    // of a build that somebody else's overtook stay its own.
    const { past } = this.#view;
    if (past !== undefined && past.overtakenBy === undefined) {
      this.#view.openNewest();
      this.#view.poll();
    }
    this.#view.close();
  }

  get #context(): ActionContext {
    return {
      view: this.#view,
      ports: this.#ports,
      leave: (how) => {
        const asking = how === "quit" ? this.#view.pages.asksBeforeLeaving() : undefined;
        if (asking === undefined) this.#terminal.leave(how);
        else this.#view.show(asking);
      },
      env: this.#terminal.env,
      lend: async (to) => {
        const failed = await this.#terminal.lend(to);
        this.#view.stale.expect();
        return failed;
      },
      copy: this.#terminal.copy,
      mouse: this.#terminal.mouse,
      perform: (command) => {
        this.#perform(command, command.id);
      },
      isRunning: isRunning(this.#view.model()),
      shown: () => {
        if (!this.#isClosed) this.#frame();
      },
      started: (folder) => {
        this.#view.open(folder);
        this.#look();
      },
    };
  }

  /** What a thread found is on screen soon: at once for somebody who waits for it. */
  #hear(): void {
    if (this.#news !== undefined || this.#isClosed) return;
    const isNew = performance.now() - this.#openedAt < openingMs;
    const pause = this.#isAttentive || isNew ? newsMs : calmMs;
    this.#news = setTimeout(() => {
      this.#news = undefined;
      this.#look();
      this.#frame();
    }, pause);
  }

  get #isAttentive(): boolean {
    return performance.now() - this.#lastKey < attentionMs;
  }

  #schedule(): void {
    if (this.#isClosed) return;
    const isOver = this.build !== undefined && this.build.state !== "running";
    const isIndexing = (this.#view.log?.reader.complete ?? 1) < 1;
    const pause = isIndexing
      ? indexingMs
      : isOver
        ? endedMs
        : this.#isAttentive
          ? attentiveMs
          : calmMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#look() || this.#isClockDue()) this.#frame();
      this.#schedule();
    }, pause);
  }

  /** Reads what is new; true when a frame would show it. */
  #look(): boolean {
    const isOvertaken = this.#isOvertaken();
    const { changed, before } = this.#view.poll();
    const build = this.build;
    if (changed && build !== undefined) this.#react(before, build);
    const hasGrown = this.#view.log?.advance() === true;
    const isBusy = this.#hasRunningStageWritten();
    if (isBusy || (hasGrown && this.#view.stage?.state === "running")) this.#view.beat++;
    this.#checkHost();
    const hasFacts = this.#view.facts.look(build);
    this.#lookForStale();
    const hasPageChanged = this.#view.page?.poll() === true;
    return changed || hasGrown || isBusy || isOvertaken || hasFacts || hasPageChanged;
  }

  /** Whether another build was begun, by somebody else: looked for now and then. */
  #isOvertaken(): boolean {
    const now = performance.now();
    if (now - this.#lastNewerCheck < newerCheckMs) return false;
    this.#lastNewerCheck = now;
    return this.#view.lookForNewer();
  }

  /** Turns to a stage that just failed, unless somebody reads something else. */
  #react(before: BuildState | undefined, build: BuildState): void {
    // What was asked for has happened; the screen shows it better than a sentence.
    if (before !== undefined && stagesMoved(before, build)) {
      this.#view.set({ notice: undefined });
    }
    if (build.state !== "running" && this.#view.ui.overlay?.kind === "stop") {
      this.#view.set({ overlay: undefined });
    }
    if (!this.#view.ui.follow) return;
    const failed = build.stages.find(
      (stage) => stage.state === "failed" && hasMoved(before, stage),
    );
    const goesOn = build.stages.some(({ state }) => state === "running");
    const isOverNow = build.state !== "running" && before?.state !== build.state;
    const stage = goesOn ? undefined : (failed ?? (isOverNow ? firstFailed(build) : undefined));
    if (stage !== undefined) showFirstFailure(this.#context, stage.name);
  }

  /** What is stale is told where stages are shown, of the newest build. */
  #lookForStale(): void {
    const { build, past, ui, stale } = this.#view;
    if (build === undefined || past !== undefined) return;
    if (build.state === "running") stale.forget();
    else if (ui.screen === "build") stale.look(build, this.#lastKey, performance.now());
  }

  #hasRunningStageWritten(): boolean {
    const folder = this.buildFolder;
    const attempt = this.build?.stages.find(({ state }) => state === "running")?.attempts.at(-1);
    if (folder === undefined || attempt === undefined) return false;
    const bytes = statSync(join(folder, attempt.log), { throwIfNoEntry: false })?.size ?? 0;
    const changed = bytes !== this.#runningBytes;
    this.#runningBytes = bytes;
    return changed;
  }

  #checkHost(): void {
    const { build, buildFolder } = this;
    const now = performance.now();
    if (build?.state !== "running" || buildFolder === undefined) return;
    // An earlier build that never ended stays as it is: there is a newer one.
    if (this.#view.past !== undefined) return;
    if (now - this.#lastHostCheck < hostCheckMs) return;
    this.#lastHostCheck = Infinity;
    void this.#ports
      .ensureHost(build, buildFolder)
      .catch((error: unknown) => `No host can be started: ${String(error)}`)
      .then((hostTrouble) => {
        this.#lastHostCheck = now;
        if (this.#isClosed || hostTrouble === this.#view.ui.hostTrouble) return;
        if (this.buildFolder !== buildFolder) return;
        this.#view.set({ hostTrouble });
        this.#frame();
      });
  }

  #isClockDue(): boolean {
    const passed = performance.now() - this.#lastFrame;
    return passed >= (this.build?.state === "running" ? clockMs - 150 : agoMs);
  }

  #frame(): void {
    this.#lastFrame = performance.now();
    this.store.setState(this.#view.model(), true);
  }
}

/** Stages that are given up because another failed are no answer to anything. */
function stagesMoved(before: BuildState, build: BuildState): boolean {
  return build.stages.some((stage) => stage.state !== "skipped" && hasMoved(before, stage));
}

/** A short stage may have ended as it ended before, between two looks. */
function hasMoved(before: BuildState | undefined, { name, state, attempts }: StageState): boolean {
  const earlier = before?.stages.find((stage) => stage.name === name);
  return earlier?.state !== state || earlier.attempts.length !== attempts.length;
}

function firstFailed(build: BuildState): BuildState["stages"][number] | undefined {
  return build.stages.find(({ state }) => state === "failed");
}
