// Invariant: says of every file that could be a customize script whether it is run, and why not.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareBytes } from "../../manifest/byte-text.ts";
import type { StagedScript } from "./job.ts";
import type { WhatisTool } from "./known-scripts.ts";
import { knownScript } from "./known-scripts.ts";

/** What is in tools/. */
export interface CustomizeScripts {
  /** Set when tools/customize is a known version: its steps are ours. */
  readonly stock?: WhatisTool;
  /** To run on a copy, in this order. */
  readonly scripts: readonly StagedScript[];
  /** Files that look like a script but are left alone, below the workspace. */
  readonly skipped: readonly string[];
}

const leftOvers = /(?:~|\.bak|\.orig|\.rej|\.sw[op])$/;

/**
 * Finds tools/customize and tools/customize.* (in byte order) of a workspace. `known`: what to do
 * about man pages for a tools/customize of this SHA-256 (hex), undefined for one that is to be run.
 */
export function findScripts(
  root: string,
  stamp: string,
  known: (sha256: string) => WhatisTool | undefined = knownScript,
): CustomizeScripts {
  let names: string[];
  try {
    names = readdirSync(join(root, "tools"));
  } catch {
    return { scripts: [], skipped: [] };
  }
  const candidates = names
    .filter((name) => name === "customize" || name.startsWith("customize."))
    .sort(compareBytes);
  const skipped = candidates.filter((name) => leftOvers.test(name)).map((name) => `tools/${name}`);
  const found = candidates.filter((name) => !leftOvers.test(name));
  const stock = found.includes("customize")
    ? knownVersion(join(root, "tools/customize"), known)
    : undefined;
  const scripts = found
    .filter((name) => name !== "customize" || stock === undefined)
    .map((name) => ({
      name: `tools/${name}`,
      argv: [...interpreter(join(root, "tools", name)), "%s", stamp],
      environment: { ROOT: root },
    }));
  return { ...(stock !== undefined && { stock }), scripts, skipped };
}

function knownVersion(
  path: string,
  known: (sha256: string) => WhatisTool | undefined,
): WhatisTool | undefined {
  try {
    return known(createHash("sha256").update(readFileSync(path)).digest("hex"));
  } catch {
    return undefined;
  }
}

/** As the tree's builder runs it: by its first line; a script that may not be executed by bash. */
function interpreter(path: string): string[] {
  try {
    const [line = ""] = readFileSync(path, "latin1").split("\n", 1);
    const words = /^#!\s*(\S+)(?:\s+(.*\S))?\s*$/.exec(line)?.slice(1) ?? [];
    if (words[0] !== undefined) return [...words.filter((word) => typeof word === "string"), path];
  } catch {
    // What cannot be read fails when it is run, with the reason.
  }
  return ["bash", path];
}
