// Invariant: dist/ink.cjs: what draws and is not ours, so that there is one React. Ink itself is
// there once `loadInk` is fulfilled.
import { layoutReady } from "./layout-engine.ts";

export { default as react } from "react";
export * as jsx from "react/jsx-runtime";

export let ink: typeof import("ink") | undefined;

/** Stands in the bundle for load-ink.ts. */
export async function loadInk(): Promise<typeof import("ink")> {
  await layoutReady;
  ink = await import("ink");
  return ink;
}
