// Invariant: the seed alone decides a round's fault, its moment and who looks afterwards; whatever
// happens, a round leaves neither processes nor files.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildFolders, readBuild } from "../../src/engine/journal/builds.ts";
import { Random } from "../support/random.ts";
import { newestBuild, program, run, start, until, type Started } from "../support/smartbuild.ts";
import { mountSmallDisk, unmount } from "../support/small-disk.ts";
import { Terminal } from "../support/tmux.ts";
import { faultTree } from "./fixture.ts";
import { journalText, judge } from "./judge.ts";
import { kindOf, type FaultKind, type FaultPlace } from "./kinds.ts";
import { clockEnvironment, moveClock } from "./stepped-clock.ts";
import { commandOf, processesIn, signal } from "./victims.ts";

/** How a round ended. */
export interface RoundResult {
  readonly seed: number;
  readonly kind: string;
  readonly struck: boolean;
  /** Empty when the build survived. */
  readonly faults: readonly string[];
  /** What happened, with times. */
  readonly story: readonly string[];
}

const settleSeconds = 40;

/** Plays the round of a seed; `targets`: what is built, all of it when none is named. */
export async function playRound(
  seed: number,
  targets: readonly string[] = [],
): Promise<RoundResult> {
  const kind = kindOf(seed);
  const round = new Round(new Random(seed), kind, targets);
  try {
    await round.play();
  } catch (error) {
    round.faults.push(error instanceof Error ? error.message : String(error));
  }
  if (round.faults.length > 0) round.tellJournals();
  await round.clean();
  const { struck, faults, story } = round;
  return { seed, kind: kind.name, struck, faults, story };
}

class Round {
  readonly faults: string[] = [];
  readonly story: string[] = [];
  struck = false;
  readonly #random: Random;
  readonly #kind: FaultKind;
  readonly #began = performance.now();
  readonly #root: string;
  readonly #remove: () => void;
  readonly #targets: readonly string[];
  /** How long the slow stages take together. */
  readonly #slowMs: number;
  /** What every command of the round gets. */
  readonly #env: Readonly<Record<string, string>> = {};
  readonly #place: FaultPlace;
  #terminal: Terminal | undefined;
  #plain: Started | undefined;

