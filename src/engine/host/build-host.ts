// Invariant: one host runs one build; all it decides is in the journal before it acts, so that a
// host that takes over decides the same.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../clock.ts";
import { exitCodes, stoppedBy } from "../exit-codes.ts";
import type { Graph } from "../graph/stage.ts";
import { writeSummary } from "../journal/builds.ts";
import type { EventBody, Outcome } from "../journal/events.ts";
import { foldAll, fold } from "../journal/fold.ts";
import { stageRecords } from "../journal/history.ts";
import { JournalFollower } from "../journal/follow.ts";
import type { BuildState } from "../journal/state.ts";
import { workedMs } from "../journal/worked.ts";
import { journalName } from "../journal/writer.ts";
import { applyChanges, commonChanges } from "../process/environment.ts";
import { ownIdentity, type ProcessTable } from "../process/process-table.ts";
import type { RetentionRule } from "../journal/dropped-logs.ts";
import { findArtefacts, type MeasureImage } from "./artefacts.ts";
import { buildFiles } from "./build-files.ts";
import { removeCommand, waitingCommands, type FoundCommand } from "./commands.ts";
import type { OpenBuild } from "./open-build.ts";
import { readEnvironment, readRequest } from "./request.ts";
import { decide, heldUpBy } from "./schedule.ts";
import { fullDiskAdvice, fullDiskSentence, isDiskFull } from "./disk.ts";
import { lostStage } from "./lost-stage.ts";
import { stopSignal } from "./stop-signal.ts";
import { dropLogs, oldLogs } from "./retention.ts";
import { runCommand } from "./summary.ts";
import { RunningStage, type StageSurroundings } from "./running-stage.ts";
import { graceSeconds } from "./stopper.ts";

/** The end of a stage is told at once; only steps, problems and commands wait for a tick. */
const tickMs = 500;

/** What a host is given. */
export interface HostSurroundings {
  readonly graph: Graph;
  readonly table: ProcessTable;
  readonly clock: Clock;
  /** Starts smartbuild: for the wrapper, which revives a dead host. */
  readonly revive: (folder: string) => readonly string[];
  /** Hashes of the settings a stage reads, as they are now. */
  readonly settings: StageSurroundings["settings"];
  /** Ends processes of other users. */
  readonly rootCommand: string | undefined;
  /** Where the image looks for files, as the settings are now. */
  readonly searchFolders: () => readonly string[];
  /** How long logs of earlier builds are kept. */
  readonly retention: RetentionRule;
  readonly measureImage: MeasureImage;
}

/** Runs a build to its end. */
export class BuildHost {
  readonly #build: OpenBuild;
  readonly #given: HostSurroundings;
  readonly #surroundings: StageSurroundings;
  readonly #startedAt: number;
  #state: BuildState;
  #running: RunningStage | undefined;
  /** Asked for by signal, because the disk has no room for a command. */
  #isStopSignalled = false;

