// Invariant: the whole of illumos-extra is one stage; each component can also be asked for alone.
import { join } from "node:path";
import type { Stage } from "../engine/graph/stage.ts";
import { settingsReadBy } from "../engine/settings/schema.ts";
import { extraSteps } from "./extra-steps.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** The main pass over illumos-extra (classic `1-extra-stamp`, modern `0-extra-stamp`). */
export function extraStage(context: StageContext): Stage {
  const classic = context.workspace.layout === "classic";
  const stamp = classic ? "1-extra-stamp" : "0-extra-stamp";
  return stage({
    name: "extra",
    group: "world",
    needs: classic ? ["illumos"] : ["preflight", "illumos"],
    requires: ["configure"],
    weight: 20,
    command: makeTargets(context, stamp),
    stamps: [stamp],
    repositories: [{ folder: "projects/illumos-extra" }],
    settings: settingsReadBy(context.workspace.layout, "extra"),
    steps: extraSteps,
    ...(context.extraComponents.length > 0 ? { stepTotal: context.extraComponents.length } : {}),
    checks: [{ manifest: "projects/illumos-extra/manifest" }],
  });
}

/** `extra/NAME`: one component, from its unpacked source on, installed into the proto area. */
export function extraComponentStages(context: StageContext): Stage[] {
  const { root, paths } = context.workspace;
  const [make = "make", ...makeArguments] = context.make;
  return context.extraComponents.map((name) =>
    stage({
      name: `extra/${name}`,
      group: "extra",
      onlyWhenNamed: true,
      after: ["extra"],
      command: {
        argv: [
          "/bin/sh",
          "-c",
          // Patches are no dependencies of a component: only clean makes it unpack again.
          '"$@" clean && exec "$@" install',
          name,
          make,
          ...makeArguments,
          `DESTDIR=${paths.proto}`,
        ],
        cwd: join(root, "projects/illumos-extra", name),
        environment: { PKG_CONFIG_LIBDIR: "" },
      },
      repositories: [{ folder: "projects/illumos-extra" }],
      steps: [{ pattern: /^Applying (\S+)/, name: "patch $1" }],
    }),
  );
}
