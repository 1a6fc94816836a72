// Invariant: a frame goes to the terminal in one write, and Ink draws for the number of rows that
// the components were last given, so no frame is ever drawn for a size it was not made for.
import { EventEmitter } from "node:events";
import type { WriteStream } from "node:tty";
import type { HeldText } from "./held-text.ts";
import { clearScreen, leaveScreen } from "./sequences.ts";

/** The terminal as Ink writes to it. */
export interface ScreenStream {
  readonly stream: WriteStream;
  /** Gives Ink a new number of rows. */
  resize(rows: number): void;
}

/** Begin and end of a frame (DEC 2026, synchronized output). */
const frameStart = "\x1b[?2026h";
const frameEnd = "\x1b[?2026l";

/** Each line is one cell to Ink (see HeldText); it needs to know of no more. */
const columns = 2;

/** A stream that exchanges held texts and has a size of its own; all else is the terminal's. */
export function screenStream(terminal: WriteStream, held: HeldText, rows: number): ScreenStream {
  const resizes = new EventEmitter();
  let frame: string | undefined;
  let height = rows;
  const write = (data: string | Uint8Array, ...rest: readonly (() => void)[]): boolean => {
    if (data === frameStart) {
      frame = frameStart;
      return true;
    }
    if (typeof data !== "string") return terminal.write(data, ...rest);
    // tmux keeps of a screen that grew what the normal one had no rows for.
    if (data === leaveScreen) return terminal.write(clearScreen + data, ...rest);
    if (frame === undefined) return terminal.write(held.expand(data), ...rest);
    frame += held.expand(data);
    if (data !== frameEnd) return true;
    const whole = frame;
    frame = undefined;
    return terminal.write(whole, ...rest);
  };
  const stream = new Proxy(terminal, {
    get(target, name): unknown {
      if (name === "write") return write;
      if (name === "columns") return columns;
      if (name === "rows") return height;
      if (name === "on" || name === "off") {
        return (event: string, listener: (...values: unknown[]) => void) => {
          if (event === "resize") resizes[name](event, listener);
          else target[name](event, listener);
          return stream;
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return {
    stream,
    resize(next) {
      height = next;
      resizes.emit("resize");
    },
  };
}
