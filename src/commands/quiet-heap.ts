// Invariant: what it changes is when a process looks for garbage, and nothing that it does.
import { setFlagsFromString } from "node:v8";

/** A console and a host have loaded by then what they need. */
const loadedMs = 1000;

/**
 * For a process that watches and waits. V8 would mark its heap in small steps, three times in the
 * first twelve seconds, and find next to nothing: an eighth of the CPU time of a console that follows
 * a short build. Now it marks the heap when it is full, in one go of some milliseconds.
 *
 * Compiled code, Node's own and ours, is kept for the flags that Node starts with: the flag is set
 * once all that is loaded, and set back before ours is kept.
 */
export function markInOneGo(): void {
  setTimeout(() => {
    setFlagsFromString("--no-incremental-marking");
  }, loadedMs).unref();
  process.prependListener("exit", () => {
    setFlagsFromString("--incremental-marking");
  });
}
