// Invariant: what the mouse sends never reaches the keys; everything else passes unchanged.
import type { ReadStream } from "node:tty";

/** What somebody did with the mouse; column and row of the screen, from 0. */
export interface MouseEvent {
  readonly kind: "wheel-up" | "wheel-down" | "click";
  readonly column: number;
  readonly row: number;
}

// Reports as SGR (mode 1006): ESC [ < button ; column ; row, then M for pressed and m for released.
const report = new RegExp("\u001b\\[<(\\d+);(\\d+);(\\d+)([Mm])", "g");

/** Splits input into what the mouse did and all the rest. */
export function takeMouse(input: string): {
  readonly rest: string;
  readonly events: readonly MouseEvent[];
} {
  const events: MouseEvent[] = [];
  const rest = input.replace(report, (_all, button: string, column: string, row: string, end) => {
    const kind = kindOf(Number(button), end === "M");
    if (kind !== undefined) {
      events.push({ kind, column: Number(column) - 1, row: Number(row) - 1 });
    }
    return "";
  });
  return { rest, events };
}

function kindOf(button: number, isPressed: boolean): MouseEvent["kind"] | undefined {
  if (!isPressed) return undefined;
  // Shift, Meta and Ctrl are 4, 8 and 16, a move is 32.
  if (button === 64) return "wheel-up";
  if (button === 65) return "wheel-down";
  return button === 0 ? "click" : undefined;
}

/** A terminal's input without the mouse's; what the mouse did goes to `onMouse`. */
export function withoutMouse(stdin: ReadStream, onMouse: (event: MouseEvent) => void): ReadStream {
  const read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = stdin.read(size);
      if (typeof chunk !== "string") return chunk;
      const { rest, events } = takeMouse(chunk);
      for (const event of events) onMouse(event);
      // An empty text would mean an event without a key.
      if (rest !== "") return rest;
    }
  };
  return new Proxy(stdin, {
    get(target, name): unknown {
      if (name === "read") return read;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
