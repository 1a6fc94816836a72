// Invariant: a stage made here has nothing but what a test gives it.
import type { Stage } from "../../src/engine/graph/stage.ts";

/** A stage with these fields; its command does nothing. */
export function stageOf(name: string, fields: Partial<Stage> = {}): Stage {
  return {
    name,
    needs: [],
    requires: [],
    after: [],
    command: { argv: ["true"], cwd: "/", environment: {} },
    stamps: [],
    products: [],
    removesFirst: [],
    inputs: [],
    repositories: [],
    settings: [],
    steps: [],
    furtherLogs: [],
    checks: [],
    artefacts: [],
    ...fields,
  };
}
