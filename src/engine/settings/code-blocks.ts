// Invariant: a line of a fragment is in a block exactly when bash runs something there other than a
// plain assignment.
import type { Fragment } from "./fragment.ts";
import { shownText } from "./word-value.ts";

/** Neighbouring lines of code of a fragment. */
export interface CodeBlock {
  /** 1-based, both within the block. */
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** The lines of free code in a fragment; comments and blank lines between two of them belong to it. */
export function codeBlocks({ text, tokens, statements }: Fragment): CodeBlock[] {
  const plain = statements.flatMap((statement) =>
    statement.kind === "assignment" && statement.certainty === "always" ? [statement.command] : [],
  );
  const lines = text.split("\n");
  const runs = new Set<number>();
  for (const token of tokens) {
    if (token.kind === "comment" || token.kind === "blank" || token.kind === "newline") continue;
    if (token.kind === "operator" && token.text === ";") continue;
    const isPlain = plain.some(
      ({ start, end }) => token.start >= start && token.start + token.text.length <= end,
    );
    if (isPlain) continue;
    const height = token.text.replace(/\n$/, "").split("\n").length;
    for (let line = token.line; line < token.line + height; line += 1) runs.add(line);
  }
  const blocks: { first: number; last: number }[] = [];
  for (const line of [...runs].sort((a, b) => a - b)) {
    const block = blocks.at(-1);
    const between = block === undefined ? [] : lines.slice(block.last, line - 1);
    const goesOn = block !== undefined && between.every((each) => /^\s*(#|$)/.test(each));
    if (goesOn) block.last = line;
    else blocks.push({ first: line, last: line });
  }
  return blocks.map(({ first, last }) => ({
    first,
    last,
    text: shownText(lines.slice(first - 1, last).join("\n")),
  }));
}
