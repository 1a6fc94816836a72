// Invariant: modern only; the tree's own checks of what is delivered, in the order of its Makefile.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Stage, StageCommand } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";
import { manIndex } from "./src.ts";

/** Builds man.cf, runs mancheck, and what the tree's build_live begins with where it is not used. */
export function checksStage(context: StageContext): Stage {
  return stage({
    name: "checks",
    needs: ["illumos", "manifest"],
    requires: ["configure"],
    command: context.builder === "tree" ? byMake(context, []) : byMakeAndHand(context),
    products: ["proto/usr/share/man/man.cf"],
    steps: [
      { pattern: /\(cd tools\/(\w+) && / },
      { pattern: /\/tools\/\w+\/(\w+) -f manifest\.gen -p proto$/ },
    ],
    checks: [{ manifest: "man/manifest", only: manIndex }],
  });
}

function byMake(context: StageContext, programs: readonly string[]): StageCommand {
  const { proto } = context.workspace.paths;
  return makeTargets(context, `${proto}/usr/share/man/man.cf`, "mancheck", ...programs);
}

/** tzcheck and ucodecheck are run by build_live; smartbuild's own image has no part in them. */
function byMakeAndHand(context: StageContext): StageCommand {
  const { tools } = context.workspace.paths;
  const programs = ["tzcheck", "ucodecheck"]
    .filter((name) => existsSync(join(tools, name)))
    .map((name) => join(tools, name, name));
  const { argv, ...rest } = byMake(context, programs);
  if (programs.length === 0) return { argv, ...rest };
  const script = [
    '"$@" || exit',
    "status=0",
    `for check in ${programs.join(" ")}; do`,
    '  echo "$check -f manifest.gen -p proto"',
    '  "$check" -f manifest.gen -p proto || status=$?',
    "done",
    "exit $status",
  ];
  return { ...rest, argv: ["/bin/sh", "-c", script.join("\n"), "checks", ...argv] };
}
