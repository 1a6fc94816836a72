// Invariant: a search gives the event loop back every few milliseconds, so that keys and clock go
// on, and a newer search ends an older one.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { LineClass } from "../model.ts";
import type { LogReader } from "./log-reader.ts";

const linesAtOnce = 200;
const columns = 400;

/** Finds lines of a log that fail, or warn. */
export class FailureSearch {
  #latest = 0;

  /**
   * The next line of a kind after line `from` (or before it), going round at the end.
   *
   * @returns its number; undefined when the log has none, or a newer search was begun
   */
  async find(
    log: LogReader,
    from: number,
    step: 1 | -1,
    kind: LineClass,
  ): Promise<number | undefined> {
    const mine = ++this.#latest;
    const total = log.lines;
    for (let passed = 0; passed < total; passed += linesAtOnce) {
      const found = searchPart(log, from, step, passed, total, kind);
      if (found !== undefined) return found;
      await nextTurn();
      if (mine !== this.#latest) return undefined;
    }
    return undefined;
  }

  cancel(): void {
    this.#latest++;
  }
}

/** Looks at the lines that are `passed + 1` and more steps away from `from`, on a ring of lines. */
function searchPart(
  log: LogReader,
  from: number,
  step: 1 | -1,
  passed: number,
  total: number,
  wanted: LineClass,
): number | undefined {
  const count = Math.min(linesAtOnce, total - passed);
  const ring = (distance: number): number =>
    ((((from - 1 + step * distance) % total) + total) % total) + 1;
  for (let at = 1; at <= count;) {
    // The longest stretch that does not go over the end of the ring.
    const start = ring(passed + at);
    const room = step === 1 ? total - start + 1 : start;
    const length = Math.min(room, count - at + 1);
    const lines = log.window(step === 1 ? start : start - length + 1, length, columns);
    const failing = lines.filter(({ kind }) => kind === wanted);
    const found = step === 1 ? failing[0] : failing.at(-1);
    if (found?.number !== undefined) return found.number;
    at += length;
  }
  return undefined;
}
