// Invariant: the lines marked " " and "-" are the old file, those marked " " and "+" the new one;
// what lies between hunks is the same in both.

/** One line of a diff. */
export interface DiffLine {
  readonly sign: " " | "-" | "+";
  /** Without its line end. */
  readonly text: string;
  /** 1-based, in the new file; for a line taken away, in the old one. */
  readonly line: number;
}

/** Lines that changed, with what stands around them. */
export type Hunk = readonly DiffLine[];

const around = 3;
/** Beyond this the middle is shown as taken away and put in anew; edits here are of a few lines. */
const mostCells = 4_000_000;

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  // A missing newline at the end is a difference, too.
  return last === "" ? lines : [...lines, `${last} (no newline at the end)`];
}

/** For each old and new line whether both stand in a longest common sequence. */
function common(old: readonly string[], fresh: readonly string[]): [Set<number>, Set<number>] {
  const kept: [Set<number>, Set<number>] = [new Set(), new Set()];
  const width = fresh.length + 1;
  if ((old.length + 1) * width > mostCells) return kept;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < old.length && j < fresh.length;) {
    if (old[i] === fresh[j]) {
      kept[0].add(i++);
      kept[1].add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

/** All lines of both texts in order, each with its sign. */
function allLines(before: string, after: string): DiffLine[] {
  const old = linesOf(before);
  const fresh = linesOf(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const [keptOld, keptNew] = common(
    old.slice(head, old.length - tail),
    fresh.slice(head, fresh.length - tail),
  );
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  const isSame = (kept: Set<number>, index: number, length: number): boolean =>
    index < head || index >= length - tail || kept.has(index - head);
  while (i < old.length || j < fresh.length) {
    if (i < old.length && !isSame(keptOld, i, old.length)) {
      lines.push({ sign: "-", text: old[i] ?? "", line: i + 1 });
      i += 1;
    } else if (j < fresh.length && !isSame(keptNew, j, fresh.length)) {
      lines.push({ sign: "+", text: fresh[j] ?? "", line: j + 1 });
      j += 1;
    } else {
      lines.push({ sign: " ", text: fresh[j] ?? "", line: j + 1 });
      i += 1;
      j += 1;
    }
  }
  return lines;
}

/** What differs between two texts, with three lines around each place. */
export function lineDiff(before: string, after: string): Hunk[] {
  const lines = allLines(before, after);
  const hunks: DiffLine[][] = [];
  let lastShown = -2;
  for (const [index, line] of lines.entries()) {
    const near = lines.slice(Math.max(0, index - around), index + around + 1);
    if (near.every(({ sign }) => sign === " ")) continue;
    if (index !== lastShown + 1) hunks.push([]);
    hunks.at(-1)?.push(line);
    lastShown = index;
  }
  return hunks;
}
