// Invariant: an object made here has one segment, an interpreter and a dynamic section, and no
// sections: all that a run-time linker needs, in either class and byte order.

/** What a tiny object says of itself. */
export interface TinyElf {
  readonly class: 32 | 64;
  readonly bigEndian?: boolean;
  /** Program segments may stand behind any table; executables have an interpreter. */
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: string;
  readonly runpath?: string;
  /** A filter's libraries, between colons. */
  readonly filter?: string;
  readonly auxiliary?: string;
  /** Linked with -z nodefaultlib. */
  readonly noDefaultFolders?: boolean;
}

const tags = {
  ...{ needed: 1, strtab: 5, strsz: 10, soname: 14, rpath: 15, runpath: 29 },
  ...{ filter: 0x7fffffff, auxiliary: 0x7ffffffd, moreFlags: 0x6ffffffb },
} as const;
const loadAddress = 0x10000;

/** The bytes of an object file for a 32-bit i386 or 64-bit amd64 (SPARC when big-endian). */
export function tinyElf(about: TinyElf): Buffer {
  const { bigEndian = false, interpreter = "/lib/ld.so.1" } = about;
  const wide = about.class === 64;
  const [headerBytes, segmentBytes, wordBytes] = wide ? [64, 56, 8] : [52, 32, 4];
  const segments = 3;
  const texts = ["", interpreter];
  const textAt = (text: string): number => {
    const at = texts.reduce((sum, each) => sum + Buffer.byteLength(each) + 1, 0);
    texts.push(text);
    return at;
  };
  const entries: [tag: number, value: number][] = [
    ...(about.needed ?? []).map((name): [number, number] => [tags.needed, textAt(name)]),
    ...(["soname", "rpath", "runpath", "filter", "auxiliary"] as const).flatMap(
      (name): [number, number][] => {
        const text = about[name];
        return text === undefined ? [] : [[tags[name], textAt(text)]];
      },
    ),
    ...(about.noDefaultFolders === true ? [[tags.moreFlags, 0x800] as [number, number]] : []),
  ];
  const textTable = Buffer.from(`${texts.join("\0")}\0`);
  const textOffset = headerBytes + segments * segmentBytes;
  const dynamicOffset = Math.ceil((textOffset + textTable.length) / 8) * 8;
  const all: readonly [number, number][] = [
    ...entries,
    [tags.strtab, loadAddress + textOffset],
    [tags.strsz, textTable.length],
    [0, 0],
  ];
  const size = dynamicOffset + all.length * 2 * wordBytes;
  const bytes = Buffer.alloc(size);
  const put = (at: number, width: number, value: number): void => {
    for (let index = 0; index < width; index++) {
      const byte = Math.floor(value / 256 ** index) % 256;
      bytes[bigEndian ? at + width - 1 - index : at + index] = byte;
    }
  };
  const word = (at: number, value: number): void => {
    put(at, wordBytes, value);
  };
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, bigEndian ? 2 : 1, 1]);
  put(16, 2, 3);
  put(18, 2, bigEndian ? (wide ? 43 : 2) : wide ? 62 : 3);
  put(20, 4, 1);
  word(wide ? 32 : 28, headerBytes);
  const counts = wide ? 52 : 40;
  put(counts, 2, headerBytes);
  put(counts + 2, 2, segmentBytes);
  put(counts + 4, 2, segments);
  const dynamicBytes = all.length * 2 * wordBytes;
  const places: readonly [type: number, offset: number, length: number][] = [
    [3, textOffset + 1, Buffer.byteLength(interpreter) + 1],
    [1, 0, size],
    [2, dynamicOffset, dynamicBytes],
  ];
  for (const [index, [type, offset, length]] of places.entries()) {
    const at = headerBytes + index * segmentBytes;
    put(at, 4, type);
    const fields = [offset, loadAddress + offset, loadAddress + offset, length, length];
    for (const [field, value] of fields.entries()) {
      word(at + (wide ? 8 : 4) + field * wordBytes, value);
    }
    if (wide) put(at + 4, 4, 4);
    else put(at + 24, 4, 4);
  }
  textTable.copy(bytes, textOffset);
  for (const [index, [tag, value]] of all.entries()) {
    word(dynamicOffset + index * 2 * wordBytes, tag);
    word(dynamicOffset + index * 2 * wordBytes + wordBytes, value);
  }
  return bytes;
}
