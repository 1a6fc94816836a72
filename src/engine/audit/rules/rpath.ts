// Invariant: each folder of an RPATH or RUNPATH is judged once for each object that has it.
import { posix } from "node:path";
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";
import type { PlatformEntry } from "../platform.ts";
import { defaultFolders, type DefaultFolders } from "../find-library.ts";
import { expandTokens, foldersOf, isLeftOut } from "../search-path.ts";

interface Fault {
  readonly kind: string;
  readonly why: string;
}

const advice = "Link it without that folder: the -R or -rpath option of its link line.";

/** RPATH and RUNPATH folders that belong to the build, to the host or to nobody. */
export function* rpathRule(context: AuditContext): Generator<AuditFinding> {
  const defaults = defaultFolders(context.platform, context.defaultLibraryFolders);
  for (const entry of context.platform.entries) {
    const elf = context.platform.elf(entry);
    for (const [name, text] of [
      ["RPATH", elf?.rpath],
      ["RUNPATH", elf?.runpath],
    ] as const) {
      if (text === undefined || (name === "RPATH" && text === elf?.runpath)) continue;
      for (const folder of new Set(foldersOf(text))) {
        const fault = faultOf(folder, entry, context, defaults);
        if (fault === undefined) continue;
        yield {
          rule: "rpath",
          kind: fault.kind,
          path: entry.path,
          detail: folder,
          component: entry.component,
          message: `its ${name} ${fault.why}`,
          advice,
        };
      }
    }
  }
}

function faultOf(
  folder: string,
  entry: PlatformEntry,
  context: AuditContext,
  defaults: DefaultFolders,
): Fault | undefined {
  if (folder === "") {
    return {
      kind: "rpath-empty",
      why: "has an empty folder: libraries are taken from wherever it is started",
    };
  }
  const expanded = expandTokens(folder, entry.path);
  if (expanded === undefined) return undefined;
  if (!expanded.startsWith("/")) {
    return {
      kind: "rpath-relative",
      why: folder.startsWith("${")
        ? `has ${folder}, which is a relative folder: the run-time linker knows $ORIGIN without braces alone`
        : `has the relative folder ${folder}: libraries are taken from below wherever it is started`,
    };
  }
  const inside = posix.normalize(expanded);
  const build = context.buildFolders.find((at) => inside === at || inside.startsWith(`${at}/`));
  if (build !== undefined) {
    return { kind: "rpath-build", why: `names ${folder}, a folder of the build` };
  }
  if (/^\/opt\/local(?:\/|$)/.test(inside)) {
    return { kind: "rpath-host", why: `names ${folder}, where the build host has its packages` };
  }
  if (/^\/(?:export\/)?home\//.test(inside)) {
    return { kind: "rpath-home", why: `names ${folder}, somebody's home` };
  }
  const isDefault = [...defaults[32], ...defaults[64]].includes(inside.slice(1));
  if (isLeftOut(folder, entry) && !isDefault) {
    return {
      kind: "rpath-secure",
      why: `has ${folder}, which is left out because the program runs as somebody else: $ORIGIN has to lead to a trusted folder there`,
    };
  }
  const found = context.platform.find(inside);
  if (found === undefined || found.type !== "d") {
    return { kind: "rpath-undelivered", why: `names ${folder}, which is no delivered folder` };
  }
  if (((found.mode ?? 0) & 0o002) !== 0) {
    return { kind: "rpath-writable", why: `names ${folder}, into which anybody can write` };
  }
  return undefined;
}
