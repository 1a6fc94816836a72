// Invariant: pure reading; tells which line stands so many lines from another in what a log shows,
// filtered or not, indexed or not, and never a place outside of it.
import type { LogView } from "../../engine/logs/log-view.ts";
import type { LogLine } from "../../engine/logs/window.ts";

/** Lines are only counted: hardly anything of them is read. */
const countOnly = { maxColumns: 1 } as const;

/** The top of a window: the offset of its first line, or the end of the log. */
export type Top = number | "end";

/** A shown line; a filter says of some that they are context. */
export type ShownLine = LogLine & { readonly isContext?: boolean };

/** How lines are cleaned. */
export interface Cleaning {
  readonly maxColumns: number;
  readonly ascii?: boolean;
}

/** The lines of a window of `height`; moved up where it would go beyond the end. */
export function linesAt(
  log: LogView,
  top: Top,
  height: number,
  cleaning: Cleaning,
): readonly ShownLine[] {
  const filter = log.currentFilter;
  if (filter !== undefined) {
    const last = Math.max(1, filter.shown - height + 1);
    const near = top === "end" ? undefined : filter.nearest(log.lineAt(top) ?? 1);
    return filter.window(Math.min(last, near?.position ?? last), height, cleaning);
  }
  if (top === "end") return log.tail(height, cleaning);
  const line = log.complete === 1 ? log.lineAt(top) : undefined;
  if (line !== undefined) {
    const first = Math.min(line, Math.max(1, log.lines - height + 1));
    return log.window(first, height, cleaning);
  }
  const lines = log.from(top, height, cleaning);
  return lines.length < height ? log.tail(height, cleaning) : lines;
}

/** Offset of the line that is `by` shown lines away; the first or last one where there are fewer. */
export function offsetAway(log: LogView, offset: number, by: number): number {
  const filter = log.currentFilter;
  if (filter !== undefined) {
    const position = filter.nearest(log.lineAt(offset) ?? 1)?.position ?? 1;
    const line = filter.lineAt(Math.max(1, Math.min(filter.shown, position + by)));
    return (line === undefined ? undefined : log.offsetOf(line)) ?? offset;
  }
  const line = log.complete === 1 ? log.lineAt(offset) : undefined;
  if (line !== undefined) {
    const away = Math.max(1, Math.min(log.lines, line + by));
    return log.offsetOf(away) ?? offset;
  }
  if (by < 0) return log.before(offset, -by, countOnly)[0]?.offset ?? offset;
  return log.from(offset, by + 1, countOnly).at(-1)?.offset ?? offset;
}

/** True when nothing that is shown comes after these lines. */
export function isEnd(log: LogView, lines: readonly ShownLine[]): boolean {
  const last = lines.at(-1);
  if (last === undefined) return true;
  const filter = log.currentFilter;
  if (filter === undefined || last.number === undefined) {
    return last.offset + last.bytes >= log.bytes - 1;
  }
  return (filter.positionOf(last.number) ?? filter.shown) >= filter.shown;
}
