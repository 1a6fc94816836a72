// Invariant: the same size always gives the same bytes: a first and a last line of their own, and one
// line with a rare word after a fiftieth; between them one block of build output again and again.
import { Buffer } from "node:buffer";
import { closeSync, openSync, writeSync } from "node:fs";

/** A log that was written. */
export interface HugeLog {
  readonly bytes: number;
  readonly lines: number;
}

export const firstLine = "the very first line";
export const lastLine = "the very last line";
export const rareWord = "zyzzyva";

/** One gigabyte, ten million lines. */
export const gigabyte = 1_000_000_000;

const blockLines = 20_000;

/** Writes a log of at least `bytes` bytes. */
export function writeHugeLog(path: string, bytes: number): HugeLog {
  const lines = Array.from({ length: blockLines }, (_, i) =>
    i % 500 === 499
      ? `../common/file${String(i)}.c:${String(i)}:9: warning: unused variable 'x'`
      : `gcc -O2 -m64 -Wall -D_REENTRANT -I../inc -c -o objs/file${String(i)}.o ../common/file${String(i)}.c`,
  );
  const block = Buffer.from(`${lines.join("\n")}\n`);
  const blocks = Math.ceil(bytes / block.length);
  const file = openSync(path, "w");
  let written = 0;
  const write = (text: string | Buffer): void => {
    const data = typeof text === "string" ? Buffer.from(text) : text;
    for (let at = 0; at < data.length;) at += writeSync(file, data, at);
    written += data.length;
  };
  write(`${firstLine}\n`);
  for (let i = 0; i < blocks; i++) {
    if (i === Math.floor(blocks / 50)) write(`the ${rareWord} stands here\n`);
    write(block);
  }
  write(`${lastLine}\n`);
  closeSync(file);
  return { bytes: written, lines: blocks * blockLines + 3 };
}
