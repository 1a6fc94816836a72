// Invariant: nightly writes its phases to a log of its own, which is followed like the stage's.
import type { Stage } from "../engine/graph/stage.ts";
import { settingsReadBy } from "../engine/settings/schema.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** illumos itself, through nightly(1). */
export function illumosStage(context: StageContext): Stage {
  return stage({
    name: "illumos",
    group: "world",
    needs: ["strap"],
    requires: ["configure"],
    weight: 60,
    command: makeTargets(context, "0-illumos-stamp"),
    stamps: ["0-illumos-stamp"],
    products: ["proto/buildstamp"],
    repositories: [{ folder: "projects/illumos" }],
    settings: settingsReadBy(context.workspace.layout, "illumos"),
    furtherLogs: [
      {
        path: "projects/illumos/log/nightly.log",
        // nightly moves it, and leads a link to it, before build_illumos says that it failed.
        movedTo: "projects/illumos/log/latest/nightly.log",
        // Banners stand between blank lines: `==== Building tools at <date> ====`.
        steps: [
          { pattern: /^==== (Nightly distributed build (?:started|completed)): .*====$/ },
          // Once or twice, with DEBUG and without: the label stands first, or it is cut off.
          {
            pattern: /^==== Building OS-Net source at .*\((.+)\) ====$/,
            name: "Building OS-Net $1",
            parts: [
              { from: 0.06, to: 0.52 },
              { from: 0.52, to: 0.98 },
            ],
          },
          // `No clobber`, `Not creating packages` tell what is left out; `No '/…/dmake check'` too.
          // `Ended OS-Net source build` begins nothing.
          {
            pattern:
              /^==== (?!Not? |Ended )([A-Z].+?)(?: at \w{3,9} .*?\d{4}| at .*?\d:\d\d.*?)?(?: \((.+)\))? ====$/,
            name: "$1 $2",
          },
        ],
      },
    ],
    checks: [{ manifest: "projects/illumos/manifest" }],
  });
}
