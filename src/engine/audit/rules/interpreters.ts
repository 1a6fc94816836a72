// Invariant: what a delivered program is started with is delivered, too.
import { readStart } from "../read-start.ts";
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";
import type { PlatformEntry } from "../platform.ts";

/** Where env(1) finds a program when nobody set PATH. */
const defaultPath = ["usr/bin", "bin", "usr/sbin", "sbin"];

/** Interpreters of scripts and run-time linkers that are not delivered. */
export function* interpretersRule(context: AuditContext): Generator<AuditFinding> {
  const { platform } = context;
  for (const entry of platform.entries) {
    if (entry.type !== "f") continue;
    const linker = platform.elf(entry)?.interpreter;
    if (linker !== undefined) {
      if (platform.find(linker) === undefined)
        yield missing(entry, linker, "its run-time linker", context);
      continue;
    }
    const start = readStart(entry, 256);
    if (start === undefined || !start.startsWith("#!")) continue;
    const [line = ""] = start.slice(2).split("\n", 1);
    const [program = "", argument = ""] = line.trim().split(/\s+/);
    if (program === "") continue;
    if (platform.find(program) === undefined) {
      yield missing(entry, program, "its interpreter", context);
      continue;
    }
    if (!/\/env$/.test(program) || argument === "" || argument.startsWith("-")) continue;
    if (defaultPath.every((folder) => platform.find(`${folder}/${argument}`) === undefined)) {
      yield missing(entry, argument, "the interpreter that it asks env for", context);
    }
  }
}

function missing(
  entry: PlatformEntry,
  program: string,
  what: string,
  { isInProto, isOnHost }: AuditContext,
): AuditFinding {
  const below = program.replace(/^\//, "");
  const where = isInProto(below)
    ? "is in the proto area, but in no manifest"
    : program.startsWith("/") && isOnHost(program)
      ? "is on the build host only"
      : "is delivered by nothing";
  return {
    rule: "interpreters",
    kind: "interpreter-missing",
    path: entry.path,
    detail: program,
    component: entry.component,
    message: `${what} ${program} ${where}`,
    advice: "Name an interpreter that the platform delivers, or deliver this one.",
  };
}
