// Invariant: both images are made here and now, of one proto area and one manifest.gen; the tree's own
// output folder stays as it is.
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readImageName } from "../../src/engine/image/build-stamp.ts";
import { searchFolders } from "../../src/engine/workspace/search-folders.ts";
import { openWorkspace } from "../../src/engine/workspace/workspace.ts";
import type { Workspace } from "../../src/engine/workspace/workspace.ts";
import type { Made } from "./parity/compare.ts";
import { compareImages } from "./parity/compare.ts";
import { reasonOf } from "./parity/known-differences.ts";
import type { Zone } from "./zone.ts";
import { inZone, program, zoneFor } from "./zone.ts";

const [tree] = process.argv.slice(2);

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}

function theirs(zone: Zone, workspace: Workspace, platform: string, scratch: string): Made {
  const { root, layout } = workspace;
  const output = join(scratch, "tree");
  const printed = join(scratch, "tree.log");
  const [manifest, folders] = [join(root, "manifest.gen"), searchFolders(workspace)];
  const before = new Set(traces(root));
  const args = layout === "modern" ? ["-m", manifest, "-o", output] : [manifest, output];
  const command = ["./tools/build_live", ...args, ...folders];
  // What make does before, and the modern script's tar needs make's PATH, which a zone gives.
  mkdirSync(join(root, "log"), { recursive: true });
  const { code, seconds } = inZone(zone, root, printed, ["pfexec", ...command]);
  if (code !== 0) stop(`tools/build_live ended with ${String(code)}: see ${printed}`);
  console.log(`tools/build_live: ${seconds.toFixed(1)} s`);
  const log = traces(root).find((path) => !before.has(path)) ?? printed;
  return { output, platform, log };
}

function traces(root: string): string[] {
  return globSync(join(root, "log/build_live.*.log")).sort();
}

function ours(zone: Zone, workspace: Workspace, platform: string, scratch: string): Made {
  const output = join(scratch, "native");
  const log = join(scratch, "native.log");
  const manifest = join(workspace.root, "manifest.gen");
  const options = ["--root", workspace.root, "--manifest", manifest, "--output", output];
  // In the zone, where the tree's tools that index man pages and import services are found.
  const { code, seconds } = inZone(zone, workspace.root, log, [
    ...[...program, "image", "build", ...options],
  ]);
  if (code !== 0) stop(`smartbuild image build ended with ${String(code)}: see ${log}`);
  console.log(`smartbuild image build: ${seconds.toFixed(1)} s`);
  return { output, platform, log };
}

if (tree === undefined)
  stop("usage: npm run compare:native -- TREE   (a tree built up to manifest)");
const workspace = openWorkspace(resolve(tree));
if (!workspace.ok) stop(workspace.failure.message);
const { root, layout } = workspace.value;
if (!existsSync(join(root, "manifest.gen"))) stop(`${root} has no manifest.gen: build it first.`);
const zone = zoneFor(layout);
if (zone === undefined) {
  stop("NOT COMPARED: tools/build_live needs SunOS, or a simulated zone in SMARTBUILD_SIMZONE.");
}
const name = readImageName(root);
if (!name.ok) stop(name.failure.message);
const scratch = mkdtempSync(join(tmpdir(), "smartbuild-compare-"));
const differences = compareImages(
  theirs(zone, workspace.value, name.value.platform, scratch),
  ours(zone, workspace.value, name.value.platform, scratch),
  join(scratch, "unpacked"),
);
rmSync(scratch, { recursive: true });
const open = differences.filter((each) => reasonOf(each) === undefined);
for (const each of differences) {
  const reason = reasonOf(each);
  if (reason !== undefined) console.log(`explained: ${each}  (${reason})`);
}
for (const each of open) console.log(`DIFFERENT: ${each}`);
console.log(
  `${layout}: ${String(open.length)} differences, ${String(differences.length - open.length)} explained`,
);
process.exitCode = open.length === 0 ? 0 : 1;
