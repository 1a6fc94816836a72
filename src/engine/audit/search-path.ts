// Invariant: a folder of an RPATH or RUNPATH is expanded as illumos' run-time linker would, and nothing
// is looked up. Source: ld.so.1(1), SECURITY; Linker and Libraries Guide, "Dynamic String Tokens".
import { posix } from "node:path";
import { isRunAsOther } from "./runs-as-other.ts";
import type { PlatformEntry } from "./platform.ts";

/** Where a program that runs as somebody else may find libraries by $ORIGIN. */
const trusted = ["/lib/secure", "/usr/lib/secure", "/lib/secure/64", "/usr/lib/secure/64"];

/** Tokens that mean the same on every SmartOS machine. */
const tokens = { OSNAME: "SunOS", OSREL: "5.11", PLATFORM: "i86pc" } as const;

/** Tokens that mean what the machine is; nobody can tell here. */
const ofTheMachine = /\$(?:ISALIST|HWCAP|CAPABILITY|MACHINE)/;

/** Splits an RPATH or RUNPATH; an empty folder stays one, and an empty text has none. */
export function foldersOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}

/**
 * The folder with the tokens put in, `$ORIGIN` being that of the object at `path`; undefined where it
 * differs from machine to machine. What is no token stays as it is, also `${ORIGIN}`: the run-time
 * linker knows no braces.
 */
export function expandTokens(folder: string, path: string): string | undefined {
  if (ofTheMachine.test(folder)) return undefined;
  return folder.replace(/\$(ORIGIN|OSNAME|OSREL|PLATFORM)/g, (_, name: string) =>
    name in tokens ? tokens[name as keyof typeof tokens] : posix.dirname(`/${path}`),
  );
}

/**
 * True for a folder that the run-time linker leaves out because the program runs as somebody else: a
 * relative one, or one with `$ORIGIN` that leads to no trusted folder. That it would take such a folder
 * after it gave a library before is of no help here, so that is not looked at.
 */
export function isLeftOut(folder: string, { path, type, mode }: PlatformEntry): boolean {
  if (mode === undefined || !isRunAsOther(type, mode)) return false;
  const expanded = expandTokens(folder, path) ?? folder;
  if (!expanded.startsWith("/")) return true;
  return folder.includes("$ORIGIN") && !trusted.includes(posix.normalize(expanded));
}
