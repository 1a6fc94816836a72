// Invariant: a component of illumos-extra is one step, however its build shows itself.
import type { StepRule } from "../engine/graph/stage.ts";

/**
 * Banners (`========== building curl ==========`; the compiler's carries a path), and where a tree
 * prints none, the recipe that make echoes (`(cd curl && \`), but not the one that goes on into the
 * component's own object folder (`(cd curl-7.21.2-64 && `).
 */
export const extraSteps: readonly StepRule[] = [
  { pattern: /^=+ (?:(?:strap|strapfix) )?building (?:\S*\/)?([^/\s]+) =+$/ },
  { pattern: /^\(cd (?![\w.+-]+-(?:32|64)(?:strap)? )([\w.+-]+) && / },
];
