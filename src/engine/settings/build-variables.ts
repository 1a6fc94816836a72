// Invariant: the environment always beats the file, so a command can still say otherwise.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shownText } from "./word-value.ts";

/** Name of the file at the top of a workspace. */
export const buildVariablesFile = "smartbuild.env";

/** A line of smartbuild.env. */
export interface BuildVariable {
  readonly name: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * Reads smartbuild.env: `NAME=VALUE` lines, unquoted, and `#` comments. They become the environment
 * of a build and so variables of make; the last line of a name counts. A line that is neither is in
 * `problems`, by its number.
 */
export function readBuildVariables(bytes: Uint8Array): {
  variables: BuildVariable[];
  problems: number[];
} {
  const variables: BuildVariable[] = [];
  const problems: number[] = [];
  const text = shownText(Buffer.from(bytes).toString("latin1"));
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, value = ""] = /^\s*([A-Za-z_]\w*)\s*=[ \t]*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) problems.push(index + 1);
    else variables.push({ name, value, line: index + 1 });
  }
  return { variables, problems };
}

/** The environment of a build in this workspace: the asking command's over smartbuild.env. */
export function buildEnvironment<T extends NodeJS.ProcessEnv>(root: string, env: T): T {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, buildVariablesFile));
  } catch {
    return env;
  }
  const { variables } = readBuildVariables(bytes);
  return { ...Object.fromEntries(variables.map(({ name, value }) => [name, value])), ...env };
}
