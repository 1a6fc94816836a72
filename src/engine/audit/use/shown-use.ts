// Invariant: a file is used only where something names it; each use says by whom and by what.
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { dependencyFiles, pathsIn } from "../order/dependency-files.ts";
import type { LoggedStage, PrintedLog } from "../printed/printed-logs.ts";
import { readingCommands } from "../printed/reading-commands.ts";
import { linesOf, textPieces } from "../printed/text-pieces.ts";

/** What shows that a file was read. */
export type Evidence = "command line" | "dependency file" | "trace" | "access time" | "needed by";

/** Who read a file. */
export interface Use {
  /** A component or stage; for `needed by` a file of the area; empty where nobody can tell. */
  readonly by: string;
  readonly evidence: Evidence;
}

/** Tells of a file that is used; the path is below the area. */
export type Tell = (path: string, use: Use) => void;

/** The area under all the names that a build has for it, absolute, e.g. while it is filled. */
export interface AreaNames {
  readonly names: readonly string[];
}

const library = /(?<=\s)-l([\w+.-]+)/g;
const searched = /(?<=\s)-L\s*(\S+)/g;
/** Files that command lines name, and libraries that link lines find in the area. */
export function fromLogs(logs: readonly PrintedLog[], area: AreaNames, tell: Tell): void {
  for (const { component, isStrap, pieces } of logs) {
    const use: Use = { by: component, evidence: "command line" };
    for (const piece of pieces()) {
      if (!area.names.some((name) => piece.includes(name))) continue;
      for (const line of linesOf([piece])) {
        if (!area.names.some((name) => line.includes(name))) continue;
        // The pass that fills the area names what it puts there; the others copy out of it.
        for (const command of isStrap ? readingCommands(line) : [line]) {
          for (const path of pathsBelow(command, area)) tell(path, use);
        }
        if (!line.includes(" -l")) continue;
        const folders = [...line.matchAll(searched)].flatMap(([, at = ""]) => pathsBelow(at, area));
        for (const [, name = ""] of line.matchAll(library)) {
          for (const folder of folders) {
            for (const ending of [".so", ".a"])
              tell(posix.join(folder, `lib${name}${ending}`), use);
          }
        }
      }
    }
  }
}

/** Files that compilers wrote down; says how many dependency files there are. `root`: the workspace. */
export function fromDependencyFiles(
  stages: readonly LoggedStage[],
  root: string,
  area: AreaNames,
  tell: Tell,
): number {
  const owners = new Map(stages.map(({ folder, name }) => [folder, name]));
  const files = [...owners].flatMap(([folder, name]) =>
    // A component's own folder was looked through with the one around it.
    [...owners.keys()].some((other) => folder.startsWith(`${other}/`))
      ? []
      : dependencyFiles(join(root, folder)).map((file) => ({ file, name })),
  );
  for (const { file, name } of files) {
    for (const word of pathsIn(textOf(file))) {
      if (!word.startsWith("/")) continue;
      for (const path of pathsBelow(word, area)) {
        tell(path, { by: name, evidence: "dependency file" });
      }
    }
  }
  return files.length;
}

const opens = /\b(?:open(?:at)?(?:64)?|exec\w*|readlink(?:at)?)\(/;
const failed = /= -1\b|Err#\d/;
const writes = /O_(?:WRONLY|CREAT|TRUNC)/;
const call = /^(?:\S+\s+)*?\w+\(.*\)\s*=/;
const fatrace = /^\S.*\(\d+\): [A-Z<>+?]*R[A-Z<>+?]*\s+\//;

/**
 * Files that a trace of a build names: what strace or truss print of open and exec, what fatrace prints,
 * or a path a line. Undefined when it cannot be read.
 */
export function fromTrace(path: string, area: AreaNames, tell: Tell): void {
  for (const line of linesOf(textPieces({ path, start: 0 }))) {
    if (!area.names.some((name) => line.includes(name))) continue;
    const isRead = call.test(line)
      ? opens.test(line) && !failed.test(line) && !writes.test(line)
      : line.startsWith("/") || fatrace.test(line);
    if (!isRead) continue;
    for (const each of pathsBelow(line, area)) tell(each, { by: "", evidence: "trace" });
  }
}

/** What a text names below the area. */
function pathsBelow(text: string, { names }: AreaNames): readonly string[] {
  const found: string[] = [];
  for (const name of names) {
    for (let at = text.indexOf(`${name}/`); at !== -1; at = text.indexOf(`${name}/`, at + 1)) {
      const [path = ""] = /^[^\s"'`:;,()<>|&=]*/.exec(text.slice(at + name.length + 1)) ?? [];
      found.push(posix.normalize(path).replace(/\/$/, ""));
    }
  }
  return found;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
