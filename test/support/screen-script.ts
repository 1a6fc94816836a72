// Invariant: writes a build's folder the way a host does (journal lines, raw logs), as fast as the
// caller says; runs nothing.
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  eventVersion,
  type EventBody,
  type Outcome,
  type PlannedStage,
} from "../../src/engine/journal/events.ts";

/** A build that a test tells by hand. */
export class ScriptedBuild {
  readonly folder: string;
  readonly #workspace: string;
  #seq = 0;
  readonly #offsets = new Map<string, number>();

  constructor(workspace: string, name = "20261123T101500Z") {
    this.#workspace = workspace;
    this.folder = join(workspace, "log/smartbuild", name);
    mkdirSync(join(this.folder, "commands"), { recursive: true, mode: 0o700 });
  }

  event(body: EventBody, at = new Date()): void {
    const event = { v: eventVersion, seq: ++this.#seq, at: at.toISOString(), ...body };
    appendFileSync(join(this.folder, "journal.jsonl"), `${JSON.stringify(event)}\n`);
  }

  start(stages: readonly PlannedStage[], at = new Date()): void {
    this.event(
      {
        type: "build-started",
        build: this.folder.split("/").at(-1) ?? "",
        program: "0.1.0",
        workspace: this.#workspace,
        layout: "classic",
        targets: ["live"],
        keepGoing: false,
        umask: 0o22,
        plan: stages,
        environment: {},
      },
      at,
    );
  }

  startStage(stage: string, attempt = 1, at = new Date()): void {
    const stem = `${stage.replaceAll("/", "+")}.${attempt}`;
    this.event(
      {
        type: "stage-started",
        stage,
        attempt,
        argv: ["make", stage],
        cwd: this.#workspace,
        environment: {},
        log: `${stem}.log`,
        status: `${stem}.status`,
        furtherLogs: [],
        removed: [],
      },
      at,
    );
    this.output(stage, "", attempt);
  }

  /** Appends raw bytes to the stage's log; where they begin. */
  output(stage: string, text: string, attempt = 1): number {
    const log = `${stage.replaceAll("/", "+")}.${attempt}.log`;
    const start = this.#offsets.get(log) ?? 0;
    appendFileSync(join(this.folder, log), text);
    this.#offsets.set(log, start + Buffer.byteLength(text));
    return start;
  }

  step(stage: string, name: string, index?: number, total?: number): void {
    this.event({
      type: "step",
      stage,
      attempt: 1,
      step: {
        name,
        ...(index === undefined ? {} : { index }),
        ...(total === undefined ? {} : { total }),
      },
      span: { log: `${stage}.1.log`, start: 0, end: 1 },
    });
  }

  problem(stage: string, summary: string, attempt = 1): void {
    const log = `${stage.replaceAll("/", "+")}.${attempt}.log`;
    const problem = { id: `${stage}.${attempt}.1`, kind: "compile-error", stage, attempt, summary };
    this.event({ type: "problem", problem: { ...problem, span: { log, start: 0, end: 10 } } });
  }

  endStage(stage: string, outcome: Outcome, durationMs: number, exitCode = 0, attempt = 1): void {
    this.event({ type: "stage-ended", stage, attempt, outcome, exitCode, durationMs });
  }

  end(outcome: Outcome, exitCode: number, durationMs: number): void {
    const artefacts =
      outcome === "succeeded"
        ? [{ path: "output/platform-20261123T101500Z.tgz", bytes: 12_345_678 }]
        : [];
    this.event({ type: "build-ended", outcome, exitCode, durationMs, artefacts });
  }
}

/** A plan like that of a classic tree. */
export const classicPlan: readonly PlannedStage[] = [
  ["configure", false, "up to date"],
  ["preflight", true, "asked for"],
  ["strap", true, "0-extra-stamp is missing"],
  ["illumos", true, "0-illumos-stamp is missing"],
  ["extra", true, "1-extra-stamp is missing"],
  ["src", true, "0-livesrc-stamp is missing"],
  ["local/kvm", true, "0-subdir-kvm-stamp is missing"],
  ["tools", true, "0-tools-stamp is missing"],
  ["man", true, "0-man-stamp is missing"],
  ["devpro", false, "up to date"],
  ["manifest", true, "manifest.gen is missing"],
  ["live", true, "asked for"],
].map(([name, run, reason]) => ({
  name: String(name),
  run: run === true,
  reasons: [String(reason)],
  removes: [],
}));
