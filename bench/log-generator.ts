// Invariant: the same size gives the same bytes, on every machine and in every run.
import { closeSync, openSync, writeSync } from "node:fs";

/** The word that stands once in a generated log, in its middle. */
export const rareWord = "smartbuild-rare-word";

const chunkLines = 20_000;

/** What a generated log holds. */
export interface GeneratedLog {
  readonly lines: number;
  readonly bytes: number;
  /** 1-based line of `rareWord`. */
  readonly rareLine: number;
}

/**
 * Writes a log like that of a platform build: compile commands, make's folders, installs, image
 * entries, some warnings and few errors; about 107 bytes a line.
 *
 * @param lines lines to write; 10,000,000 make about 1 GB
 */
export function generateLog(path: string, lines: number): GeneratedLog {
  const descriptor = openSync(path, "w");
  const rareLine = Math.ceil(lines / 2);
  let bytes = 0;
  // A block of lines is made once and written again with other numbers: writing is what takes time.
  for (let first = 1; first <= lines; first += chunkLines) {
    const last = Math.min(lines, first + chunkLines - 1);
    const parts: string[] = [];
    for (let line = first; line <= last; line++) {
      parts.push(
        line === rareLine ? `${rareWord} stands in line ${String(line)}` : buildLine(line),
      );
    }
    bytes += writeSync(descriptor, `${parts.join("\n")}\n`, null, "latin1");
  }
  closeSync(descriptor);
  return { lines, bytes, rareLine };
}

/** The text of a line, worked out from its number alone. */
function buildLine(line: number): string {
  const n = String(line);
  const folder = `usr/src/lib/lib${(line % 97).toString(36)}/common`;
  const kind = Math.imul(line, 2654435761) >>> 22;
  if (kind < 560) {
    return `/opt/local/bin/gcc -O2 -m64 -Wall -Werror -D_REENTRANT -I../inc -c -o objs/file${n}.o ../common/file${n}.c`;
  }
  if (kind < 640) return `gmake[3]: Entering directory '/ws/projects/illumos/${folder}'`;
  if (kind < 720) return `gmake[3]: Leaving directory '/ws/projects/illumos/${folder}'`;
  if (kind < 850) return `install -m 0555 -s lib${n}.so.1 /ws/proto/usr/lib/amd64/lib${n}.so.1`;
  if (kind < 980) {
    return `FILE: [usr/lib/amd64/lib${n}.so.1][0555][root/0][bin/2]: OK (/ws/proto) and some more words`;
  }
  if (kind < 1019) {
    return `../common/file${n}.c:${String(line % 4000)}:9: warning: unused variable 'x' [-Wunused-variable]`;
  }
  if (kind < 1022) return `\u001b[32m[ 57%]\u001b[0m Building C object ${folder}/file${n}.c.o`;
  if (line % 5000 < 8)
    return `../common/file${n}.c:${String(line % 4000)}:9: error: 'y' undeclared`;
  return "";
}

if (process.argv[1] === import.meta.filename) {
  const [path, lines = "10000000"] = process.argv.slice(2);
  if (path === undefined) {
    console.error("usage: log-generator.ts FILE [LINES]");
    process.exitCode = 64;
  } else console.log(JSON.stringify(generateLog(path, Number(lines))));
}
