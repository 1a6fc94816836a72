// Invariant: tests start dist/cli.js as a process of its own, as a person's shell would: without CI,
// npm's and the test runner's variables.
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { buildFolders } from "../../src/engine/journal/builds.ts";
import type { EventBody, JournalEvent } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import { JournalFollower } from "../../src/engine/journal/follow.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";

import { tinyTree, type Recipes, type TinyTree } from "./tiny-tree.ts";

/** The bundled program; `npm test` builds it first. */
export const program = join(import.meta.dirname, "../../dist/cli.js");

const longestRunMs = 180_000;

/** How a run of the program ended. */
export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface StartOptions {
  readonly cwd: string;
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A started program. */
export interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it printed so far. */
  readonly output: () => string;
  readonly ended: Promise<Finished>;
}

/** The environment a person would have: nothing of npm, the test runner or CI. */
export function plainEnvironment(
  changes: StartOptions["env"] = {},
): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(CI|NODE_.*|npm_.*|INIT_CWD|MAKEFLAGS|SMARTBUILD_.*)$/.test(name),
  );
  return { ...Object.fromEntries(own), ...changes };
}

/** Starts smartbuild; its output is kept. */
export function start(args: readonly string[], { cwd, env }: StartOptions): Started {
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: plainEnvironment(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
  const ended = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    // A program that hangs is a failed test that shows what it printed, not one without a word.
    const limit = setTimeout(() => child.kill("SIGKILL"), longestRunMs);
    child.once("close", (code) => {
      clearTimeout(limit);
      resolve({ code, ...texts, ms: Math.round(performance.now() - began) });
    });
  });
  return { child, pid: child.pid ?? 0, output: () => texts.stdout, ended };
}

/** Runs smartbuild to its end. */
export function run(args: readonly string[], options: StartOptions): Promise<Finished> {
  return start(args, options).ended;
}

/** Asks again and again until there is an answer; throws with `what` after `seconds`. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await wait(10);
  }
}

/** Folder of the newest build in a tree. */
export function newestBuild(root: string): string | undefined {
  return buildFolders(join(root, "log/smartbuild"))[0];
}

/** Every event of the newest build so far. */
export function eventsOf(root: string): readonly JournalEvent[] {
  const folder = newestBuild(root);
  if (folder === undefined) return [];
  const follower = new JournalFollower(join(folder, "journal.jsonl"));
  const events = follower.poll();
  follower.close();
  return events;
}

/** Events of one type of the newest build so far. */
export function eventsOfType<T extends EventBody["type"]>(
  root: string,
  type: T,
): Extract<JournalEvent, { type: T }>[] {
  return eventsOf(root).filter(
    (event): event is Extract<JournalEvent, { type: T }> => event.type === type,
  );
}

/** The newest build as its journal tells it. */
export function stateOf(root: string): BuildState {
  const state = foldAll(eventsOf(root));
  if (state === undefined) throw new Error(`nothing was built in ${root}`);
  return state;
}

/** Waits until the newest build has ended. */
export function buildEnd(root: string, seconds = 30): Promise<BuildState> {
  return until(
    "the build has ended",
    () => {
      const state = foldAll(eventsOf(root));
      return state !== undefined && state.state !== "running" && state;
    },
    seconds,
  );
}

/** Waits until an attempt's log holds a text. */
export function logged(root: string, log: string, text: string): Promise<true> {
  return until(`${log} says ${text}`, () => {
    const folder = newestBuild(root);
    if (folder === undefined) return false;
    try {
      return readFileSync(join(folder, log), "latin1").includes(text) || undefined;
    } catch {
      return false;
    }
  });
}

/** Opens a gate (a fifo that a recipe reads) as soon as somebody waits at it. */
export async function openGate(path: string): Promise<void> {
  const file = await until(`somebody waits at ${path}`, () => {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      return undefined;
    }
  });
  writeSync(file, "go\n");
  closeSync(file);
}

/** A tiny tree for one test; what still runs in it afterwards is killed, and it is removed. */
export function treeFor(t: Pick<TestContext, "after">, recipes: Recipes = {}): TinyTree {
  const tree = tinyTree(recipes);
  t.after(async () => {
    await until("nothing runs in the tree any more", () => {
      const left = processesWith(`${tree.root}/`);
      for (const pid of left) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // Ended meanwhile.
        }
      }
      return left.length === 0;
    });
    tree.remove();
  });
  return tree;
}

/** Live processes (no zombies) whose command line or environment holds the text. */
export function processesWith(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return (
          ["cmdline", "environ"].some((file) =>
            readFileSync(`/proc/${name}/${file}`, "latin1").includes(text),
          ) && !/\) [ZX] /.test(readFileSync(`/proc/${name}/stat`, "latin1"))
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Pid of the build's latest host. */
export function hostPid(root: string): number {
  const started = eventsOfType(root, "host-started").at(-1);
  if (started === undefined) throw new Error("the build has no host yet");
  return started.host.pid;
}

/** True while the process lives; a zombie does not. */
export function isLive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${String(pid)}/stat`, "latin1"));
  } catch {
    return false;
  }
}
