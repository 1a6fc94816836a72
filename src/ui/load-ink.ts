// Invariant: Ink is loaded through here before anything that imports it.

/** Loads Ink and its layout engine. The bundle has that of bundle/ink.ts in its place. */
export async function loadInk(): Promise<typeof import("ink")> {
  return import("ink");
}
