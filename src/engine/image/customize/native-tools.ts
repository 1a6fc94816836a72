// Invariant: what the tree's own tools would add to the image is either added by them or named as
// a gap, with the program that is missing.
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import type { Layout } from "../../workspace/probes.ts";
import type { ImageTree } from "../image-tree.ts";
import type { StagedScript } from "./job.ts";
import type { WhatisTool } from "./known-scripts.ts";

/** Tools to run on the copy, and what stays undone. */
export interface NativeTools {
  readonly scripts: readonly StagedScript[];
  /** A sentence each. */
  readonly gaps: readonly string[];
}

const toolsProto = "projects/illumos/usr/src/tools/proto/root_i386-nd/opt/onbld/bin/i386";
const svccfg = {
  classic: "projects/illumos/usr/src/cmd/svc/svccfg/svccfg-native",
  modern: `${toolsProto}/svccfg`,
} as const;
const configd = {
  classic: "projects/illumos/usr/src/cmd/svc/configd/svc.configd-native",
  modern: `${toolsProto}/svc.configd`,
} as const;

function canRun(root: string, path: string): boolean {
  try {
    accessSync(join(root, path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * SMF import, SMF seeds and the index of man pages by the tree's own tools, where the native
 * programs that these need were built. `whatis`: how this tree makes the index.
 */
export function nativeTools(
  root: string,
  layout: Layout,
  tree: ImageTree,
  whatis: WhatisTool,
): NativeTools {
  const scripts: StagedScript[] = [];
  const gaps: string[] = [];
  const consider = (
    name: string,
    needs: readonly string[],
    argv: readonly string[],
    consequence: string,
  ): void => {
    const missing = needs.filter((path) => !canRun(root, path));
    if (missing.length === 0) scripts.push({ name, argv, environment: { ROOT: root } });
    else
      gaps.push(`${name} is not run, for there is no ${missing.join(" and no ")}: ${consequence}`);
  };
  const tool = (name: string): string => join(root, name);
  if (tree.get("lib/svc/manifest") !== undefined) {
    consider(
      "tools/smf_import",
      ["tools/smf_import", svccfg[layout]],
      [tool("tools/smf_import"), "%s"],
      "the image has no SMF repository made at build time",
    );
  }
  if (tree.get("usr/lib/brand/joyent-minimal/manifests") !== undefined) {
    consider(
      "tools/build_seeds",
      ["tools/build_seeds", svccfg[layout], configd[layout]],
      [tool("tools/build_seeds"), "%s"],
      "the image has no SMF seed for zones of the brand joyent-minimal",
    );
  }
  if (tree.get("usr/share/man") === undefined) return { scripts, gaps };
  const man = `${toolsProto}/man`;
  switch (whatis) {
    case "none":
      break;
    case "chroot":
      gaps.push("the index of man pages is not made: it needs the image's own catman in a chroot");
      break;
    case "host":
      gaps.push("the index of man pages is not made: it needs the catman of an illumos host");
      break;
    case "tools":
      consider(
        "man -w",
        [man],
        ["/bin/sh", "-c", '"$0" -M "$1/usr/share/man:$1/smartdc/man" -w', tool(man), "%s"],
        "the image has no index of man pages (whatis)",
      );
      break;
  }
  return { scripts, gaps };
}
