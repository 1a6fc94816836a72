// Invariant: reads headers and tables only, never the whole file; any bytes give a result or a failure.
import type { Result } from "../../../result.ts";
import { readable, type ByteSource } from "../bytes-io.ts";
import {
  fileTypes,
  flagNoDefaultFolders,
  flagTextRelocations,
  identBytes,
  layoutFor,
  magic,
  manySegments,
  section,
  segment,
  tag,
  type ByteOrder,
  type ElfClass,
  type Layout,
} from "./layout.ts";
import { readOne, readTable, readText, type Extent } from "./tables.ts";
import { readDefinedVersions, readNeededVersions, type NeededVersions } from "./versions.ts";

/** What an object file says of itself, as far as run-time linking goes. */
export interface ElfInfo {
  readonly class: ElfClass;
  readonly byteOrder: ByteOrder;
  readonly type: (typeof fileTypes)[number] | "other";
  /** e_machine: 3 i386, 62 amd64, 2 and 43 SPARC, 183 AArch64. */
  readonly machine: number;
  /** The run-time linker (PT_INTERP). */
  readonly interpreter?: string;
  readonly soname?: string;
  /** In the order in which they are loaded. */
  readonly needed: readonly string[];
  /** As written: folders between colons, `$ORIGIN` and other tokens in them. */
  readonly rpath?: string;
  readonly runpath?: string;
  /**
   * Libraries that stand in for this one or some of its symbols (DT_FILTER, DT_SUNW_FILTER), or do so
   * where they exist (DT_AUXILIARY, DT_SUNW_AUXILIARY); each may be a list between colons.
   */
  readonly filters: readonly string[];
  readonly auxiliaries: readonly string[];
  readonly versionsNeeded: readonly NeededVersions[];
  readonly versionsDefined: readonly string[];
  /** Libraries are looked for in the folders above only, never in the default ones. */
  readonly ignoresDefaultFolders: boolean;
  /** There is a dynamic section: the run-time linker has something to do. */
  readonly isDynamic: boolean;
  /** Its text must be written to when it is loaded. */
  readonly hasTextRelocations: boolean;
  /** It carries type data for debuggers (.SUNW_ctf). */
  readonly hasCtf: boolean;
}

/** True for bytes that begin as an object file does; four are enough. */
export function isElf(start: Uint8Array): boolean {
  return magic.every((byte, index) => start[index] === byte);
}

/**
 * What an object file says of itself; undefined for bytes that are none. Fails with `bad-input`, and
 * `what` (a path) in front, when a table that it needs is damaged.
 */
export function readElf(source: ByteSource, what: string): Result<ElfInfo | undefined> {
  return readable(what, () => {
    if (source.size < identBytes) return undefined;
    const ident = new Uint8Array(identBytes);
    source.read(ident, 0);
    const elfClass = ident[4] === 1 ? 32 : ident[4] === 2 ? 64 : undefined;
    const byteOrder = ident[5] === 1 ? "little-endian" : ident[5] === 2 ? "big-endian" : undefined;
    if (!isElf(ident) || elfClass === undefined || byteOrder === undefined) return undefined;
    return describe(source, layoutFor(elfClass, byteOrder), { class: elfClass, byteOrder });
  });
}

function describe(
  source: ByteSource,
  layout: Layout,
  form: Pick<ElfInfo, "class" | "byteOrder">,
): ElfInfo {
  const header = readOne(source, layout.header, 0);
  const sections = readSections(source, layout, header);
  const segments = readTable(
    source,
    layout.program,
    header.programOffset,
    header.programCount === manySegments ? (sections.zero?.info ?? 0) : header.programCount,
    header.programEntryBytes,
  );
  const toOffset = (address: number): number | undefined => {
    const holder = segments.find(
      ({ type, address: start, fileBytes }) =>
        type === segment.load && address >= start && address < start + fileBytes,
    );
    return holder === undefined ? undefined : address - holder.address + holder.offset;
  };
  const place = segments.find((each) => isInFile(each, segment.interpreter));
  const interpreter =
    place === undefined
      ? undefined
      : readText(source, { offset: place.offset, bytes: place.fileBytes }, 0);
  const dynamic =
    dynamicOfSegments(source, layout, segments, toOffset) ??
    dynamicOfSections(source, layout, sections.all);
  return {
    ...form,
    type: fileTypes[header.type] ?? "other",
    machine: header.machine,
    ...(interpreter === undefined ? {} : { interpreter }),
    ...linking(source, layout, dynamic),
    hasCtf: sections.names.includes(".SUNW_ctf"),
  };
}

interface Sections {
  readonly zero: SectionHeader | undefined;
  readonly all: readonly SectionHeader[];
  readonly names: readonly string[];
}

type SectionHeader = Record<"name" | "type" | "offset" | "bytes" | "link" | "info", number>;
type SegmentHeader = Record<"type" | "offset" | "address" | "fileBytes", number>;

const noSections: Sections = { zero: undefined, all: [], names: [] };

/** Debugging data kept apart has the segments of its object, and nothing in them. */
function isInFile({ type, fileBytes }: SegmentHeader, wanted: number): boolean {
  return type === wanted && fileBytes > 0;
}

