// Invariant: the structures of an object file stand here once for each class and byte order, and
// nowhere else. Source: System V ABI chapters 4 and 5; illumos usr/src/uts/common/sys/{elf,link}.h.
import { Structure } from "../bytes-struct.ts";

export type ElfClass = 32 | 64;
export type ByteOrder = "little-endian" | "big-endian";

/** The bytes before everything that depends on class and byte order. */
export const identBytes = 16;
export const magic = [0x7f, 0x45, 0x4c, 0x46] as const;

/** Kinds of object file (e_type). */
export const fileTypes = ["none", "relocatable", "executable", "shared", "core"] as const;

export const segment = { load: 1, dynamic: 2, interpreter: 3 } as const;
export const section = { noBits: 8, dynamic: 6 } as const;

/** Tags of the dynamic section. */
export const tag = {
  null: 0,
  needed: 1,
  stringTable: 5,
  stringTableSize: 10,
  soname: 14,
  rpath: 15,
  textRelocations: 22,
  runpath: 29,
  flags: 30,
  symbolAuxiliary: 0x6000000d,
  symbolFilter: 0x6000000f,
  moreFlags: 0x6ffffffb,
  versionsNeeded: 0x6ffffffe,
  versionsNeededCount: 0x6fffffff,
  versionsDefined: 0x6ffffffc,
  versionsDefinedCount: 0x6ffffffd,
  auxiliary: 0x7ffffffd,
  filter: 0x7fffffff,
} as const;

/** Of tag.flags: there are relocations in text. */
export const flagTextRelocations = 4;

/** Of tag.moreFlags: libraries are looked for in the object's own folders only (ld -z nodefaultlib). */
export const flagNoDefaultFolders = 0x800;

/** A count that does not fit its field stands in section 0 instead. */
export const manySegments = 0xffff;

const header32 = {
  type: [16, "u16"],
  machine: [18, "u16"],
  programOffset: [28, "u32"],
  sectionOffset: [32, "u32"],
  programEntryBytes: [42, "u16"],
  programCount: [44, "u16"],
  sectionEntryBytes: [46, "u16"],
  sectionCount: [48, "u16"],
  sectionNames: [50, "u16"],
} as const;

const header64 = {
  type: [16, "u16"],
  machine: [18, "u16"],
  programOffset: [32, "u64"],
  sectionOffset: [40, "u64"],
  programEntryBytes: [54, "u16"],
  programCount: [56, "u16"],
  sectionEntryBytes: [58, "u16"],
  sectionCount: [60, "u16"],
  sectionNames: [62, "u16"],
} as const;

const program32 = {
  type: [0, "u32"],
  offset: [4, "u32"],
  address: [8, "u32"],
  fileBytes: [16, "u32"],
} as const;

const program64 = {
  type: [0, "u32"],
  offset: [8, "u64"],
  address: [16, "u64"],
  fileBytes: [32, "u64"],
} as const;

const section32 = {
  name: [0, "u32"],
  type: [4, "u32"],
  offset: [16, "u32"],
  bytes: [20, "u32"],
  link: [24, "u32"],
  info: [28, "u32"],
} as const;

const section64 = {
  name: [0, "u32"],
  type: [4, "u32"],
  offset: [24, "u64"],
  bytes: [32, "u64"],
  link: [40, "u32"],
  info: [44, "u32"],
} as const;

/** The same in both classes. */
const needed = {
  count: [2, "u16"],
  file: [4, "u32"],
  names: [8, "u32"],
  next: [12, "u32"],
} as const;
const neededName = { flags: [4, "u16"], name: [8, "u32"], next: [12, "u32"] } as const;
const defined = { flags: [2, "u16"], names: [12, "u32"], next: [16, "u32"] } as const;
const definedName = { name: [0, "u32"] } as const;

/** Of a definition's flags: it is the file itself, not a version. */
export const baseVersion = 1;

/** Of the flags of a version needed: weak, or there for information; nobody has to have it. */
export const optionalVersion = 2 | 4;

/** The structures of one class in one byte order. */
export interface Layout {
  readonly header: Structure<typeof header32 | typeof header64>;
  readonly program: Structure<typeof program32 | typeof program64>;
  readonly section: Structure<typeof section32 | typeof section64>;
  readonly dynamic: Structure<{
    readonly tag: readonly [0, "u32" | "u64"];
    readonly value: readonly [4 | 8, "u32" | "u64"];
  }>;
  readonly needed: Structure<typeof needed>;
  readonly neededName: Structure<typeof neededName>;
  readonly defined: Structure<typeof defined>;
  readonly definedName: Structure<typeof definedName>;
}

/** The structures to read an object file with. */
export function layoutFor(elfClass: ElfClass, order: ByteOrder): Layout {
  const versions = {
    needed: new Structure(16, order, needed),
    neededName: new Structure(16, order, neededName),
    defined: new Structure(20, order, defined),
    definedName: new Structure(8, order, definedName),
  };
  return elfClass === 32
    ? {
        header: new Structure(52, order, header32),
        program: new Structure(32, order, program32),
        section: new Structure(40, order, section32),
        dynamic: new Structure(8, order, { tag: [0, "u32"], value: [4, "u32"] }),
        ...versions,
      }
    : {
        header: new Structure(64, order, header64),
        program: new Structure(56, order, program64),
        section: new Structure(64, order, section64),
        dynamic: new Structure(16, order, { tag: [0, "u64"], value: [8, "u64"] }),
        ...versions,
      };
}
