// Invariant: names come out in the order in which `ls` lists them for a command run with `env`.
import { spawnSync } from "node:child_process";

function collation(env: NodeJS.ProcessEnv): string {
  const named = [env["LC_ALL"], env["LC_COLLATE"], env["LANG"]].find(
    (value) => value !== undefined && value !== "",
  );
  return named ?? "C";
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/**
 * Sorts file names as `ls` does in the locale that `env` asks for. Only outside the C locales is a
 * program asked (sort, on standard input): no table in Node equals the C library's.
 */
export function inLsOrder(
  names: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  const sorted = [...names].sort(byBytes);
  if (sorted.length < 2 || /^(C|POSIX)(\.|$)/.test(collation(env))) return sorted;
  const { status, stdout } = spawnSync("sort", {
    input: sorted.map((name) => `${name}\n`).join(""),
    encoding: "utf8",
    env,
  });
  const lines = status === 0 ? stdout.split("\n").slice(0, -1) : [];
  return lines.length === sorted.length ? lines : sorted;
}
