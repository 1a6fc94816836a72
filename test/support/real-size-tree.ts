// Invariant: a tree of real size: all entries of a real release, and a small file in the proto area
// for every one that the manifests ask for.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseManifest } from "../../src/engine/manifest/parse.ts";
import { fromBytes } from "../../src/engine/manifest/byte-text.ts";
import { unpackRealManifests } from "../fixtures/manifests/real-manifests.ts";

export interface RealSizeTree {
  readonly root: string;
  /** Paths that the manifests deliver, each counted once. */
  readonly entries: number;
  remove(): void;
}

/** Makes the tree in a temporary folder; some three seconds. `manifests`: another manifest.d. */
export function realSizeTree(layout: "classic" | "modern", manifests?: string): RealSizeTree {
  const root = mkdtempSync(join(tmpdir(), "smartbuild-real-"));
  for (const name of ["tools", "projects/devpro", "projects/illumos", "projects/illumos-extra"]) {
    mkdirSync(join(root, name), { recursive: true });
  }
  for (const name of ["Makefile", "configure", "tools/build_live"]) {
    writeFileSync(join(root, name), "", { mode: 0o755 });
  }
  if (layout === "classic") {
    mkdirSync(join(root, "overlay/generic"), { recursive: true });
    writeFileSync(join(root, "overlay/generic/manifest"), "");
    writeFileSync(join(root, "sample.configure.smartos"), "");
    writeFileSync(join(root, "configure.local"), "OVERLAYS=generic\n");
    writeFileSync(join(root, "tools/customize"), "");
  } else {
    writeFileSync(join(root, "default.configure-build"), "");
    writeFileSync(join(root, "default.configure-projects"), "");
    mkdirSync(join(root, "tools/lib"));
    writeFileSync(join(root, "tools/lib/build_common.sh"), "");
  }
  if (manifests === undefined) unpackRealManifests(layout, root);
  else cpSync(manifests, join(root, "manifest.d"), { recursive: true });
  const paths = new Set<string>();
  const folders = new Set<string>();
  for (const name of readdirSync(join(root, "manifest.d"))) {
    const { entries } = parseManifest(
      fromBytes(readFileSync(join(root, "manifest.d", name))),
      name,
    );
    for (const { type, path } of entries) {
      paths.add(path);
      if (type !== "f") continue;
      const file = join(root, "proto", path);
      if (!folders.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
      folders.add(dirname(file));
      writeFileSync(file, path.repeat(1 + (path.length % 40)));
    }
  }
  return {
    root,
    entries: paths.size,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
