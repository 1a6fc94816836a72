// Invariant: of an object its headers and tables are read, of a script its first line.
import { closeSync, lstatSync, openSync } from "node:fs";
import { fileSource } from "../../image/format/bytes-io.ts";
import { isElf, readElf } from "../../image/format/elf/reader.ts";

/** What a program or library asks for when it is started. */
export interface FileFacts {
  readonly needed: readonly string[];
  /** Of a script: the program after `#!`, absolute, or the name that it asks env for. */
  readonly interpreter?: string;
}

const nothing: FileFacts = { needed: [] };
const startBytes = 256;

/** Reads them from a file; one that cannot be read asks for nothing. */
export function facts(path: string): FileFacts {
  let file: number;
  try {
    // A link of the proto area may lead to a file of the build host; what it leads to is read itself.
    if (!lstatSync(path).isFile()) return nothing;
    file = openSync(path, "r");
  } catch {
    return nothing;
  }
  try {
    const source = fileSource(file);
    const start = Buffer.alloc(Math.min(startBytes, source.size));
    source.read(start, 0);
    if (isElf(start)) {
      const read = readElf(source, path);
      return read.ok ? { needed: read.value?.needed ?? [] } : nothing;
    }
    const [, program, argument] = /^#!\s*(\/\S+)(?:[ \t]+(\S+))?/.exec(start.toString()) ?? [];
    if (program === undefined) return nothing;
    const asked = program.endsWith("/env") ? argument : program;
    return asked === undefined ? nothing : { needed: [], interpreter: asked };
  } catch {
    return nothing;
  } finally {
    closeSync(file);
  }
}
