// Invariant: a command to the host is a whole file (renamed into place) of the host's own user;
// it is removed once the journal tells what became of it.
import { randomBytes } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { buildFiles } from "./build-files.ts";

/** What a host can be asked for. */
export type HostCommand =
  | { readonly command: "stop"; readonly signal: "SIGINT" | "SIGTERM" }
  | { readonly command: "retry"; readonly stage: string };

/** A command as found; `undefined` when the file is not one the host may obey. */
export interface FoundCommand {
  readonly id: string;
  readonly command: HostCommand | undefined;
  readonly refused?: string;
}

/** Puts a command into the build's folder and returns its id. Throws when it cannot be written. */
export function sendCommand(buildFolder: string, command: HostCommand): string {
  const folder = buildFiles(buildFolder).commands;
  const id = `${Date.now().toString(36)}-${randomBytes(4).toString("hex")}`;
  const temporary = join(folder, `.${id}`);
  try {
    writeFileSync(temporary, JSON.stringify(command), { mode: 0o600, flag: "wx" });
    renameSync(temporary, join(folder, `${id}.json`));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return id;
}

/** Makes the folder for commands: only its owner can put anything there. */
export function makeCommandFolder(buildFolder: string): void {
  mkdirSync(buildFiles(buildFolder).commands, { mode: 0o700, recursive: true });
}

/** The commands waiting, oldest first. */
export function waitingCommands(buildFolder: string): FoundCommand[] {
  const folder = buildFiles(buildFolder).commands;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".json") && !name.startsWith("."))
    .sort()
    .map((name) => readCommand(folder, name));
}

/** Removes a command that was dealt with. */
export function removeCommand(buildFolder: string, id: string): void {
  rmSync(join(buildFiles(buildFolder).commands, `${id}.json`), { force: true });
}

function readCommand(folder: string, name: string): FoundCommand {
  const id = name.slice(0, -".json".length);
  const path = join(folder, name);
  try {
    const stat = lstatSync(path);
    if (!stat.isFile() || stat.uid !== process.geteuid?.()) {
      return { id, command: undefined, refused: "it belongs to another user" };
    }
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isCommand(value)
      ? { id, command: value }
      : { id, command: undefined, refused: "it is no command this version knows" };
  } catch {
    return { id, command: undefined, refused: "it could not be read" };
  }
}

function isCommand(value: unknown): value is HostCommand {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return fields["command"] === "stop"
    ? fields["signal"] === "SIGINT" || fields["signal"] === "SIGTERM"
    : fields["command"] === "retry" && typeof fields["stage"] === "string";
}
