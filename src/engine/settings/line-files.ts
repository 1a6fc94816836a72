// Invariant: the lines, joined, are the file; a line that is no entry is kept as it is.

/** A line of configure-projects: where a project comes from. */
export interface ProjectLine {
  /** Below projects/. */
  readonly folder: string;
  readonly branch: string;
  /** `origin`, a URL, a path, or empty. */
  readonly url: string;
  /** 1-based. */
  readonly line: number;
}

/** A line of configure-branches. */
export interface BranchLine {
  readonly repository: string;
  readonly branch: string;
  readonly line: number;
}

export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/**
 * Reads configure-projects as the modern configure does: blanks removed everywhere, `#` only in
 * column 1, the third field keeps its colons.
 */
export function readProjectLines(text: string): {
  projects: ProjectLine[];
  problems: LineProblem[];
} {
  const projects: ProjectLine[] = [];
  const problems: LineProblem[] = [];
  for (const [index, raw] of linesOf(text).entries()) {
    const line = index + 1;
    if (raw.startsWith("#")) continue;
    const plain = raw.replace(/\s/g, "");
    const [folder = "", branch = "", ...rest] = plain.split(":");
    if (plain === "")
      problems.push({ line, message: "a blank line names the folder projects/ itself; remove it" });
    else if (branch === "")
      problems.push({ line, message: `${folder} has no branch; write folder:branch:origin` });
    else projects.push({ folder, branch, url: rest.join(":"), line });
  }
  return { projects, problems };
}

/** Reads configure-branches: `name: branch`, the second of the fields separated by one blank. */
export function readBranchLines(text: string): BranchLine[] {
  return linesOf(text).flatMap((raw, index) => {
    const [, repository = "", branch = ""] = /^([\w.-]+): ([^ ]*)/.exec(raw) ?? [];
    return repository === "" ? [] : [{ repository, branch, line: index + 1 }];
  });
}

/** Reads build.env: `NAME=value` lines in make's syntax, as configure writes them. */
export function readBuildEnv(text: string): { name: string; value: string; line: number }[] {
  return linesOf(text).flatMap((raw, index) => {
    const [, name = "", value = ""] = /^([A-Za-z_]\w*)[ \t]*[:?]?=[ \t]*(.*?)\r?$/.exec(raw) ?? [];
    return name === "" ? [] : [{ name, value, line: index + 1 }];
  });
}
