// Invariant: under smartbuild and by hand the same commands build the same things, each from scratch.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stateOf } from "../support/smartbuild.ts";
import type { Zone } from "./zone.ts";
import { inZone, program } from "./zone.ts";

/** How long a stage took. */
export interface StageTime {
  readonly name: string;
  readonly result: string;
  readonly seconds: number;
}

/** A whole build. */
export interface Timed {
  readonly stages: readonly StageTime[];
  readonly succeeded: boolean;
  /** Whether the next plan had nothing to build. */
  readonly settled: boolean;
}

/** Builds all of a workspace under smartbuild. */
export function timeStages(zone: Zone, root: string, scratch: string): Timed {
  const { code } = inZone(zone, root, join(scratch, "run.log"), [...program, "run", "--plain"]);
  const stages = stateOf(root).stages.map((stage) => ({
    name: stage.name,
    result: stage.state,
    seconds: (stage.attempts.at(-1)?.durationMs ?? 0) / 1000,
  }));
  const log = join(scratch, "plan.log");
  const plan = inZone(zone, root, log, [...program, "plan"]);
  const settled = plan.code === 0 && /, 0 of \d+ stages to build/.test(readFileSync(log, "utf8"));
  return { stages, succeeded: code === 0, settled };
}

/** What a person would type for a stage. */
const commands: Readonly<Record<string, readonly string[]>> = {
  configure: ["./configure"],
  preflight: ["gmake", "0-preflight-stamp"],
  strap: ["gmake", "0-strap-stamp"],
  illumos: ["gmake", "0-illumos-stamp"],
  extra: ["gmake", "0-extra-stamp"],
  src: ["gmake", "0-livesrc-stamp"],
  local: ["gmake", "0-local-stamp"],
  tools: ["gmake", "0-tools-stamp"],
  devpro: ["gmake", "0-devpro-stamp"],
  manifest: ["gmake", "manifest"],
  boot: ["gmake", "boot"],
  // The programs that build_live begins with are built; it runs them.
  checks: [
    "sh",
    "-c",
    'gmake "$PWD/proto/usr/share/man/man.cf" mancheck && gmake -C tools/tzcheck && gmake -C tools/ucodecheck',
  ],
  live: ["gmake", "live"],
};

/** What differs in the layout of 2012, whose stamps have other names. */
const classic: Readonly<Record<string, readonly string[]>> = {
  strap: ["gmake", "0-extra-stamp"],
  extra: ["gmake", "1-extra-stamp"],
  man: ["gmake", "0-man-stamp"],
};

/** Seconds of each stage's command, typed by hand in a workspace that has nothing yet. */
export function timeByHand(
  zone: Zone,
  root: string,
  stages: readonly string[],
  scratch: string,
): ReadonlyMap<string, number> {
  const own = zone.words.includes("--classic") ? { ...commands, ...classic } : commands;
  const seconds = new Map<string, number>();
  for (const stage of stages) {
    const command = own[stage];
    if (command === undefined) continue;
    const log = join(scratch, `by-hand-${stage}.log`);
    const ended = inZone(zone, root, log, command);
    if (ended.code !== 0) break;
    seconds.set(stage, ended.seconds);
  }
  return seconds;
}

/** Of several runs of the same stages, the quickest of each: a busy machine only makes them longer. */
export function quickest(runs: readonly Timed[]): Timed {
  const [first, ...others] = runs;
  if (first === undefined) throw new Error("nothing was timed");
  const stages = first.stages.map((stage) => {
    const same = others.flatMap((run) => run.stages.filter(({ name }) => name === stage.name));
    const failed = [stage, ...same].find(({ result }) => result !== "succeeded");
    if (failed !== undefined) return failed;
    return { ...stage, seconds: Math.min(...[stage, ...same].map(({ seconds }) => seconds)) };
  });
  return {
    stages,
    succeeded: runs.every(({ succeeded }) => succeeded),
    settled: runs.every(({ settled }) => settled),
  };
}

/** The same of what was typed by hand. */
export function quickestByHand(
  runs: readonly ReadonlyMap<string, number>[],
): ReadonlyMap<string, number> {
  const names = new Set(runs.flatMap((run) => [...run.keys()]));
  return new Map(
    [...names].map((name) => [name, Math.min(...runs.map((run) => run.get(name) ?? Infinity))]),
  );
}
