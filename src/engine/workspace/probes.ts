// Invariant: a layout is decided by the features a tree has, each with a weight, never by a date.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isThere } from "./file-facts.ts";

export type Layout = "classic" | "modern";

/** One thing looked for in a tree. */
export interface Probe {
  /** What having it means, in a few words. */
  readonly feature: string;
  /** Below the root; for a probe of contents, the file that is read. */
  readonly path: string;
  readonly found: boolean;
  /** `both`: every tree has it. */
  readonly layout: Layout | "both";
  /** How much it says about the layout; 0 for `both`. */
  readonly weight: number;
}

interface ProbeRule {
  readonly feature: string;
  readonly path: string;
  readonly layout: Layout | "both";
  readonly weight: number;
  /** When given, the file must hold this. */
  readonly text?: RegExp;
}

/** The feature of trees that have overlays at all. */
export const overlayFeature = "Makefile reads overlay/order";

// What `configure` and the Makefile read decides which stages there are, so it weighs most: trees
// from 2012-11 to 2019-08 carry files of both layouts (tools/lib/build_common.sh came in 2015,
// overlay/ left in 2019-08, pwgen in 2025) while configure changed over once, in 2019-05.
const rules: readonly ProbeRule[] = [
  { feature: "top-level Makefile", path: "Makefile", layout: "both", weight: 0 },
  { feature: "configure script", path: "configure", layout: "both", weight: 0 },
  { feature: "live image tool", path: "tools/build_live", layout: "both", weight: 0 },
  { feature: "closed developer files", path: "projects/devpro", layout: "both", weight: 0 },
  {
    feature: "configure sources configure.* fragments",
    path: "configure",
    layout: "classic",
    weight: 8,
    text: /\bls configure\.\*|in configure\.\*/,
  },
  {
    feature: overlayFeature,
    path: "Makefile",
    layout: "classic",
    weight: 4,
    text: /overlay\/order/,
  },
  {
    feature: "Makefile has the second illumos-extra pass",
    path: "Makefile",
    layout: "classic",
    weight: 2,
    text: /^1-extra-stamp[ \t]*:/m,
  },
  { feature: "sample fragment", path: "sample.configure.smartos", layout: "classic", weight: 2 },
  { feature: "generic overlay", path: "overlay/generic/manifest", layout: "classic", weight: 2 },
  { feature: "image customize script", path: "tools/customize", layout: "classic", weight: 1 },
  { feature: "git status tool", path: "tools/get_status", layout: "classic", weight: 1 },
  { feature: "build defaults", path: "default.configure-build", layout: "modern", weight: 8 },
  { feature: "project list", path: "default.configure-projects", layout: "modern", weight: 4 },
  {
    feature: "Makefile includes build.env",
    path: "Makefile",
    layout: "modern",
    weight: 4,
    text: /^-?include[ \t]+\S*build\.env/m,
  },
  { feature: "bootstrap tool", path: "tools/build_strap", layout: "modern", weight: 2 },
  { feature: "preflight tool", path: "tools/preflight", layout: "modern", weight: 1 },
  {
    feature: "shell library of the tools",
    path: "tools/lib/build_common.sh",
    layout: "modern",
    weight: 1,
  },
];

/** Paths below a root without which a folder is no smartos-live tree. */
export const necessaryPaths = ["Makefile", "configure", "tools/build_live"] as const;

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** Looks for every feature below `root`; never throws for what is missing or unreadable. */
export function probeTree(root: string): Probe[] {
  const texts = new Map<string, string>();
  return rules.map(({ feature, path, layout, weight, text }) => {
    let found = isThere(join(root, path));
    if (found && text !== undefined) {
      const held = texts.get(path) ?? textOf(join(root, path));
      texts.set(path, held);
      found = text.test(held);
    }
    return { feature, path, found, layout, weight };
  });
}

/** The layout with the greater weight of found features; undefined when nothing tells. */
export function weighLayout(probes: readonly Probe[]): Layout | undefined {
  const sum = (layout: Layout): number =>
    probes.reduce(
      (total, probe) => total + (probe.found && probe.layout === layout ? probe.weight : 0),
      0,
    );
  const classic = sum("classic");
  const modern = sum("modern");
  if (classic === modern) return classic === 0 ? undefined : "classic";
  return classic > modern ? "classic" : "modern";
}
