// Invariant: reading a person's own settings never fails: what is wrong in the file is told with its
// line, and the default holds in its place.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { lineOfError, memberLines } from "./json-lines.ts";

/** What a person can set for all workspaces. */
export interface UserConfig {
  /** Stage and percent in the title of the terminal. */
  readonly title: boolean;
  /** Progress in the terminal's tab or task bar (OSC 9;4). */
  readonly progress: boolean;
  /** File names are links (OSC 8). */
  readonly links: boolean;
  /** A bell at the end of a long build. */
  readonly bell: boolean;
  /** The mouse scrolls and selects from the start. */
  readonly mouse: boolean;
  /** Without output for so long a stage is called quiet. Seconds. */
  readonly quietSeconds: number;
  /** Logs of so many builds are kept. */
  readonly keepBuilds: number;
  /** Logs of builds are kept up to this size together. Bytes. */
  readonly keepBytes: number;
  /** Keys of commands; which commands and keys there are is for the console to say. */
  readonly keymap: readonly UserKeys[];
}

/** The keys a person gave to a command. */
export interface UserKeys {
  /** `retry`, or `log.retry` for one view only. */
  readonly command: string;
  readonly keys: readonly string[];
  /** Line in the file, 1-based. */
  readonly line: number;
}

/** What the file says, and what is wrong with it. */
export interface ReadUserConfig {
  readonly config: UserConfig;
  readonly file: string;
  /** A sentence each, with file and line. */
  readonly complaints: readonly string[];
}

export const defaultUserConfig: UserConfig = {
  title: true,
  progress: true,
  links: true,
  bell: true,
  mouse: false,
  quietSeconds: 120,
  keepBuilds: 50,
  keepBytes: 10_000_000_000,
  keymap: [],
};

const switches = ["title", "progress", "links", "bell", "mouse"] as const;
const numbers = ["quietSeconds", "keepBuilds", "keepBytes"] as const;
const names: readonly string[] = [...switches, ...numbers, "keymap"];

/** `$XDG_CONFIG_HOME/smartbuild/config.json`; by default below ~/.config. */
export function userConfigFile(env: NodeJS.ProcessEnv): string {
  const named = env["XDG_CONFIG_HOME"] ?? "";
  // The XDG base directory specification: a relative path there is to be ignored.
  const folder = isAbsolute(named) ? named : join(env["HOME"] || homedir(), ".config");
  return join(folder, "smartbuild", "config.json");
}

/** Reads a person's settings. A file that is not there is no fault. */
export function readUserConfig(env: NodeJS.ProcessEnv): ReadUserConfig {
  const file = userConfigFile(env);
  let text: string;
  try {
    text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    const complaints = isMissing ? [] : [`${file} cannot be read: ${message}. Defaults hold.`];
    return { config: defaultUserConfig, file, complaints };
  }
  return { file, ...parseUserConfig(text, file) };
}

/** What a text says; `file` is named in complaints. */
export function parseUserConfig(text: string, file: string): Omit<ReadUserConfig, "file"> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = lineOfError(text, message);
    const complaint = `${file}:${line}: this is no JSON; mend the line, until then defaults hold.`;
    return { config: defaultUserConfig, complaints: [complaint] };
  }
  if (!isRecord(value)) {
    const complaint = `${file}:1: the file holds one object, { "title": false }; defaults hold.`;
    return { config: defaultUserConfig, complaints: [complaint] };
  }
  return readMembers(value, memberLines(text), file);
}

function readMembers(
  value: Readonly<Record<string, unknown>>,
  lines: ReadonlyMap<string, number>,
  file: string,
): Omit<ReadUserConfig, "file"> {
  const complaints: string[] = [];
  const complain = (path: string, what: string): void => {
    complaints.push(`${file}:${lines.get(path) ?? 1}: ${what}`);
  };
  const set: Partial<Record<string, boolean | number>> = {};
  for (const [name, given] of Object.entries(value)) {
    if (isOneOf(name, switches)) {
      if (typeof given === "boolean") set[name] = given;
      else complain(name, `${name} is true or false.`);
    } else if (isOneOf(name, numbers)) {
      if (Number.isSafeInteger(given) && Number(given) > 0) set[name] = Number(given);
      else complain(name, `${name} is a whole number above 0${unitOf(name)}.`);
    } else if (name !== "keymap") {
      complain(name, `there is no setting ${name}; there are ${names.join(", ")}.`);
    }
  }
  const keymap = readKeymap(value["keymap"], lines, complain);
  return { config: { ...defaultUserConfig, ...set, keymap }, complaints };
}

function unitOf(name: (typeof numbers)[number]): string {
  if (name === "quietSeconds") return ", in seconds";
  return name === "keepBytes" ? ", in bytes" : "";
}

function readKeymap(
  value: unknown,
  lines: ReadonlyMap<string, number>,
  complain: (path: string, what: string) => void,
): readonly UserKeys[] {
  if (value === undefined) return [];
  if (!isRecord(value)) {
    complain("keymap", 'keymap names commands with their keys: { "retry": ["R"] }.');
    return [];
  }
  return Object.entries(value).flatMap(([command, keys]) => {
    const path = `keymap/${command}`;
    const isList = Array.isArray(keys) && keys.every((key) => typeof key === "string");
    if (!isList)
      complain(path, `the keys of ${command} are a list of names, like ["R", "ctrl-r"].`);
    return isList ? [{ command, keys, line: lines.get(path) ?? 1 }] : [];
  });
}

function isOneOf<Name extends string>(name: string, list: readonly Name[]): name is Name {
  return list.some((each) => each === name);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
