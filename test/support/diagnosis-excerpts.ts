// Invariant: reads the excerpts of test/fixtures/diagnosis as its README says, and judges nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../fixtures/diagnosis");

/** Part of a log with the lines that prove its cause marked. */
export interface Excerpt {
  readonly file: string;
  readonly title: string;
  /** Of the problem that is to be shown first; `none` where nothing may be. */
  readonly kind: string;
  /** `>`: proves the cause; `!`: only follows from it. */
  readonly lines: readonly { readonly mark: string; readonly text: string }[];
}

export const excerptFiles: readonly string[] = readdirSync(folder).filter((name) =>
  name.endsWith(".txt"),
);

/** The excerpts of one file. */
export function excerptsOf(file: string): readonly Excerpt[] {
  return readFileSync(join(folder, file), "utf8")
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [head = "", ...rest] = part.replace(/\n$/, "").split("\n");
      const at = head.lastIndexOf(": ");
      const lines = rest.map((line) => ({
        mark: line.slice(0, 1),
        text: line.slice(2).replaceAll("\\r", "\r").replaceAll("\\e", "\u001b"),
      }));
      return { file, title: head.slice(0, at), kind: head.slice(at + 2), lines };
    });
}
