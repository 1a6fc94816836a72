// Invariant: of each component one part of one log is taken: the newest in which it was compiled to
// its end, so that an update that compiled nothing does not hide what the objects were made with.
import { existsSync } from "node:fs";
import { readAttempts, type Attempt } from "./attempts.ts";
import { linesOf, textPieces, type LogPart } from "./text-pieces.ts";

/** A stage whose logs say how components were compiled. Given by the stages, which alone know them. */
export interface LoggedStage {
  readonly name: string;
  /** Below the workspace: what it builds, or with `components` the folder that holds theirs. */
  readonly folder: string;
  /** The steps that are components of their own; absent: the stage builds one, with its own name. */
  readonly components?: readonly string[];
  /** The component that a stage with another name builds. */
  readonly component?: string;
  /** True when it fills the strap area, not the platform's proto area. */
  readonly isStrap: boolean;
  /** The stamp that make knows it by. */
  readonly stamp?: string;
}

/** What one component printed when it was last compiled. */
export interface PrintedLog {
  /** e.g. `curl`, `illumos`, `local/kvm`. */
  readonly component: string;
  /** Below the workspace. */
  readonly folder: string;
  readonly stage: string;
  readonly isStrap: boolean;
  /** Name of the build. */
  readonly build: string;
  /** Milliseconds; the journal knows the times to some tenths of a second. */
  readonly durationMs: number;
  /** As written, continued lines joined, some 128 KiB at a time; read anew at each call. */
  readonly pieces: () => Iterable<string>;
  /** The same, line by line. */
  readonly lines: () => Iterable<string>;
}

/** A compiler or linker with an option: `gcc -c`, `cw -_gcc`, `/usr/bin/ld -o`. */
const compiles =
  /(?:^|[\s/"'(])(?:[\w.+-]*-)?(?:gcc|g\+\+|cc|c\+\+|CC|cw|clang|ld)(?:-[\d.]+)?\s+-/m;

/** How much a part can tell; more is better. */
type Worth = 0 | 1 | 2;

interface Candidate {
  readonly log: PrintedLog;
  readonly worth: Worth;
}

/**
 * What the components of the stages printed, in the order of the stages and their components; a
 * component that no build has a log of is left out. `logFolder`: that of all builds.
 */
export function readPrintedLogs(
  logFolder: string,
  stages: readonly LoggedStage[],
): readonly PrintedLog[] {
  const byName = new Map(stages.map((stage) => [stage.name, stage]));
  const wanted = stages.flatMap(keysOf);
  const best = new Map<string, Candidate>();
  const missing = new Set(wanted);
  for (const attempt of readAttempts(logFolder)) {
    const stage = byName.get(attempt.stage);
    if (stage === undefined || !keysOf(stage).some((key) => missing.has(key))) continue;
    if (!existsSync(attempt.logs[0])) continue;
    for (const { log, isEnded } of partsOf(attempt, stage)) {
      const key = keyOf(log.component, log.isStrap);
      const before = best.get(key);
      if (before?.worth === 2) continue;
      const worth = !isEnded ? 0 : isCompiled(log) ? 2 : 1;
      if (before === undefined || worth > before.worth) best.set(key, { log, worth });
      if (worth === 2) missing.delete(key);
    }
    if (missing.size === 0) break;
  }
  return [...new Set(wanted)].flatMap((key) => best.get(key)?.log ?? []);
}

function isCompiled(log: PrintedLog): boolean {
  for (const piece of log.pieces()) if (compiles.test(piece)) return true;
  return false;
}

function keyOf(component: string, isStrap: boolean): string {
  return `${isStrap ? "strap" : "proto"} ${component}`;
}

function keysOf({ name, component, components, isStrap }: LoggedStage): readonly string[] {
  return (components ?? [component ?? name]).map((each) => keyOf(each, isStrap));
}

interface Part {
  readonly log: PrintedLog;
  /** The component was built to its end. */
  readonly isEnded: boolean;
}

function partsOf(attempt: Attempt, stage: LoggedStage): readonly Part[] {
  const { logs, startedAt, steps, isGood } = attempt;
  const endedAt = attempt.endedAt ?? steps.at(-1)?.at ?? startedAt;
  if (stage.components === undefined) {
    const parts = logs.map((path) => ({ path, start: 0 }));
    const component = stage.component ?? stage.name;
    const log = printed(attempt, stage, component, stage.folder, parts, endedAt - startedAt);
    return [{ log, isEnded: isGood }];
  }
  const known = new Set(stage.components);
  // What a component does in a folder of its own may look like a step, too.
  const own = steps.filter(({ name }) => known.has(name));
  return own.map(({ name, at, start }, index): Part => {
    const next = own[index + 1];
    const part = { path: logs[0], start, ...(next === undefined ? {} : { end: next.start }) };
    const folder = `${stage.folder}/${name}`;
    const log = printed(attempt, stage, name, folder, [part], (next?.at ?? endedAt) - at);
    return { log, isEnded: isGood || next !== undefined };
  });
}

function printed(
  { build }: Attempt,
  { name, isStrap }: LoggedStage,
  component: string,
  folder: string,
  parts: readonly LogPart[],
  durationMs: number,
): PrintedLog {
  const pieces = function* (): Generator<string> {
    for (const part of parts) yield* textPieces(part);
  };
  return {
    ...{ component, folder, stage: name, isStrap, build },
    durationMs: Math.max(0, durationMs),
    pieces,
    lines: () => linesOf(pieces()),
  };
}