  constructor(build: OpenBuild, given: HostSurroundings) {
    this.#build = build;
    this.#given = given;
    const request = readRequest(build.folder);
    const asking = readEnvironment(build.folder);
    process.umask(request.umask);
    const names = given.graph.map(({ name }) => name);
    const records = stageRecords(dirname(build.folder), names);
    let folders: readonly string[] | undefined;
    this.#surroundings = {
      ...given,
      folder: build.folder,
      root: request.workspace,
      fingerprints: request.fingerprints,
      environment: applyChanges(asking, commonChanges(asking)),
      lastSteps: (stage) => records.get(stage)?.steps,
      searchFolders: () => (folders ??= given.searchFolders()),
      build: () => this.#state,
      report: (event) => {
        this.#write(event);
      },
    };
    this.#state = build.state ?? readState(build.folder);
    this.#startedAt = given.clock.monotonic();
    writeHostPid(build.folder);
    // Before the journal names this host, so that whoever finds it there may signal it.
    process.on(stopSignal, () => (this.#isStopSignalled = true));
    this.#write({
      type: "host-started",
      host: ownIdentity(given.table),
      lock: build.lock.number,
      adopted: build.state !== undefined,
      ...takenFrom(build),
    });
  }

  /** Runs until the build has ended and no command waits. */
  async run(): Promise<void> {
    if (this.#build.state === undefined) this.#dropOldLogs();
    this.#adopt();
    for (;;) {
      for (const command of waitingCommands(this.#build.folder)) this.#obey(command);
      if (this.#isStopSignalled) this.#obeySignal();
      if (this.#running !== undefined) await this.#attend(this.#running);
      else if (this.#state.state !== "running") break;
      else await this.#proceed();
    }
    writeSummary(this.#build.folder, this.#state);
    this.#build.journal.close(true);
    this.#build.lock.release();
    this.#runOnEnd();
  }

  /** One look at the running stage, then a rest until it ends or the next tick. */
  async #attend(stage: RunningStage): Promise<void> {
    if (await stage.look(this.#state.stopping !== undefined)) this.#running = undefined;
    else await stage.rest(tickMs);
  }

  /** Starts or skips the next stage, or ends the build. */
  async #proceed(): Promise<void> {
    if (this.#build.journal.isFull && !this.#build.journal.refill()) {
      await this.#endOnFullDisk();
      return;
    }
    const decision = decide(this.#state, this.#given.graph);
    if ("end" in decision) await this.#end(decision.end);
    else if ("skip" in decision) {
      this.#write({ type: "stage-skipped", stage: decision.skip.name, reason: decision.reason });
    } else {
      const stage = this.#given.graph.find(({ name }) => name === decision.start.name);
      if (stage === undefined) {
        const reason = "this version of smartbuild, or the tree as it is now, has no such stage";
        this.#write({ type: "stage-skipped", stage: decision.start.name, reason });
      } else {
        this.#running = await RunningStage.start(
          stage,
          decision.start,
          this.#state,
          this.#surroundings,
        );
      }
    }
  }

  /** Makes room by the rule for logs of earlier builds; what goes is told before it goes. */
  #dropOldLogs(): void {
    const { retention, clock } = this.#given;
    const old = oldLogs(dirname(this.#build.folder), retention);
    if (old.length === 0) return;
    this.#write({
      type: "logs-dropped",
      builds: old.map(({ folder, bytes }) => ({ build: basename(folder), bytes })),
      keepBuilds: retention.builds,
      keepBytes: retention.bytes,
    });
    for (const logs of old) {
      try {
        dropLogs(logs, this.#state.build, clock.now());
      } catch (error) {
        // The next build tries again; what is not dropped is in nobody's way.
        process.stderr.write(`${logs.folder}: ${String(error)}\n`);
      }
    }
  }

  /** Takes over the stage that was running when an earlier host died. */
  #adopt(): void {
    const state = this.#state.stages.find((stage) => stage.state === "running");
    const attempt = state?.attempts.at(-1);
    if (state !== undefined && attempt !== undefined) {
      const known = this.#given.graph.find(({ name }) => name === state.name);
      const isFull = this.#build.journal.isFull && !this.#build.journal.refill();
      this.#running = RunningStage.adopt(
        known ?? lostStage(state.name, attempt),
        attempt,
        this.#state.problems,
        this.#surroundings,
        known !== undefined && this.#state.stopping === undefined && !isFull,
      );
    }
  }

  #obey({ id, command, refused }: FoundCommand): void {
    const why = refused ?? (command === undefined ? "it is unknown" : this.#refusal(command));
    this.#write({
      type: "command-taken",
      id,
      command: command?.command ?? "unknown",
      ...(command?.command === "retry" ? { stage: command.stage } : {}),
      ...(why === undefined ? {} : { refused: why }),
    });
    if (why === undefined && command?.command === "stop") {
      this.#write({ type: "stopping", signal: command.signal, graceSeconds });
    }
    removeCommand(this.#build.folder, id);
  }

  /** What stands on no disk yet is done all the same: without room nothing else ends the build. */
  #obeySignal(): void {
    this.#isStopSignalled = false;
    if (this.#refusal({ command: "stop", signal: "SIGTERM" }) !== undefined) return;
    const stopping = { type: "stopping", signal: "SIGTERM", graceSeconds } as const;
    try {
      this.#write({ type: "command-taken", id: stopSignal, command: "stop" });
      this.#write(stopping);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      const at = this.#given.clock.now().toISOString();
      this.#state = { ...this.#state, stopping: { ...stopping, at } };
    }
  }

  #refusal(command: NonNullable<FoundCommand["command"]>): string | undefined {
    if (command.command === "stop") {
      if (this.#state.state !== "running") return "the build has ended";
      return this.#state.stopping === undefined ? undefined : "the build is being stopped already";
    }
    const stage = this.#state.stages.find(({ name }) => name === command.stage);
    if (stage === undefined) return `the build has no stage ${command.stage}`;
    if (stage.state === "running" || stage.state === "pending")
      return `${stage.name} will run anyway`;
    return heldUpBy(stage.name, this.#state, this.#given.graph);
  }

  async #end(outcome: Outcome): Promise<void> {
    const signal = this.#state.stopping?.signal ?? "SIGINT";
    const { graph, measureImage } = this.#given;
    const artefacts =
      outcome === "succeeded" ? await findArtefacts(this.#state, graph, measureImage) : [];
    this.#write({
      type: "build-ended",
      outcome,
      exitCode:
        outcome === "succeeded"
          ? 0
          : outcome === "failed"
            ? exitCodes["build-failed"]
            : stoppedBy[signal],
      durationMs: this.#duration(),
      artefacts,
    });
  }

  /** A stage that has begun was let go on to its end; none is started that could not be told of. */
  async #endOnFullDisk(): Promise<void> {
    const { stages } = this.#state;
    const stage = stages.findLast(({ attempts }) => attempts.length > 0) ?? stages[0];
    if (stage !== undefined) {
      const sentence = fullDiskSentence(this.#build.folder);
      this.#write({
        type: "problem",
        problem: {
          id: "disk-full",
          kind: "disk-full",
          stage: stage.name,
          attempt: Math.max(1, stage.attempts.length),
          summary: `The build was stopped: ${sentence}`.slice(0, 200),
          advice: fullDiskAdvice(dirname(this.#build.folder), runCommand(this.#state)),
        },
      });
    }
    for (const { name, state } of stages) {
      if (state !== "pending") continue;
      this.#write({ type: "stage-skipped", stage: name, reason: "the disk is full" });
    }
    await this.#end(this.#state.stopping === undefined ? "failed" : "interrupted");
  }

  /** What was worked; on the monotonic clock where one host saw it all. */
  #duration(): number {
    const { clock } = this.#given;
    const { hosts, idleMs } = this.#state;
    return Math.round(
      hosts.length === 1 && idleMs === undefined
        ? clock.monotonic() - this.#startedAt
        : workedMs(this.#state, clock.now().getTime()),
    );
  }

  #write(body: EventBody): void {
    const event = this.#build.journal.write(body);
    this.#state = fold(this.#state, event) ?? this.#state;
  }

  #runOnEnd(): void {
    if (this.#state.onEnd === undefined) return;
    const child = spawn("/bin/sh", ["-c", this.#state.onEnd], {
      cwd: this.#state.workspace,
      env: {
        ...readEnvironment(this.#build.folder),
        SMARTBUILD_BUILD: this.#state.build,
        SMARTBUILD_STATE: this.#state.state,
        SMARTBUILD_EXIT_CODE: String(this.#state.exitCode ?? ""),
      },
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.unref();
  }
}

/** Whose lock it was before, in the words of the journal. */
function takenFrom({ lock }: OpenBuild): {
  readonly takenFrom?: { readonly pid: number; readonly machine: string };
} {
  if (lock.takenFrom === undefined) return {};
  const { pid, machine } = lock.takenFrom;
  return { takenFrom: { pid, machine } };
}

/** Without it, as on a full disk, the wrapper starts a host that finds this one and leaves. */
function writeHostPid(folder: string): void {
  try {
    writeFileSync(buildFiles(folder).hostPid, `${process.pid}\n`);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

function readState(folder: string): BuildState {
  const follower = new JournalFollower(join(folder, journalName));
  const state = foldAll(follower.events());
  follower.close();
  if (state === undefined) throw new Error(`${folder} holds no build`);
  return state;
}
