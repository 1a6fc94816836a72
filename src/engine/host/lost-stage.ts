// Invariant: a stage that the tree no longer has is followed by what its attempt has written down,
// and is never started again.
import type { Stage } from "../graph/stage.ts";
import type { Attempt } from "../journal/state.ts";

/** Stands for a running stage that is not in the graph any more: no steps and no checks are known. */
export function lostStage(name: string, attempt: Attempt): Stage {
  return {
    name,
    needs: [],
    requires: [],
    after: [],
    command: { argv: attempt.argv, cwd: attempt.cwd, environment: {} },
    stamps: [],
    products: [],
    removesFirst: [],
    inputs: [],
    repositories: [],
    settings: [],
    steps: [],
    furtherLogs: attempt.furtherLogs.map(({ path }) => ({ path, steps: [] })),
    checks: [],
    artefacts: [],
  };
}
