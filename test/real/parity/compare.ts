// Invariant: what is compared is what a booted system, or whoever carries the image on, could see;
// never how an image stores its bytes, nor the times of files.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { MountedImage } from "../../../src/engine/image/inspect/mounted-image.ts";
import { diffImages } from "../../../src/engine/image/inspect/diff-images.ts";
import { hardLinks } from "./hard-links.ts";
import { logEntries } from "./log-entries.ts";
import { openAnyImage } from "./open-any-image.ts";
import { repositoryDifferences } from "./repositories.ts";
import { setDifferences } from "./sets.ts";

/** What one builder made. */
export interface Made {
  /** The output folder, which holds the platform folder and its tarball. */
  readonly output: string;
  /** Name of the platform folder. */
  readonly platform: string;
  /** The log that names each entry of the image. */
  readonly log: string;
}

/** All differences, one line each: `-` and the left of `->` are the tree's, the rest is ours. */
export function compareImages(theirs: Made, ours: Made, scratch: string): string[] {
  const [left, right] = [theirs, ours].map((made, index) => {
    const folder = join(scratch, String(index));
    mkdirSync(folder, { recursive: true });
    return openAnyImage(join(made.output, made.platform), folder);
  });
  if (left === undefined || right === undefined) throw new Error("there are two images");
  return [
    ...treeDifferences("file", left.tree, right.tree),
    // Also what is hidden beneath the mounted /usr.
    ...treeDifferences("root", left.bare, right.bare),
    ...setDifferences("hard links", hardLinks(left.tree), hardLinks(right.tree)),
    ...repositoryDifferences(left.tree, right.tree),
    ...setDifferences("md5 manifest", md5Lines(theirs), md5Lines(ours)),
    ...setDifferences("log", logEntries(theirs.log), logEntries(ours.log)),
    ...setDifferences("output", outputFiles(theirs), outputFiles(ours)),
    ...setDifferences("tarball", tarballMembers(theirs), tarballMembers(ours)),
  ];
}

function treeDifferences(what: string, left: MountedImage, right: MountedImage): string[] {
  const sides = [left, right].map((tree) => ({ tree, from: tree.root }));
  const [a, b] = sides;
  if (a === undefined || b === undefined) throw new Error("there are two sides");
  return [...diffImages(a, b)].map((each) => {
    const path = each.path === "" ? "." : each.path;
    if (each.kind === "changed") return `${what}: ${path} ${each.changes.join(", ")}`;
    return `${what}: ${each.kind === "only-left" ? "-" : "+"} ${path}`;
  });
}

function md5Lines({ output, platform }: Made): string[] {
  const file = join(output, platform, "i86pc/amd64/boot_archive.manifest");
  return readFileSync(file, "latin1").split("\n");
}

/** Files and links of the output folder with their modes, but for those that only boot has. */
function outputFiles({ output }: Made): string[] {
  return (
    readdirSync(output, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return path.slice(output.length + 1) + (entry.isSymbolicLink() ? " (link)" : modeOf(path));
      })
      // What lies behind a link has been listed under its own name.
      .filter((path) => !path.startsWith("boot-") && !path.startsWith("platform-latest/"))
  );
}

function modeOf(path: string): string {
  const stats = statSync(path);
  return stats.isDirectory() ? "/" : ` ${(stats.mode & 0o7777).toString(8)}`;
}

/** Members of the platform tarball with type, mode and numeric owner, as GNU tar reads them. */
function tarballMembers({ output, platform }: Made): string[] {
  const args = ["--numeric-owner", "-tvf", join(output, `${platform}.tgz`)];
  const lines = execFileSync("tar", args, { encoding: "latin1" }).trimEnd().split("\n");
  return lines.map((line) => {
    const [mode = "", owner = "", , , , ...name] = line.split(/\s+/);
    return `${name.join(" ")} ${mode} ${owner}`;
  });
}