  constructor(random: Random, kind: FaultKind, targets: readonly string[]) {
    this.#targets = targets;
    this.#random = random;
    this.#kind = kind;
    const second = (): number => 0.6 + random.next();
    const seconds = [second(), second(), second()] as const;
    this.#slowMs = 1000 * seconds.reduce((sum, one) => sum + one, 0);
    const tree = faultTree(seconds);
    this.#root = tree.root;
    this.#remove = () => {
      tree.remove();
    };
    const clock = join(tree.root, "witness/clock");
    if (kind.needs === "disk" && !mountSmallDisk(join(tree.root, "log/smartbuild"), 4)) {
      throw new Error("the small disk cannot be mounted");
    }
    if (kind.needs === "clock") {
      moveClock(clock, 0);
      this.#env = clockEnvironment(clock);
    }
    this.#place = {
      clock,
      root: tree.root,
      random,
      console: () => this.#plain?.pid ?? this.#terminal?.pids("cli.js")[0],
      closeTerminal: () => this.#terminal?.close(),
      say: (sentence) => {
        this.#say(sentence);
      },
    };
  }

  async play(): Promise<void> {
    const { watcher } = this.#kind;
    const inTerminal =
      watcher === "terminal" || (watcher === "either" && this.#random.next() < 0.4);
    const command = ["run", ...this.#targets];
    if (inTerminal) {
      const argv = [process.execPath, program, ...command];
      this.#terminal = Terminal.start(argv, this.#where);
    } else this.#plain = start([...command, "--plain"], this.#where);
    this.#say(inTerminal ? "run in a terminal" : "run --plain");
    await until("the build has begun", () => newestBuild(this.#root));
    // Early moments are the rarest ones in a real build, and the hardest: every third is one.
    const isSlowOnly = this.#kind.atCommand === true || this.#targets.length > 0;
    const longest = isSlowOnly ? this.#slowMs : this.#slowMs + 1000;
    const moment = this.#random.next() * (this.#random.next() < 0.33 ? 300 : longest);
    await wait(moment);
    await this.#strike();
    if (this.#kind.name === "read-only disk") {
      await this.#look();
      this.#kind.mend?.(this.#place);
    }
    const after = this.#random.pick(["nobody", "status", "attach", "run"] as const);
    await this.#lookAfter(after);
    this.#kind.mend?.(this.#place);
    await this.#complete();
    await this.#quiet("nothing of the builds runs any more");
    this.faults.push(...judge(this.#root, this.#kind));
  }

  async #strike(): Promise<void> {
    const until = Date.now() + 1500;
    while (!this.struck && Date.now() < until && this.#isRunning()) {
      this.struck = this.#kind.strike(this.#place);
      if (!this.struck) await wait(5);
    }
    this.#say(this.struck ? this.#kind.name : `${this.#kind.name}: came too late`);
  }

  /** A workspace on a disk that cannot be written is looked at all the same. */
  async #look(): Promise<void> {
    for (const words of [
      ["status", "--json"],
      ["logs", "strap"],
      ["attach", "--plain"],
    ]) {
      const looking = start(words, this.#where);
      const ended = await Promise.race([looking.ended, wait(3000, undefined)]);
      if (ended === undefined) looking.child.kill("SIGTERM");
      const { code, stderr } = await looking.ended;
      this.#say(`${words.join(" ")}: ${String(code)} ${stderr.trim()}`);
      if (/\n {4}at /.test(stderr)) this.faults.push(`${words.join(" ")} crashed: ${stderr}`);
    }
  }

  async #lookAfter(who: "nobody" | "status" | "attach" | "run"): Promise<void> {
    this.#say(`then looks: ${who}`);
    if (who !== "nobody") {
      const words = who === "run" ? ["run", "--plain", ...this.#targets] : [who];
      const { code, stderr } = await run(words, this.#where);
      this.#say(`${words.join(" ")}: ${String(code)} ${stderr.trim()}`);
      if (/\n {4}at /.test(stderr)) this.faults.push(`${words.join(" ")} crashed: ${stderr}`);
    }
    await this.#quiet("the build has come to rest");
  }

  /** The next run completes what is left, however often it has to wait for a build that goes on. */
  async #complete(): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { code, stdout, stderr } = await run(["run", "--plain", ...this.#targets], this.#where);
      const text = (
        stderr.trim() === "" ? (stdout.trim().split("\n").at(-1) ?? "") : stderr
      ).trim();
      this.#say(`run: ${String(code)} ${text}`);
      if (code === 0 && stdout.startsWith("Nothing to build")) return;
      if (code !== 0 && code !== 75) this.faults.push(`the next run ended with ${String(code)}`);
      if (tries > 4 || this.faults.length > 0) break;
      await this.#quiet("the build has come to rest");
    }
    this.faults.push("no run says that all is built");
  }

  /** Waits until no process of a build is left: what watches may stay. */
  async #quiet(what: string): Promise<void> {
    await until(what, () => this.#builders().length === 0, settleSeconds).catch(
      (error: unknown) => {
        const left = this.#builders().map((pid) => `${String(pid)} ${commandOf(pid)}`);
        throw new Error(`${String(error)}; still there: ${left.join("; ").replaceAll("\0", " ")}`);
      },
    );
  }

  get #where(): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } {
    return { cwd: this.#root, env: this.#env };
  }

  #builders(): number[] {
    const watching = [this.#plain?.pid, ...(this.#isTerminalOpen() ? this.#terminalPids() : [])];
    return processesIn(this.#root).filter((pid) => !watching.includes(pid));
  }

  #isTerminalOpen(): boolean {
    return this.#terminal !== undefined && !(this.struck && this.#kind.watcher === "terminal");
  }

  #terminalPids(): number[] {
    const terminal = this.#terminal;
    if (terminal === undefined) return [];
    return [
      Number(terminal.property("pid")),
      Number(terminal.property("pane_pid")),
      // Not all that is below it: a host that the console has started belongs to the build.
      ...terminal.pids("cli.js run"),
    ];
  }

  #isRunning(): boolean {
    const newest = newestBuild(this.#root);
    return newest !== undefined && readBuild(newest)?.state === "running";
  }

  #say(sentence: string): void {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(2);
    this.story.push(`${seconds.padStart(6)} s  ${sentence}`);
  }

  tellJournals(): void {
    for (const folder of buildFolders(join(this.#root, "log/smartbuild")).toReversed()) {
      this.story.push(folder, journalText(folder));
    }
  }

  async clean(): Promise<void> {
    this.#terminal?.close();
    for (let left = processesIn(this.#root); left.length > 0; left = processesIn(this.#root)) {
      for (const pid of left) signal(pid, "SIGKILL");
      await wait(20);
    }
    if (this.#kind.needs === "disk") unmount(join(this.#root, "log/smartbuild"));
    this.#remove();
  }
}
