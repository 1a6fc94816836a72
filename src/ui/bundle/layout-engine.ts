// Invariant: stands in the bundle for yoga-layout, Ink's layout engine, which waits for its
// WebAssembly where it is imported; this one may be imported by Ink once `layoutReady` is fulfilled.
import { loadYoga, type Yoga } from "yoga-layout/load";

export * from "yoga-layout/load";

let engine: Yoga;

export const layoutReady = loadYoga().then((loaded) => {
  engine = loaded;
});

export { engine as default };
