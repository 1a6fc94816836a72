// Invariant: builds src/; in the modern layout its target also installs man/.
import type { Stage } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";
import { liveManifestCheck } from "./live-manifest.ts";

/** The index of the manual pages, which is made of the whole manifest. */
export const manIndex = /^usr\/share\/man\/man\.cf$/;

/** The live sources, `0-livesrc-stamp`. */
export function srcStage(context: StageContext): Stage {
  const classic = context.workspace.layout === "classic";
  return stage({
    name: "src",
    group: "world",
    needs: classic ? [] : ["illumos", "strap", "extra"],
    requires: ["configure"],
    after: ["extra"],
    weight: 4,
    command: makeTargets(context, "0-livesrc-stamp"),
    stamps: ["0-livesrc-stamp"],
    repositories: classic
      ? [{ folder: ".", part: "src" }]
      : [
          { folder: ".", part: "src" },
          { folder: ".", part: "man" },
        ],
    steps: [{ pattern: /: Entering directory ['`‘].*\/src\/([^'’]+)['’]$/ }],
    checks: [
      ...liveManifestCheck(context, "src"),
      ...(classic ? [] : [{ manifest: "man/manifest", except: manIndex }]),
    ],
  });
}
