// Invariant: a component of illumos-extra is one step, however its build shows itself.
import type { StepRule } from "../engine/graph/stage.ts";

/**
 * Banners (`========== building curl ==========`; the compiler's carries a path), and where a tree
 * prints none, the recipe that make echoes (`(cd curl && \`).
 */
export const extraSteps: readonly StepRule[] = [
  { pattern: /^=+ (?:(?:strap|strapfix) )?building (?:\S*\/)?([^/\s]+) =+$/ },
  { pattern: /^\(cd ([\w.+-]+) && / },
];
