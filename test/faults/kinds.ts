// Invariant: a kind of fault says what it does and what may become of the build: nothing here looks
// at the outcome.
import { readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { newestBuild } from "../support/smartbuild.ts";
import type { Random } from "../support/random.ts";
import { fillDisk, remount } from "../support/small-disk.ts";
import { mounting } from "./small-world.ts";
import { clockLibrary, moveClock } from "./stepped-clock.ts";
import { grandchildOf, hostOf, leaderOf, processesIn, signal, wrapperOf } from "./victims.ts";

/** A round as its fault sees it. */
export interface FaultPlace {
  readonly root: string;
  readonly random: Random;
  /** Pid of what watches the build. */
  readonly console: () => number | undefined;
  readonly closeTerminal: () => void;
  readonly say: (sentence: string) => void;
  /** Moves the clock of all that the round started. */
  readonly clock: string;
}

/** One kind of fault. */
export interface FaultKind {
  readonly name: string;
  /** Where the console runs: in a terminal, or as `run --plain`. */
  readonly watcher: "terminal" | "plain" | "either";
  /** `untouched`: the build succeeds in one go; `stops`: it may fail or be interrupted. */
  readonly build: "untouched" | "stops" | "cut";
  /** What it needs of the machine. */
  readonly needs?: "disk" | "clock";
  /** Strikes a slow stage's command, which there is none of at the end of the build. */
  readonly atCommand?: boolean;
  /** True when it struck; false when there was nothing to strike (yet). */
  readonly strike: (place: FaultPlace) => boolean;
  /** Takes away what hinders the next run. */
  readonly mend?: (place: FaultPlace) => void;
}

const kill = (pid: number | undefined): boolean => signal(pid, "SIGKILL");

/** Strikes all at once, in an order that the seed decides. */
function killAll({ random }: FaultPlace, pids: readonly (number | undefined)[]): boolean {
  if (pids.some((pid) => pid === undefined)) return false;
  return random.shuffle(pids).filter(kill).length > 0;
}

function killEverything(place: FaultPlace): boolean {
  kill(place.console());
  // What is started meanwhile is killed as well, as by a reset.
  for (let left = processesIn(place.root); left.length > 0; left = processesIn(place.root)) {
    left.forEach(kill);
  }
  return true;
}

const logs = (root: string): string => join(root, "log/smartbuild");

/** Every kind, in the order of the rounds. */
export const kinds: readonly FaultKind[] = [
  {
    name: "kill -9 console",
    watcher: "either",
    build: "untouched",
    strike: (place) => kill(place.console()),
  },
  {
    name: "kill -9 host",
    watcher: "either",
    build: "untouched",
    strike: ({ root }) => kill(hostOf(root)),
  },
  {
    name: "kill -9 wrapper",
    watcher: "plain",
    build: "stops",
    strike: ({ root }) => kill(wrapperOf(root)),
  },
  {
    name: "kill -9 host + wrapper",
    watcher: "plain",
    build: "stops",
    strike: (place) => killAll(place, [hostOf(place.root), wrapperOf(place.root)]),
  },
  {
    name: "kill -9 console + host + wrapper",
    watcher: "either",
    build: "stops",
    strike: (place) => killAll(place, [place.console(), hostOf(place.root), wrapperOf(place.root)]),
  },
  {
    name: "kill -9 console + host",
    watcher: "either",
    build: "untouched",
    strike: (place) => killAll(place, [place.console(), hostOf(place.root)]),
  },
  {
    name: "SIGHUP of the terminal",
    watcher: "terminal",
    build: "untouched",
    strike: (place) => {
      place.closeTerminal();
      return true;
    },
  },
  {
    name: "SIGTERM host",
    watcher: "either",
    build: "untouched",
    strike: ({ root }) => signal(hostOf(root), "SIGTERM"),
  },
  {
    name: "kill -9 leader",
    watcher: "plain",
    build: "stops",
    atCommand: true,
    strike: ({ root }) => kill(leaderOf(root)),
  },
  {
    name: "kill -9 grandchild",
    watcher: "plain",
    build: "stops",
    atCommand: true,
    strike: ({ root }) => kill(grandchildOf(root)),
  },
  { name: "reset", watcher: "either", build: "stops", strike: killEverything },
  {
    name: "reset, journal cut",
    watcher: "plain",
    build: "cut",
    strike: (place) => {
      killEverything(place);
      const path = join(newestBuild(place.root) ?? "", "journal.jsonl");
      const size = readFileSync(path).length;
      const left = place.random.between(0, size);
      truncateSync(path, left);
      place.say(`the journal is cut from ${String(size)} to ${String(left)} bytes`);
      return true;
    },
  },
  {
    name: "full disk",
    watcher: "plain",
    build: "stops",
    needs: "disk",
    strike: ({ root }) => {
      fillDisk(logs(root));
      return true;
    },
    mend: ({ root }) => {
      rmSync(join(logs(root), "filler"), { force: true });
    },
  },
  {
    name: "read-only disk",
    watcher: "plain",
    build: "stops",
    needs: "disk",
    strike: (place) => {
      killEverything(place);
      return remount(logs(place.root), "ro");
    },
    mend: ({ root }) => {
      remount(logs(root), "rw");
    },
  },
  {
    name: "clock stepped back",
    watcher: "either",
    build: "untouched",
    needs: "clock",
    strike: (place) => {
      const seconds = place.random.pick([-1, -70, -3600, -86_400]);
      moveClock(place.clock, seconds);
      place.say(`the clock goes ${String(seconds)} s`);
      return true;
    },
  },
];

/** The kind of a seed, the same on every machine. */
export function kindOf(seed: number): FaultKind {
  const kind = kinds[seed % kinds.length];
  if (kind === undefined) throw new Error("a seed is a whole number from 0 on");
  return kind;
}

/** Why this user, or this machine, cannot try a kind; undefined: it can. */
export function hindrance({ needs }: FaultKind): string | undefined {
  switch (needs) {
    case undefined:
      return undefined;
    case "disk":
      return mounting === undefined ? "this user may not mount a small disk" : undefined;
    case "clock":
      return clockLibrary() === undefined ? "there is no C compiler for its clock" : undefined;
    default:
      return needs satisfies never;
  }
}
