// Invariant: modern only; what the tree's own tools make of a finished platform, each only when it is
// named.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage, StageCommand } from "../engine/graph/stage.ts";
import { inRoot, makeTargets, stage, type StageContext } from "./context.ts";

/** The bootable media, with the flags that tools/build_boot_image has for them. */
const media = [
  { name: "iso", flags: ["-I"] },
  { name: "usb", flags: [] },
] as const;

/** `iso`, `usb`, `images-tar` and `tests-tar`, as far as the Makefile has them. */
export function mediaStages(context: StageContext, world: readonly string[]): Stage[] {
  const makefile = makefileText(context);
  const has = ({ name }: { readonly name: string }): boolean =>
    new RegExp(`^${name}:`, "m").test(makefile);
  const named = { requires: ["configure"], onlyWhenNamed: true };
  const tarballs = [
    // The Makefile asks for boot only, but build_boot_image stops where there is no image.
    { name: "images-tar", needs: ["live"] },
    { name: "tests-tar", needs: world },
  ];
  return [
    ...media
      .filter(has)
      .map(({ name, flags }) =>
        stage({ ...named, name, needs: ["live"], command: mediaCommand(context, name, flags) }),
      ),
    ...tarballs
      .filter(has)
      .map(({ name, needs }) =>
        stage({ ...named, name, needs, command: makeTargets(context, name) }),
      ),
  ];
}

/** make would have the tree's build_live make the image once more, in the place of smartbuild's. */
function mediaCommand(context: StageContext, name: string, flags: readonly string[]): StageCommand {
  const tool = join(context.workspace.paths.tools, "build_boot_image");
  return context.builder === "native" && existsSync(tool)
    ? inRoot(context, [tool, ...flags, "-r", context.workspace.root])
    : makeTargets(context, name);
}

function makefileText({ workspace }: StageContext): string {
  try {
    return readFileSync(workspace.paths.makefile, "utf8");
  } catch {
    return "";
  }
}
