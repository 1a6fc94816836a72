// Invariant: modern only; the tree's own checks of what is delivered, in the order of its Makefile.
import type { Stage } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** Builds man.cf and runs mancheck; tzcheck and ucodecheck are run by build_live. */
export function checksStage(context: StageContext): Stage {
  const { root } = context.workspace;
  return stage({
    name: "checks",
    needs: ["illumos", "manifest"],
    requires: ["configure"],
    command: makeTargets(context, `${root}/proto/usr/share/man/man.cf`, "mancheck"),
    products: ["proto/usr/share/man/man.cf"],
    steps: [{ pattern: /\(cd tools\/(\w+) && / }],
  });
}
