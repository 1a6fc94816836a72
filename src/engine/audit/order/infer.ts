// Invariant: a component needs another only where one of its files, compile lines or dependency files
// shows it; each edge says by what.
import { closeSync, openSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileSource } from "../../image/format/bytes-io.ts";
import { readElf } from "../../image/format/elf/reader.ts";
import type { ComponentLog } from "./component-logs.ts";

/** One component needs another to be built before it. */
export interface Edge {
  readonly component: string;
  readonly needs: string;
  /** What shows it, e.g. `usr/bin/curl needs libidn.so.11`. */
  readonly because: string;
}

/** Where the components are and what they installed. */
export interface InferInput {
  readonly logs: readonly ComponentLog[];
  /** Of installedBy. */
  readonly owners: ReadonlyMap<string, string>;
  /** Absolute. */
  readonly proto: string;
  /** Folder that holds the components' own, absolute. */
  readonly sources: string;
}

/** Deeper than components keep their objects. */
const mostFiles = 200_000;

/** One edge for each two components, with the first reason found. */
export function inferEdges(input: InferInput): readonly Edge[] {
  const edges = new Map<string, Edge>();
  const components = new Set(input.logs.map(({ component }) => component));
  const add = (component: string, needs: string | undefined, because: string): void => {
    const key = `${component} ${needs ?? ""}`;
    if (needs === undefined || needs === component || edges.has(key)) return;
    if (components.has(component) && components.has(needs)) {
      edges.set(key, { component, needs, because });
    }
  };
  fromObjects(input, add);
  fromScripts(input, add);
  fromDependencyFiles(input, add);
  fromLinkLines(input, add);
  return [...edges.values()];
}

type Add = (component: string, needs: string | undefined, because: string) => void;

/** Components by the name of a library that they install. */
function librariesOf({ owners }: InferInput): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [path, owner] of owners) {
    if (/^lib.*\.(?:so|a)\b/.test(basename(path))) names.set(basename(path), owner);
  }
  return names;
}

function fromObjects(input: InferInput, add: Add): void {
  const libraries = librariesOf(input);
  for (const [path, component] of input.owners) {
    for (const name of neededBy(join(input.proto, path))) {
      add(component, libraries.get(basename(name)), `${path} needs ${name}`);
    }
  }
}

function neededBy(path: string): readonly string[] {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return [];
  }
  try {
    const read = readElf(fileSource(file), path);
    return read.ok ? (read.value?.needed ?? []) : [];
  } finally {
    closeSync(file);
  }
}

function fromScripts({ owners, proto }: InferInput, add: Add): void {
  for (const [path, component] of owners) {
    if (!/^(?:usr\/)?s?bin\/|\/s?bin\//.test(path)) continue;
    const start = textOf(join(proto, path)).slice(0, 256);
    const [, program] = /^#!\s*\/(\S+)/.exec(start) ?? [];
    if (program !== undefined) add(component, owners.get(program), `${path} is run by /${program}`);
  }
}

function fromDependencyFiles({ logs, owners, proto, sources }: InferInput, add: Add): void {
  for (const component of new Set(logs.map((log) => log.component))) {
    for (const file of dependencyFiles(join(sources, component))) {
      for (const word of textOf(file).split(/[\s\\]+/)) {
        if (!word.startsWith(`${proto}/`)) continue;
        const path = word.slice(proto.length + 1).replace(/:$/, "");
        add(component, owners.get(path), `${basename(file)} names ${path}`);
      }
    }
  }
}

/** What compilers write with -MD, libtool into .deps; links to folders are not followed. */
function dependencyFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const folders = [folder];
  let seen = 0;
  for (let at = folders.pop(); at !== undefined && seen < mostFiles; at = folders.pop()) {
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        seen++;
        if (entry.isDirectory()) folders.push(join(at, entry.name));
        else if (/\.(?:d|Po|Plo|dep)$/.test(entry.name)) found.push(join(at, entry.name));
      }
    } catch {
      // A folder that cannot be read tells nothing.
    }
  }
  return found.sort();
}

function fromLinkLines(input: InferInput, add: Add): void {
  const libraries = librariesOf(input);
  for (const { component, lines } of input.logs) {
    for (const line of lines()) {
      for (const [word, name = ""] of line.matchAll(/(?<=\s)-l([\w+.-]+)/g)) {
        const owner = libraries.get(`lib${name}.so`) ?? libraries.get(`lib${name}.a`);
        add(component, owner, `a link line has ${word}`);
      }
    }
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
