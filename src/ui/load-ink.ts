// Invariant: Ink is loaded through here before anything that imports it.

/**
 * Loads Ink. Its layout engine fetches its WebAssembly from a data: URL where there is a fetch,
 * and Node's fetch brings a whole HTTP client with it: 15 ms before the first frame. Without one
 * it decodes the bytes itself.
 */
export async function loadInk(): Promise<typeof import("ink")> {
  const { fetch } = globalThis;
  Reflect.deleteProperty(globalThis, "fetch");
  try {
    return await import("ink");
  } finally {
    globalThis.fetch = fetch;
  }
}
