// Invariant: looks at the processes of one session and changes nothing; what it names is alive and
// has no living child in that session, so it is what the session waits for.
import { basename } from "node:path";
import { cleanText } from "../logs/clean.ts";
import type { ProcessIdentity } from "../journal/events.ts";
import { maskLogins } from "./environment.ts";
import type { ProcessTable } from "./process-table.ts";
import { sessionOf } from "./session.ts";

/** A process that a stage waits for. */
export interface OldestLeaf {
  /** Program and what it works on, cleaned, logins masked: `cc1 ... foo.c`. */
  readonly command: string;
  /** When it started, milliseconds of the epoch. */
  readonly startedAt: number;
}

/**
 * The oldest living process without children in the session that `wrapper` leads; undefined when
 * nothing but the wrapper is left. `now`: milliseconds of the epoch.
 */
export function oldestLeaf(
  table: ProcessTable,
  wrapper: ProcessIdentity,
  now: number,
): OldestLeaf | undefined {
  const members = sessionOf(table, wrapper);
  const parents = new Set(members.map(({ parent }) => parent));
  const leaves = members
    .filter(({ pid }) => pid !== wrapper.pid && !parents.has(pid))
    .map((process) => ({ process, age: table.ageOf(process, now) }));
  const oldest = leaves.toSorted((one, other) => other.age - one.age)[0];
  if (oldest === undefined) return undefined;
  const { pid, name } = oldest.process;
  const argv = table.argvOf(pid).filter((word) => word !== "");
  return { command: shortCommand(argv.length > 0 ? argv : [name]), startedAt: now - oldest.age };
}

/** Names of files that a command reads, rather than its options. */
const source = /\.(?:[cisSylhd]|cc|cpp|cxx|go|py|pl|sh|js|java|rs|xml|tar|t?gz|xz|bz2)$/;

/** A command line in a few words: the program, and the last file or word it was given. */
export function shortCommand([program = "", ...given]: readonly string[]): string {
  const words = given.filter((word, index) => !word.startsWith("-") && given[index - 1] !== "-o");
  const about = words.findLast((word) => source.test(word)) ?? words.at(-1);
  const shown = [basename(program)];
  // Where there is one word only, nothing is left out.
  if (given.length > 1) shown.push("...");
  if (about !== undefined) shown.push(given.length > 1 ? basename(about) : about);
  return maskLogins(cleanText(shown.join(" "), 120));
}
