// Invariant: one finding for each name that an object asks the run-time linker for and does not get,
// and one for each version that the library it gets does not have.
import type { ElfInfo } from "../../image/format/elf/reader.ts";
import type { AuditContext } from "../audit-context.ts";
import { defaultFolders, findLibrary, type FoundLibrary } from "../find-library.ts";
import type { AuditFinding } from "../finding.ts";
import type { Platform, PlatformEntry } from "../platform.ts";
import { expandTokens } from "../search-path.ts";

/** Needed libraries that are not delivered, and versions that the delivered one has not. */
export function* librariesRule(context: AuditContext): Generator<AuditFinding> {
  const { platform } = context;
  const defaults = defaultFolders(platform, context.defaultLibraryFolders);
  for (const entry of platform.entries) {
    const elf = platform.elf(entry);
    if (elf === undefined || !elf.isDynamic) continue;
    for (const [name, verb] of askedFor(elf)) {
      if (isRelative(name, entry, elf)) yield relative(name, entry);
      const looked = findLibrary(name, entry, elf, platform, defaults);
      if (looked.found === undefined) yield notFound(name, verb, looked, entry, context);
      else yield* missingVersions(name, elf, entry, looked.found, platform);
    }
  }
}

/**
 * The names, each with the word for the finding. An auxiliary filter does without its filtees
 * (Linker and Libraries Guide, "Filters"), so nobody has to deliver those; a filter has no code of its
 * own, and is of no use then. Names that differ from machine to machine cannot be judged.
 */
function askedFor({ needed, filters }: ElfInfo): ReadonlyMap<string, string> {
  const asked = new Map(
    filters
      .flatMap((text) => text.split(":"))
      .filter((name) => name !== "" && expandTokens(name, "") !== undefined)
      .map((name) => [name, "is a filter for"]),
  );
  for (const name of needed) asked.set(name, "needs");
  return asked;
}

/** A name with a slash that does not begin with one: taken from where the program is started. */
function isRelative(name: string, { path }: PlatformEntry, { type }: ElfInfo): boolean {
  const expanded = expandTokens(name, path) ?? "/";
  return type !== "relocatable" && expanded.includes("/") && !expanded.startsWith("/");
}

function relative(name: string, { path, component }: PlatformEntry): AuditFinding {
  return {
    ...{ rule: "libraries", kind: "library-relative", path, detail: name, component },
    message: `needs ${name}: the library is taken from below wherever it is started`,
    advice: "Link it with the library's soname set (ld -h), or by -L and -l.",
  };
}

function* missingVersions(
  name: string,
  elf: ElfInfo,
  entry: PlatformEntry,
  library: PlatformEntry,
  platform: Platform,
): Generator<AuditFinding> {
  const defined = platform.elf(library)?.versionsDefined ?? [];
  // A library without versions is taken by the run-time linker as it is.
  if (defined.length === 0) return;
  const wanted = elf.versionsNeeded.filter(({ file }) => file === name);
  for (const version of wanted.flatMap(({ versions }) => versions)) {
    if (version.isOptional || defined.includes(version.name)) continue;
    yield {
      rule: "libraries",
      kind: "library-version",
      path: entry.path,
      detail: `${name} ${version.name}`,
      component: entry.component,
      message: `needs ${version.name} of ${name}, which the delivered ${library.path} does not have`,
      advice: `Link it against the delivered ${name}, or deliver a newer one.`,
    };
  }
}

function notFound(
  name: string,
  verb: string,
  { wrongClass, paths }: FoundLibrary,
  entry: PlatformEntry,
  { isInProto, isOnHost }: AuditContext,
): AuditFinding {
  const base = {
    rule: "libraries" as const,
    path: entry.path,
    detail: name,
    component: entry.component,
  };
  if (wrongClass !== undefined) {
    return {
      ...base,
      kind: "library-class",
      message: `${verb} ${name}, and the delivered ${wrongClass.path} is of another class`,
      advice: "Deliver the library for this class, too.",
    };
  }
  const inProto = paths.find(isInProto);
  if (inProto !== undefined) {
    return {
      ...base,
      kind: "library-undelivered",
      message: `${verb} ${name}: ${inProto} is in the proto area, but in no manifest`,
      advice: `Add ${inProto} to the manifest of the component that installs it.`,
    };
  }
  const onHost = paths.map((path) => `/${path}`).find(isOnHost);
  if (onHost !== undefined) {
    return {
      ...base,
      kind: "library-host",
      message: `${verb} ${name}, which only the build host has (${onHost})`,
      advice: "Link it against what the platform delivers.",
    };
  }
  return {
    ...base,
    kind: "library-missing",
    message: `${verb} ${name}, which nothing delivers`,
    advice: "Deliver the library, or link without it.",
  };
}
