// Invariant: a library is looked for where illumos' run-time linker would, in its order, among
// delivered objects of the same class and machine alone. Source: ld.so.1(1); krtld for modules.
import { posix } from "node:path";
import type { ElfInfo } from "../image/format/elf/reader.ts";
import type { Platform, PlatformEntry } from "./platform.ts";
import { expandTokens, foldersOf, isLeftOut } from "./search-path.ts";

/** Where kernel modules are looked for, in the order of krtld. */
const moduleFolders = ["platform/i86pc/kernel", "kernel", "usr/kernel"];

/** Default folders of the run-time linker, by class of the object; below the root. */
export type DefaultFolders = Readonly<Record<32 | 64, readonly string[]>>;

/** What was found of a library. */
export interface FoundLibrary {
  readonly found?: PlatformEntry;
  /** The first one of that name that is for other programs; only where none was found. */
  readonly wrongClass?: PlatformEntry;
  /** Paths at which it was looked for, in order. */
  readonly paths: readonly string[];
}

/**
 * The default folders: those of `asked` for both classes (absolute, as crle -l takes them), else those
 * of illumos. A platform without folders for 64-bit objects has all in the plain ones.
 */
export function defaultFolders(
  platform: Platform,
  asked: readonly string[] | undefined,
): DefaultFolders {
  if (asked !== undefined) {
    const folders = asked.map((folder) => posix.normalize(folder).replace(/^\/+/, ""));
    return { 32: folders, 64: folders };
  }
  const plain = ["lib", "usr/lib"];
  const wide = ["lib/64", "usr/lib/64"];
  const hasWide = wide.some((folder) => platform.find(folder) !== undefined);
  return { 32: plain, 64: hasWide ? wide : plain };
}

/** Looks for the library `name` as the run-time linker would for the object at `entry`. */
export function findLibrary(
  name: string,
  entry: PlatformEntry,
  elf: ElfInfo,
  platform: Platform,
  defaults: DefaultFolders,
): FoundLibrary {
  const paths = candidates(name, entry, elf, defaults);
  let wrongClass: PlatformEntry | undefined;
  for (const path of paths) {
    const found = platform.find(path);
    const its = found === undefined ? undefined : platform.elf(found);
    if (found === undefined || its === undefined) continue;
    if (isForSame(its, elf)) return { found, paths };
    wrongClass ??= found;
  }
  return { ...(wrongClass === undefined ? {} : { wrongClass }), paths };
}

/** True for two objects that can be in one process. */
export function isForSame(one: ElfInfo, other: ElfInfo): boolean {
  return (
    one.class === other.class && one.machine === other.machine && one.byteOrder === other.byteOrder
  );
}

/** Paths at which a name may stand, in order. */
function candidates(
  name: string,
  entry: PlatformEntry,
  elf: ElfInfo,
  defaults: DefaultFolders,
): readonly string[] {
  if (elf.type === "relocatable") {
    const module = posix.parse(name);
    return moduleFolders.flatMap((folder) => [
      posix.join(folder, module.dir, "amd64", module.base),
      posix.join(folder, name),
    ]);
  }
  const expanded = expandTokens(name, entry.path) ?? name;
  if (expanded.includes("/")) return [posix.normalize(expanded).replace(/^\/+/, "")];
  const folders = [
    ...ownFolders(elf, entry),
    ...(elf.ignoresDefaultFolders ? [] : defaults[elf.class]),
  ];
  return folders.map((folder) => posix.join(folder, expanded));
}

/** RUNPATH where there is one, else RPATH; of this object alone, whoever loaded it. */
function ownFolders(elf: ElfInfo, entry: PlatformEntry): readonly string[] {
  return foldersOf(elf.runpath ?? elf.rpath ?? "")
    .filter((folder) => !isLeftOut(folder, entry))
    .map((folder) => expandTokens(folder, entry.path) ?? "")
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => posix.normalize(folder).slice(1));
}
