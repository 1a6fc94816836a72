// Invariant: classic only; the modern layout installs man pages with src.
import type { Stage } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";
import { liveManifestCheck } from "./live-manifest.ts";

/** `0-man-stamp`: man pages, into man/man. */
export function manStage(context: StageContext): Stage {
  return stage({
    name: "man",
    group: "world",
    requires: ["configure"],
    after: ["tools"],
    weight: 2,
    command: makeTargets(context, "0-man-stamp"),
    stamps: ["0-man-stamp"],
    products: ["man/man"],
    repositories: [{ folder: ".", part: "man" }],
    checks: liveManifestCheck(context, "man"),
  });
}