/** Nothing needs the sections at run time: where they are damaged it is as if they were stripped. */
function readSections(
  source: ByteSource,
  layout: Layout,
  header: Record<"sectionOffset" | "sectionCount" | "sectionEntryBytes" | "sectionNames", number>,
): Sections {
  if (header.sectionOffset === 0) return noSections;
  const read = readable("sections", (): Sections => {
    const zero = readOne(source, layout.section, header.sectionOffset);
    const all = readTable(
      source,
      layout.section,
      header.sectionOffset,
      header.sectionCount === 0 ? zero.bytes : header.sectionCount,
      header.sectionEntryBytes,
    );
    const holder = all[header.sectionNames === 0xffff ? zero.link : header.sectionNames];
    const names = holder === undefined ? [] : all.map(({ name }) => readText(source, holder, name));
    return { zero, all, names };
  });
  return read.ok ? read.value : noSections;
}

/** A dynamic section and where the tables that it names are in the file. */
interface Dynamic {
  readonly entries: readonly Record<"tag" | "value", number>[];
  readonly texts: Extent | undefined;
  readonly toOffset: (address: number) => number | undefined;
}

function dynamicOfSegments(
  source: ByteSource,
  layout: Layout,
  segments: readonly SegmentHeader[],
  toOffset: Dynamic["toOffset"],
): Dynamic | undefined {
  const place = segments.find((each) => isInFile(each, segment.dynamic));
  if (place === undefined) return undefined;
  const entries = readEntries(source, layout, { offset: place.offset, bytes: place.fileBytes });
  const offset = toOffset(valueOf(entries, tag.stringTable) ?? 0);
  const bytes = valueOf(entries, tag.stringTableSize) ?? 0;
  return { entries, texts: offset === undefined ? undefined : { offset, bytes }, toOffset };
}

/** Kernel modules are relocatable: no segments, but a dynamic section with what they depend on. */
function dynamicOfSections(
  source: ByteSource,
  layout: Layout,
  sections: readonly SectionHeader[],
): Dynamic | undefined {
  const place = sections.find(({ type }) => type === section.dynamic);
  if (place === undefined) return undefined;
  // Addresses are places in the file here: nothing was laid out in memory.
  return {
    entries: readEntries(source, layout, place),
    texts: sections[place.link],
    toOffset: (address) => address,
  };
}

function readEntries(source: ByteSource, layout: Layout, at: Extent): Dynamic["entries"] {
  const count = Math.floor(at.bytes / layout.dynamic.bytes);
  const all = readTable(source, layout.dynamic, at.offset, count);
  const end = all.findIndex((entry) => entry.tag === tag.null);
  return end < 0 ? all : all.slice(0, end);
}

function valueOf(entries: Dynamic["entries"], wanted: number): number | undefined {
  return entries.find((entry) => entry.tag === wanted)?.value;
}

/** All that the dynamic section says. */
function linking(
  source: ByteSource,
  layout: Layout,
  dynamic: Dynamic | undefined,
): Omit<ElfInfo, "class" | "byteOrder" | "type" | "machine" | "interpreter" | "hasCtf"> {
  const { entries, texts } = dynamic ?? { entries: [], texts: undefined };
  const all = (wanted: number): readonly string[] =>
    texts === undefined
      ? []
      : entries
          .filter((entry) => entry.tag === wanted)
          .map(({ value }) => readText(source, texts, value));
  const one = (wanted: number): string | undefined => all(wanted)[0];
  const optional = <K extends string>(name: K, wanted: number): Partial<Record<K, string>> => {
    const text = one(wanted);
    return text === undefined ? {} : ({ [name]: text } as Record<K, string>);
  };
  const chain = (
    place: number,
    count: number,
  ): { readonly offset: number; readonly count: number; readonly texts: Extent } | undefined => {
    const address = valueOf(entries, place);
    const offset = address === undefined ? undefined : dynamic?.toOffset(address);
    return offset === undefined || texts === undefined
      ? undefined
      : { offset, count: valueOf(entries, count) ?? 0, texts };
  };
  const needs = chain(tag.versionsNeeded, tag.versionsNeededCount);
  const defines = chain(tag.versionsDefined, tag.versionsDefinedCount);
  return {
    ...optional("soname", tag.soname),
    ...optional("rpath", tag.rpath),
    ...optional("runpath", tag.runpath),
    needed: all(tag.needed),
    filters: [...all(tag.filter), ...all(tag.symbolFilter)],
    auxiliaries: [...all(tag.auxiliary), ...all(tag.symbolAuxiliary)],
    versionsNeeded:
      needs === undefined
        ? []
        : readNeededVersions(source, layout, needs.offset, needs.count, needs.texts),
    versionsDefined:
      defines === undefined
        ? []
        : readDefinedVersions(source, layout, defines.offset, defines.count, defines.texts),
    ignoresDefaultFolders: ((valueOf(entries, tag.moreFlags) ?? 0) & flagNoDefaultFolders) !== 0,
    isDynamic: dynamic !== undefined,
    hasTextRelocations:
      valueOf(entries, tag.textRelocations) !== undefined ||
      ((valueOf(entries, tag.flags) ?? 0) & flagTextRelocations) !== 0,
  };
}
