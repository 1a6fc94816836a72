// Invariant: Ink sees the size that the components were last given, so no frame is ever drawn for
// another size than the one it was made for.
import { EventEmitter } from "node:events";
import type { WriteStream } from "node:tty";
import type { Size } from "../model.ts";
import type { HeldText } from "./held-text.ts";

/** The terminal as Ink writes to it. */
export interface ScreenStream {
  readonly stream: WriteStream;
  /** Gives Ink a new size. */
  resize(size: Size): void;
}

/** A stream that exchanges held texts and has a size of its own; all else is the terminal's. */
export function screenStream(terminal: WriteStream, held: HeldText, first: Size): ScreenStream {
  const resizes = new EventEmitter();
  let size = first;
  const write: WriteStream["write"] = (
    data: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ) => {
    const output = typeof data === "string" ? held.expand(data) : data;
    return typeof encoding === "function"
      ? terminal.write(output, encoding)
      : terminal.write(output, encoding, done);
  };
  const stream = new Proxy(terminal, {
    get(target, name): unknown {
      if (name === "write") return write;
      if (name === "columns") return size.columns;
      if (name === "rows") return size.rows;
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
      size = next;
      resizes.emit("resize");
    },
  };
}
