// Invariant: the tree that is given is only copied; without one, or without a zone to build it in, it
// says so loudly and ends well.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { classicInjections } from "./classic-injections.ts";
import { injections } from "./injections.ts";
import { injectionKey, injectionTable, stageTable, writeTable } from "./table.ts";
import { quickest, quickestByHand, timeByHand, timeStages } from "./time-stages.ts";
import type { Timed } from "./time-stages.ts";
import { tryInjection } from "./try-injection.ts";
import { zoneFor } from "./zone.ts";

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    // Rules of injections that hold one of these texts; else all.
    only: { type: "string", multiple: true },
    // A workspace that is built already, and the projects beside it: nothing is timed.
    ready: { type: "string" },
    projects: { type: "string" },
    // The file of rules that the zone reads, where it is told of another than that of the projects.
    rules: { type: "string" },
    // File lists of the components, for the projects that are made up.
    manifests: { type: "string", default: "-" },
    // Writes the tables into docs/real-trees.md.
    write: { type: "boolean", default: false },
    // How often each stage is timed, under smartbuild and by hand in turn.
    runs: { type: "string", default: "1" },
    "no-injections": { type: "boolean", default: false },
    // A folder that is made for the workspaces and stays; else one of its own goes at a good end.
    keep: { type: "string" },
  },
});
const tree = process.env["SMARTBUILD_REAL_TREE"];
const command = process.env["SMARTBUILD_SIMZONE"];

function skip(what: string): never {
  console.log(`REAL TREES ARE NOT TESTED: ${what}`);
  process.exit(0);
}

function kept(): string {
  const folder = resolve(values.keep ?? "");
  mkdirSync(folder);
  return folder;
}

function make(work: string, size: string): { root: string; projects: string } {
  if (values.ready !== undefined) {
    const root = resolve(values.ready);
    return { root, projects: resolve(values.projects ?? `${root}.projects`) };
  }
  const [maker, root] = [join(dirname(command ?? ""), "mktree"), join(work, "ws")];
  const { status } = spawnSync(maker, [tree ?? "", root, "--manifests", values.manifests, size], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`the workspace could not be made: ${maker}`);
  return { root, projects: `${root}.projects` };
}

if (tree === undefined && values.ready === undefined) {
  skip("SMARTBUILD_REAL_TREE names no smartos-live tree (a folder, or a git directory).");
}
if (command === undefined) {
  skip("SMARTBUILD_SIMZONE names no command that runs others in a simulated zone.");
}
const work = values.keep === undefined ? mkdtempSync(join(tmpdir(), "smartbuild-real-")) : kept();
const { root, projects } = make(work, values.full ? "--full" : "--small");
const layout = existsSync(join(root, "default.configure-projects")) ? "modern" : "classic";
const name = `${layout}, ${values.full ? "full" : "small"}`;
// A workspace that is ready was made with the packages and devices of the state beside it.
const beside = join(dirname(root), "state");
const state = values.ready === undefined || existsSync(beside) ? beside : undefined;
const zone = zoneFor(layout, state);
if (zone === undefined) skip("there is no zone here.");
const scratch = join(work, "logs");
mkdirSync(scratch);
let failed = false;
if (values.ready === undefined) {
  const size = values.full ? "--full" : "--small";
  const timed: Timed[] = [];
  const byHand: ReadonlyMap<string, number>[] = [];
  for (let run = 1; run <= Number(values.runs); run++) {
    const folder = join(work, `run-${String(run)}`);
    mkdirSync(folder);
    // The first one is the workspace in which failures are shown.
    const place = run === 1 ? root : make(folder, size).root;
    const one = timeStages(zone, place, scratch);
    timed.push(one);
    const names = one.stages.map((stage) => stage.name);
    const other = make(join(folder, "by-hand"), size).root;
    byHand.push(timeByHand(zone, other, names, scratch));
    for (const left of [folder, `${other}.projects`])
      rmSync(left, { recursive: true, force: true });
    console.log(`run ${String(run)}: ${one.succeeded ? "succeeded" : "FAILED"}`);
  }
  const ours = quickest(timed);
  const table = stageTable(ours.stages, quickestByHand(byHand));
  console.log(table);
  failed = !ours.succeeded || !ours.settled;
  if (values.write) writeTable(`stages ${name}`, table);
}
if (!values["no-injections"]) {
  const all = layout === "modern" ? injections : classicInjections;
  const wanted = all.filter(({ rule }) => values.only?.some((text) => rule.includes(text)) ?? true);
  const rules = values.rules ?? join(projects, "inject");
  const tried = wanted.map((injection) => {
    const one = tryInjection({ zone, root, rules, scratch }, injection);
    const verdict = one.isCause && one.retried && one.left.length === 0 ? "ok  " : "LOST";
    const by = injection.builder === undefined ? "" : ", image by the tree";
    console.log(`${verdict} ${one.rule}${by} (${one.seconds.toFixed(0)} s): ${one.first}`);
    if (!one.isCause) console.log(`     expected ${String(injection.cause)}`);
    if (!one.retried) console.log("     retry failed");
    if (one.left.length > 0) console.log(`     left: ${one.left.join(", ")}`);
    failed ||= verdict === "LOST";
    return one;
  });
  const order = all.map(({ rule, builder }) => injectionKey(rule, builder));
  if (values.write) writeTable(`injections ${name}`, injectionTable(tried), order);
}
if (failed) console.log(`logs: ${scratch}`);
else if (values.keep === undefined) rmSync(work, { recursive: true });
process.exitCode = failed ? 1 : 0;
