// Invariant: runs only when it is named, after what fills the proto area, and changes nothing.
import type { Stage } from "../engine/graph/stage.ts";
import { inRoot, stage, type StageContext } from "./context.ts";

/** smartbuild's own audit of what ships; each new finding is a problem of this stage. */
export function auditStage(context: StageContext): Stage {
  const argv = [...context.program, "audit", "--lines", "--root", context.workspace.root];
  return stage({
    name: "audit",
    onlyWhenNamed: true,
    needs: ["manifest"],
    requires: ["configure"],
    command: inRoot(context, argv),
    inputs: ["smartbuild.audit"],
    result: /^audit: \d.*$/,
    remark: "new findings are problems",
  });
}
