// Invariant: a chain of version records is followed forward only, so that a damaged one ends.
import { type ByteSource, UnreadableError } from "../bytes-io.ts";
import { baseVersion, optionalVersion, type Layout } from "./layout.ts";
import { readOne, readText, type Extent } from "./tables.ts";

/** A version of a library's interface. */
export interface NeededVersion {
  readonly name: string;
  /** The run-time linker takes a library that lacks it. */
  readonly isOptional: boolean;
}

/** Versions of its interface that an object needs of a library. */
export interface NeededVersions {
  readonly file: string;
  readonly versions: readonly NeededVersion[];
}

const mostRecords = 1 << 16;

/** The versions needed: a chain of libraries, each with a chain of names. */
export function readNeededVersions(
  source: ByteSource,
  layout: Layout,
  offset: number,
  count: number,
  texts: Extent,
): readonly NeededVersions[] {
  return follow(offset, count, (at) => {
    const { file, names, next, count: nameCount } = readOne(source, layout.needed, at);
    const versions = follow(at + names, nameCount, (nameAt) => {
      const { name, flags, next } = readOne(source, layout.neededName, nameAt);
      const isOptional = (flags & optionalVersion) !== 0;
      return { value: { name: readText(source, texts, name), isOptional }, next };
    });
    return { value: { file: readText(source, texts, file), versions }, next };
  });
}

/** The versions defined, without the one that stands for the file itself. */
export function readDefinedVersions(
  source: ByteSource,
  layout: Layout,
  offset: number,
  count: number,
  texts: Extent,
): readonly string[] {
  return follow(offset, count, (at) => {
    const { flags, names, next } = readOne(source, layout.defined, at);
    const isBase = (flags & baseVersion) !== 0;
    const { name } = readOne(source, layout.definedName, at + names);
    return { value: isBase ? undefined : readText(source, texts, name), next };
  }).filter((name) => name !== undefined);
}

function follow<T>(
  first: number,
  count: number,
  read: (at: number) => { readonly value: T; readonly next: number },
): readonly T[] {
  if (count > mostRecords) throw new UnreadableError(`${count} version records`);
  const values: T[] = [];
  for (let at = first; values.length < count;) {
    const { value, next } = read(at);
    values.push(value);
    if (next === 0) break;
    at += next;
  }
  return values;
}
