// Invariant: changes nothing but how much memory the process holds.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options?: { readonly type: "minor" }) => void;

let collector: Collect | undefined;

function collect(): Collect {
  if (collector === undefined) {
    setFlagsFromString("--expose-gc");
    collector = runInNewContext("gc") as Collect;
  }
  return collector;
}

/**
 * Keeps the space for new objects at its first size. It would grow to 128 MiB and stay there, and
 * costs nothing where most bytes are in buffers or short-lived. For a process that does one thing and
 * ends.
 */
export function holdLittleMemory(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * Collects garbage now. Buffers that are done with are small objects to V8, which sees no hurry to
 * collect them while hundreds of megabytes hang on them; a few calls between parts keep a build of
 * any size in the same memory. Takes some hundredths of a second.
 */
export function giveBackMemory(): void {
  collect()();
}

/**
 * Collects what was made and dropped since the last time, in about a thousandth of a second: for
 * loops that make a buffer each time round.
 */
export function giveBackBuffers(): void {
  collect()({ type: "minor" });
}
