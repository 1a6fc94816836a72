// Invariant: what a delivered program is started with is delivered, too.
import { readStart } from "../read-start.ts";
import type { AuditContext } from "../audit-context.ts";
import { isForSame } from "../find-library.ts";
import type { AuditFinding } from "../finding.ts";
import type { PlatformEntry } from "../platform.ts";

/** Where env(1) finds a program when nobody set PATH. */
const defaultPath = ["usr/bin", "bin", "usr/sbin", "sbin"];

/** Interpreters of scripts and run-time linkers that are not delivered. */
export function* interpretersRule(context: AuditContext): Generator<AuditFinding> {
  const { platform } = context;
  for (const entry of platform.entries) {
    if (entry.type !== "f") continue;
    const elf = platform.elf(entry);
    const linker = elf?.interpreter;
    if (elf !== undefined && linker !== undefined) {
      const found = platform.find(linker);
      const its = found === undefined ? undefined : platform.elf(found);
      if (found === undefined) yield missing(entry, linker, "its run-time linker", context);
      else if (its !== undefined && !isForSame(its, elf)) yield wrongClass(entry, linker);
      continue;
    }
    const start = readStart(entry, 256);
    if (start === undefined || !start.startsWith("#!")) continue;
    const [line = ""] = start.slice(2).split("\n", 1);
    const [program = "", ...words] = line.trim().split(/\s+/);
    if (program === "") continue;
    if (platform.find(program) === undefined) {
      yield missing(entry, program, "its interpreter", context);
      continue;
    }
    const asked = /\/env$/.test(program) ? askedOfEnv(words) : undefined;
    if (asked === undefined) continue;
    const places = asked.includes("/")
      ? [asked]
      : defaultPath.map((folder) => `${folder}/${asked}`);
    if (places.every((place) => platform.find(place) === undefined)) {
      yield missing(entry, asked, "the interpreter that it asks env for", context);
    }
  }
}

/** The program among the words behind env(1): the first that is no option and sets no variable. */
function askedOfEnv(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    // These have a word of their own.
    if (/^-(?:[uPC]|-unset|-chdir)$/.test(word)) at++;
    else if (!word.startsWith("-") && !word.includes("=")) return word;
  }
  return undefined;
}

function wrongClass({ path, component }: PlatformEntry, linker: string): AuditFinding {
  return {
    ...{ rule: "interpreters", kind: "interpreter-class", path, detail: linker, component },
    message: `its run-time linker ${linker} is for programs of another class`,
    advice:
      "Link it with the run-time linker of its class (ld -I), or build it for the other class.",
  };
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
