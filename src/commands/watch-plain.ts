// Invariant: watching never changes the build; only INT and TERM to the command that asked for it are
// passed on, as a stop.
import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { exitCodes, stoppedBy } from "../engine/exit-codes.ts";
import { liveStage } from "../engine/host/live-stage.ts";
import { passCommand } from "../engine/host/pass-command.ts";
import { ensureHost } from "../engine/host/start-host.ts";
import { summaryLines } from "../engine/host/summary.ts";
import { fold } from "../engine/journal/fold.ts";
import { JournalFollower } from "../engine/journal/follow.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { journalName } from "../engine/journal/writer.ts";
import { processTable } from "../engine/process/system-processes.ts";
import { readUserConfig } from "../engine/settings/user-config.ts";
import { tell, type Io } from "./io.ts";
import { quietPart } from "./plain-quiet.ts";
import { heartbeat, plainLines } from "./plain-lines.ts";

/** How to print what happens. */
export type WatchFormat = "plain" | "json";

/** What INT and TERM do: stop the build, as they would make, or end the watching alone. */
export type OnSignal = "stop" | "leave";

/** For a watcher that does other things, too. */
export interface WatchOptions {
  /** Ends the watching, with 0; the build goes on. */
  readonly leave?: AbortSignal;
  /** Events up to this one were told already. */
  readonly after?: number;
  /** The summary has nothing but ASCII. */
  readonly ascii?: boolean;
}

const tickMs = 100;
const usualHeartbeatMs = 30_000;
const hostCheckMs = 1000;

/**
 * Prints a build as it goes, until it ends. Returns the build's exit code; 129 after a hang-up and
 * 141 after a closed pipe, which both leave the build running.
 */
export async function watchPlain(
  io: Io,
  folder: string,
  format: WatchFormat,
  onSignal: OnSignal = "stop",
  options: WatchOptions = {},
): Promise<number> {
  const follower = new JournalFollower(join(folder, journalName));
  const left = new Departure(folder, onSignal);
  left.listen(io);
  let state: BuildState | undefined;
  let quietSince = Date.now();
  let checkedAt = Date.now();
  // Tests have no half minute to wait.
  const heartbeatMs = Number(io.env["SMARTBUILD_HEARTBEAT_MS"] ?? "") || usualHeartbeatMs;
  let told: string | undefined;
  const table = processTable();
  const { quietSeconds } = readUserConfig(io.env).config;
  try {
    for (;;) {
      for (const event of follower.events()) {
        state = fold(state, event);
        if (event.seq <= (options.after ?? 0)) continue;
        if (format === "json") {
          io.stdout.write(`${JSON.stringify(event)}\n`);
          continue;
        }
        const lines = plainLines(event, state, folder);
        for (const line of lines) tell(io.stdout, line);
        if (lines.length > 0) quietSince = Date.now();
      }
      if (left.code !== undefined) return left.code;
      if (options.leave?.aborted === true) return 0;
      if (state !== undefined && state.state !== "running") break;
      if (format === "plain" && state !== undefined && Date.now() - quietSince >= heartbeatMs) {
        const now = Date.now();
        const quiet = quietPart(state, folder, table, quietSeconds, now);
        tell(io.stdout, `${heartbeat(state, now)}${quiet}`);
        quietSince = now;
      }
      if (state !== undefined && Date.now() - checkedAt >= hostCheckMs) {
        checkedAt = Date.now();
        const check = await ensureHost(io.program, folder, state, table, new Date());
        if ("trouble" in check) {
          const { message, advice } = check.trouble;
          if (message !== told) io.stderr.write(`smartbuild: ${message}\n  ${advice}\n`);
          told = message;
          if (check.host === "given-up") return 70;
          // Without a host and without a stage there is nothing to wait for.
          if (check.host === "not-permitted" && liveStage(state, table) === undefined) {
            return exitCodes["cannot-write"];
          }
        }
      }
      await wait(tickMs);
    }
    if (format === "plain") {
      for (const line of summaryLines(state, {
        buildFolder: folder,
        cwd: io.cwd,
        now: Date.now(),
        ascii: options.ascii ?? false,
      }))
        tell(io.stdout, line);
    }
    return state.exitCode ?? 0;
  } finally {
    follower.close();
    left.stopListening();
  }
}

/** What makes a watcher leave before the build ends. */
class Departure {
  /** The exit code to leave with. */
  code: number | undefined;
  readonly #folder: string;
  readonly #onSignal: OnSignal;
  #isAsked = false;
  #io: Io | undefined;

  constructor(folder: string, onSignal: OnSignal) {
    this.#folder = folder;
    this.#onSignal = onSignal;
  }

  listen(io: Io): void {
    this.#io = io;
    process.on("SIGINT", this.#interrupt);
    process.on("SIGTERM", this.#terminate);
    process.on("SIGHUP", this.#hangUp);
    io.stdout.on("error", this.#closedPipe);
  }

  /** The pipe stays listened to: what is on its way may still fail. */
  stopListening(): void {
    process.off("SIGINT", this.#interrupt);
    process.off("SIGTERM", this.#terminate);
    process.off("SIGHUP", this.#hangUp);
  }

  readonly #interrupt = (): void => {
    this.#signalled("SIGINT");
  };
  readonly #terminate = (): void => {
    this.#signalled("SIGTERM");
  };
  readonly #hangUp = (): void => {
    this.code = 129;
  };
  readonly #closedPipe = (): void => {
    this.code = 141;
  };

  #signalled(signal: keyof typeof stoppedBy): void {
    if (this.#onSignal === "leave") this.code = stoppedBy[signal];
    // A terminal and a parent may both pass on the same signal: one stop is enough.
    else if (!this.#isAsked) this.#stop(signal);
  }

  /** What cannot be handed over may be asked for again. */
  #stop(signal: keyof typeof stoppedBy): void {
    const sent = passCommand(this.#folder, { command: "stop", signal });
    this.#isAsked = sent.ok;
    if (!sent.ok) this.#io?.stderr.write(`smartbuild: ${sent.failure.message}\n`);
  }
}
