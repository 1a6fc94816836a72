// Invariant: whoever works through many files lets the event loop go on every few hundredths of a
// second, so that keys and signals never wait for long.

const sliceMs = 20;

/** Calls `visit` for every item, with pauses; false when it was aborted before the end. */
export async function inSlices<T>(
  items: Iterable<T>,
  visit: (item: T) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<boolean> {
  let end = performance.now() + sliceMs;
  for (const item of items) {
    const pending = visit(item);
    if (pending !== undefined) await pending;
    if (performance.now() < end) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) return false;
    end = performance.now() + sliceMs;
  }
  return true;
}
