// Invariant: a component needs another only where one of its files, compile lines or dependency files
// shows it; each edge says by what.
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { PrintedLog } from "../printed/printed-logs.ts";
import { readingCommands } from "../printed/reading-commands.ts";
import { dependencyFiles, pathsIn } from "./dependency-files.ts";
import { Edges, type Edge } from "./edges.ts";
import { facts } from "./file-facts.ts";
import type { OwnedPaths } from "./owned-paths.ts";

/** Where the components are and what they installed. */
export interface InferInput {
  readonly logs: readonly PrintedLog[];
  readonly owned: OwnedPaths;
  /** The workspace and its proto area, absolute. */
  readonly root: string;
  readonly proto: string;
}

/** Where a program without a path is looked for. */
const programFolders = ["usr/bin", "bin", "usr/sbin", "sbin"];

/** One edge for each two components, with the first reason found. */
export function inferEdges(input: InferInput): readonly Edge[] {
  const edges = new Edges(input.logs.map(({ component }) => component));
  fromInstalled(input, edges);
  fromDependencyFiles(input, edges);
  fromLines(input, edges);
  return edges.all;
}

/** Libraries that an object needs, and what a script or program is started with. */
function fromInstalled({ owned, proto }: InferInput, edges: Edges): void {
  for (const [path, component] of owned.installed) {
    const { needed, interpreter } = facts(join(proto, path));
    for (const name of needed) {
      edges.add(component, owned.ownerOfLibrary(basename(name)), `${path} needs ${name}`);
    }
    if (interpreter === undefined) continue;
    const owner = interpreter.startsWith("/")
      ? owned.installed.get(interpreter.slice(1))
      : programFolders.map((at) => owned.installed.get(`${at}/${interpreter}`)).find(Boolean);
    edges.add(component, owner, `${path} is run by ${interpreter}`);
  }
}

/** Files that the compiler read. */
function fromDependencyFiles({ logs, owned, root }: InferInput, edges: Edges): void {
  for (const { component, folder } of logs) {
    for (const file of dependencyFiles(join(root, folder))) {
      for (const path of pathsIn(textOf(file))) {
        // Of relative names only those that climb can lead to somebody else.
        if (!path.startsWith("/") && !path.startsWith("..")) continue;
        const named = found(path, dirname(file), join(root, folder));
        const because = `${basename(file)} names ${shown(named, root)}`;
        edges.add(component, owned.at(named), because);
      }
    }
  }
}

/** Relative names hold where the compiler ran: in the file's folder, or above it in the component's. */
function found(path: string, folder: string, top: string): string {
  if (path.startsWith("/")) return path;
  for (let at = folder; at.startsWith(top); at = dirname(at)) {
    const named = resolve(at, path);
    if (existsSync(named)) return named;
  }
  return resolve(folder, path);
}

const linked = /(?<=\s)-l([\w+.-]+)/g;
/** Libraries of link lines, search folders of one component alone, programs and files that are named. */
function fromLines({ logs, owned, root, proto }: InferInput, edges: Edges): void {
  const inTree = new RegExp(
    `${quoted(proto)}/[^\\s"':;,()=]+|${quoted(root)}/projects/[^\\s"':;,()=]+`,
    "g",
  );
  for (const { component, lines } of logs) {
    for (const line of lines()) {
      if (line.includes(" -l")) {
        for (const [word, name = ""] of line.matchAll(linked)) {
          const owner =
            owned.ownerOfLibrary(`lib${name}.so`) ?? owned.ownerOfLibrary(`lib${name}.a`);
          edges.add(component, owner, `a link line has ${word}`);
        }
      }
      if (!line.includes(root)) continue;
      for (const command of readingCommands(line)) {
        for (const [path] of command.matchAll(inTree)) {
          edges.add(component, owned.at(path), `a command line names ${shown(path, root)}`);
        }
      }
    }
  }
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function shown(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
