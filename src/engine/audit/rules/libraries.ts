// Invariant: a needed library is looked for where illumos' run-time linker would, in its order, among
// delivered objects of the same class alone. Source: ld.so.1(1), "Search Paths"; modload for modules.
import { posix } from "node:path";
import type { ElfInfo } from "../../image/format/elf/reader.ts";
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";
import type { Platform, PlatformEntry } from "../platform.ts";
import { expandOrigin, foldersOf } from "../search-path.ts";

/** Where kernel modules are looked for, in the order of krtld. */
const moduleFolders = ["platform/i86pc/kernel", "kernel", "usr/kernel"];

/** Needed libraries that are not delivered, and versions that the delivered one has not. */
export function* librariesRule(context: AuditContext): Generator<AuditFinding> {
  const { platform } = context;
  const defaults = defaultFolders(platform);
  for (const entry of platform.entries) {
    const elf = platform.elf(entry);
    if (elf === undefined || !elf.isDynamic) continue;
    const folders =
      elf.type === "relocatable"
        ? moduleFolders
        : [...ownFolders(elf, entry), ...defaults[elf.class]];
    for (const name of new Set(elf.needed)) {
      const { found, wrongClass } = look(name, folders, elf, entry, platform);
      if (found !== undefined) {
        yield* missingVersions(name, elf, entry, found, platform);
        continue;
      }
      yield notFound(name, candidates(name, folders, elf), wrongClass, entry, context);
    }
  }
}

/** By class; a platform without folders for 64-bit objects has all in the plain ones. */
function defaultFolders(platform: Platform): Record<32 | 64, readonly string[]> {
  const plain = ["lib", "usr/lib"];
  const wide = ["lib/64", "usr/lib/64"];
  const hasWide = wide.some((folder) => platform.find(folder) !== undefined);
  return { 32: plain, 64: hasWide ? wide : plain };
}

/** RUNPATH where there is one, else RPATH. */
function ownFolders(elf: ElfInfo, { path }: PlatformEntry): readonly string[] {
  return foldersOf(elf.runpath ?? elf.rpath ?? "")
    .map((folder) => expandOrigin(folder, path))
    .filter((folder) => folder?.startsWith("/") === true)
    .map((folder) => posix.normalize(folder ?? "").slice(1));
}

/** Paths at which a name may stand, in order. */
function candidates(name: string, folders: readonly string[], elf: ElfInfo): readonly string[] {
  if (elf.type === "relocatable") {
    const module = posix.parse(name);
    return folders.flatMap((folder) => [
      posix.join(folder, module.dir, "amd64", module.base),
      posix.join(folder, name),
    ]);
  }
  if (name.includes("/")) return [posix.normalize(name).replace(/^\//, "")];
  return folders.map((folder) => posix.join(folder, name));
}

function look(
  name: string,
  folders: readonly string[],
  elf: ElfInfo,
  entry: PlatformEntry,
  platform: Platform,
): { readonly found?: PlatformEntry; readonly wrongClass?: PlatformEntry } {
  const expanded = name.includes("$") ? expandOrigin(name, entry.path) : name;
  let wrongClass: PlatformEntry | undefined;
  for (const path of candidates(expanded ?? name, folders, elf)) {
    const found = platform.find(path);
    const its = found === undefined ? undefined : platform.elf(found);
    if (found === undefined || its === undefined) continue;
    if (its.class === elf.class && its.machine === elf.machine) return { found };
    wrongClass ??= found;
  }
  return wrongClass === undefined ? {} : { wrongClass };
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
    if (defined.includes(version)) continue;
    yield {
      rule: "libraries",
      kind: "library-version",
      path: entry.path,
      detail: `${name} ${version}`,
      component: entry.component,
      message: `needs ${version} of ${name}, which the delivered ${library.path} does not have`,
      advice: `Link it against the delivered ${name}, or deliver a newer one.`,
    };
  }
}

function notFound(
  name: string,
  paths: readonly string[],
  wrongClass: PlatformEntry | undefined,
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
      message: `needs ${name}, and the delivered ${wrongClass.path} is of another class`,
      advice: "Deliver the library for this class, too.",
    };
  }
  const inProto = paths.find(isInProto);
  if (inProto !== undefined) {
    return {
      ...base,
      kind: "library-undelivered",
      message: `needs ${name}: ${inProto} is in the proto area, but in no manifest`,
      advice: `Add ${inProto} to the manifest of the component that installs it.`,
    };
  }
  const onHost = paths.map((path) => `/${path}`).find(isOnHost);
  if (onHost !== undefined) {
    return {
      ...base,
      kind: "library-host",
      message: `needs ${name}, which only the build host has (${onHost})`,
      advice: "Link it against what the platform delivers.",
    };
  }
  return {
    ...base,
    kind: "library-missing",
    message: `needs ${name}, which nothing delivers`,
    advice: "Deliver the library, or link without it.",
  };
}
