// Invariant: pure reading; a bar has as many rows as the window, and each problem and each hit that
// is known stands in one of them.
import type { LogView } from "../../engine/logs/log-view.ts";
import type { ScrollBar } from "../model.ts";
import { isEnd, type ShownLine } from "./log-place.ts";
import type { ProblemLines } from "./problem-lines.ts";

/** The bar beside a window of `height` lines. While there is no index, bytes stand for lines. */
export function scrollBar(
  log: LogView,
  lines: readonly ShownLine[],
  problems: ProblemLines,
  height: number,
): ScrollBar {
  const bytes = Math.max(1, log.bytes);
  const isAll = log.currentFilter === undefined && lines[0]?.offset === 0 && isEnd(log, lines);
  // Of a log that is on screen in whole the marks stand beside their lines.
  const rowOf = (offset: number): number =>
    isAll
      ? Math.max(
          0,
          lines.findLastIndex((line) => line.offset <= offset),
        )
      : Math.max(0, Math.min(height - 1, Math.floor((offset * height) / bytes)));
  const marks: ("problem" | "hit" | undefined)[] = Array.from({ length: height }, () => undefined);
  const search = log.currentSearch;
  for (let row = 0; search !== undefined && row < height; row++) {
    const line = isAll ? lines[row]?.number : log.lineAt(Math.floor((row * bytes) / height));
    const hit = line === undefined ? undefined : search.hitFrom(line);
    const offset = hit === undefined ? undefined : log.offsetOf(hit);
    if (offset !== undefined && rowOf(offset) === row) marks[row] = "hit";
  }
  for (const start of problems.starts) marks[rowOf(start)] = "problem";
  const first = lines[0]?.offset ?? 0;
  const last = lines.at(-1);
  return {
    from: rowOf(first),
    to: rowOf(last === undefined ? 0 : last.offset + last.bytes),
    marks,
  };
}
