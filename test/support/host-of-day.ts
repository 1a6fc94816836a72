// Invariant: a program of its own: a real host runs a build of a day in a short while, on a clock
// that goes faster, and what it holds meanwhile is printed as JSON at its end.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../src/engine/clock.ts";
import type { Graph } from "../../src/engine/graph/stage.ts";
import { BuildHost } from "../../src/engine/host/build-host.ts";
import { openBuild } from "../../src/engine/host/open-build.ts";
import { writeRequest } from "../../src/engine/host/request.ts";
import { readBuild } from "../../src/engine/journal/builds.ts";
import { stageOf } from "./graph-stages.ts";
import { planned } from "./journal-builder.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";

/** What the program prints. Memory in MB after all garbage was collected. */
export interface HostOfDay {
  readonly events: number;
  readonly hours: number;
  readonly state: string;
  /** When a tenth of the events was written, … */
  readonly base: { readonly held: number; readonly resident: number };
  /** … and the most that was seen after it. */
  readonly most: { readonly held: number; readonly resident: number };
}

const [root = "", stagesText = "", linesText = ""] = process.argv.slice(2);
const stages = Number(stagesText);
const lines = Number(linesText);
const lookMs = 100;

/** A step a line, now and then a message of a compiler, and one step in four hundred that fails. */
const script = `
  for (let i = 1; i <= ${lines}; i++) {
    console.log("==== Building library " + i + " ====");
    if (i % 100 === 0) console.log('"cmd/' + i + '.c", line ' + i + ': syntax error before ;');
    if (i % 400 === 0) console.log("*** [" + i + ".o] Error 1");
  }
  process.exitCode = Number(process.env.EXIT);`;

const graph: Graph = Array.from({ length: stages }, (_, index) =>
  stageOf(`part${index}`, {
    steps: [{ pattern: /^==== (Building .*) ====$/ }],
    command: {
      argv: [process.execPath, "-e", script],
      cwd: root,
      environment: { EXIT: index % 4 === 3 ? "1" : "0" },
    },
  }),
);

/** Each event is written at a time of its own, so that the clock counts them. */
class FastClock implements Clock {
  readonly #began = performance.now();
  readonly #factor: number;
  asked = 0;
  constructor(factor: number) {
    this.#factor = factor;
  }
  now(): Date {
    this.asked += 1;
    return new Date(Date.UTC(2026, 0, 1) + this.monotonic());
  }
  monotonic(): number {
    return (performance.now() - this.#began) * this.#factor;
  }
}

function look(): { held: number; resident: number } {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / 1e6, resident: rss / 1e6 };
}

const table = processTable();
// Whatever it takes on this machine, it is told as a day or more.
const clock = new FastClock(100_000);
const log = join(root, "log/smartbuild");
mkdirSync(log, { recursive: true });
const request = writeRequest(
  log,
  {
    workspace: root,
    layout: "classic",
    targets: [],
    keepGoing: true,
    umask: 0o022,
    plan: graph.map(({ name }) => planned(name)),
    fingerprints: {},
  },
  { PATH: process.env["PATH"] ?? "" },
);
const build = openBuild(request, "smartbuild test", table, clock);
if (!("journal" in build)) throw new Error("somebody owns the workspace");
const host = new BuildHost(build, {
  graph,
  table,
  clock,
  revive: () => ["true"],
  settings: () => ({}),
  rootCommand: undefined,
  searchFolders: () => [],
  retention: { builds: 20, bytes: 1e9 },
  measureImage: () => Promise.resolve(undefined),
});
let base: ReturnType<typeof look> | undefined;
let most = { held: 0, resident: 0 };
const timer = setInterval(() => {
  if (clock.asked < (stages * lines) / 10) return;
  const now = look();
  base ??= now;
  most = {
    held: Math.max(most.held, now.held),
    resident: Math.max(most.resident, now.resident),
  };
}, lookMs);
await host.run();
clearInterval(timer);
const end = look();
const state = readBuild(build.folder);
const result: HostOfDay = {
  events: state?.lastSeq ?? 0,
  hours: clock.monotonic() / 3_600_000,
  state: state?.state ?? "none",
  base: base ?? end,
  most: { held: Math.max(most.held, end.held), resident: Math.max(most.resident, end.resident) },
};
process.stdout.write(`${JSON.stringify(result)}\n`);
