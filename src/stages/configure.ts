// Invariant: configure is up to date when all it generates is there and no fragment is younger.
import { readdirSync } from "node:fs";
import type { Stage } from "../engine/graph/stage.ts";
import { configureArguments } from "../engine/settings/configure-flags.ts";
import { settingsReadBy } from "../engine/settings/schema.ts";
import { inRoot, stage, type StageContext } from "./context.ts";
import { aroundDownloads } from "./downloads.ts";

/** The tree's own `configure`. */
export function configureStage(context: StageContext): Stage {
  const { layout, root } = context.workspace;
  const classic = layout === "classic";
  return stage({
    name: "configure",
    command: inRoot(context, [
      ...["/bin/sh", "-c", aroundDownloads, "configure", "./configure"],
      ...(classic ? [] : configureArguments(root)),
    ]),
    products: classic
      ? ["overlay/order", "projects/illumos/illumos.sh"]
      : ["build.env", "projects/illumos/illumos.sh"],
    inputs: inputsOf(root, classic),
    settings: settingsReadBy(layout, "configure"),
    steps: classic
      ? [{ pattern: /^(?:==>| \+-->) (.+?)(?:\.\.\.)?$/ }]
      : [
          {
            pattern: /^(Doing|Creating|Installing|Fetching|Generating)(.*?) ?\.\.\./,
            name: "$1$2",
          },
        ],
  });
}

/** Files configure reads: classic sources every match of `configure.*`, whatever its ending. */
function inputsOf(root: string, classic: boolean): string[] {
  const pattern = classic
    ? /^configure(\..*|-branches|-buildver)?$/
    : /^(default\.)?configure-(build|projects)$|^configure$/;
  return readdirSync(root).filter((name) => pattern.test(name));
}
