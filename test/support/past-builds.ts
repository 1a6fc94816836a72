// Invariant: makes builds of the past as hosts leave them: a journal, a summary and logs, nothing
// else; every third one fails.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventVersion, type EventBody } from "../../src/engine/journal/events.ts";
import { ScriptedBuild, classicPlan } from "./screen-script.ts";
import { readBuild, writeSummary } from "../../src/engine/journal/builds.ts";

const day = 86_400_000;
/** When the first of them began. */
const began = Date.UTC(2025, 0, 1, 9);

export interface PastBuilds {
  readonly count: number;
  /** Bytes of output of each stage; 0: there are no logs. */
  readonly logBytes?: number;
  /** Absent: all of them have one. */
  readonly withoutSummary?: boolean;
}

/** Fills a workspace with past builds, one a day; their folders, oldest first. */
export function makePastBuilds(
  workspace: string,
  { count, logBytes = 20, withoutSummary = false }: PastBuilds,
): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(began + index * day);
    const stamp = at.toISOString().replace(/[-:]|\.\d+/g, "");
    const name = `${String(index + 1).padStart(4, "0")}-${stamp}`;
    const build = new HeldBuild(workspace, name);
    fill(build, index, at, logBytes);
    build.flush();
    const state = readBuild(build.folder);
    if (state !== undefined && !withoutSummary) writeSummary(build.folder, state);
    return build.folder;
  });
}

/** Written in one go: hundreds of builds are many files. */
class HeldBuild extends ScriptedBuild {
  readonly #lines: string[] = [];
  readonly #logs = new Map<string, string>();

  override event(body: EventBody, at = new Date()): void {
    const event = { v: eventVersion, seq: this.#lines.length + 1, at: at.toISOString(), ...body };
    this.#lines.push(`${JSON.stringify(event)}\n`);
  }

  override output(stage: string, text: string, attempt = 1): number {
    const log = `${stage.replaceAll("/", "+")}.${attempt}.log`;
    const before = this.#logs.get(log) ?? "";
    this.#logs.set(log, before + text);
    return before.length;
  }

  flush(): void {
    writeFileSync(join(this.folder, "journal.jsonl"), this.#lines.join(""));
    for (const [log, text] of this.#logs) {
      if (text !== "") writeFileSync(join(this.folder, log), text);
    }
  }
}

function fill(build: ScriptedBuild, index: number, at: Date, logBytes: number): void {
  const fails = index % 3 === 2;
  build.start(classicPlan, at);
  const ran = classicPlan.filter(({ run }) => run).slice(0, fails ? 4 : undefined);
  for (const [number, { name }] of ran.entries()) {
    const isLast = fails && number === ran.length - 1;
    build.startStage(name, 1, at);
    build.output(name, "x".repeat(logBytes));
    if (isLast) build.problem(name, `curl.c line ${index} does not compile`);
    build.endStage(
      name,
      isLast ? "failed" : "succeeded",
      (number + 1) * 60_000 + index * 1000,
      isLast ? 2 : 0,
    );
  }
  build.end(fails ? "failed" : "succeeded", fails ? 2 : 0, 3_600_000 + index * 10_000);
}
