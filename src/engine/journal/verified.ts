// Invariant: what is known of an image's verification counts for the very file that was read: its
// size and time stand beside the verdict.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PastBuild } from "./past-builds.ts";
import { imageReplacedBy } from "./replaced.ts";

/** The verdict of `image verify` on the image of a build. */
export interface Verified {
  /** ISO 8601. */
  readonly at: string;
  readonly problemCount: number;
  /** The first of them. */
  readonly firstProblem?: string;
  /** Entries compared with the manifest, and files with their MD5. */
  readonly compared: number;
  readonly summed: number;
  /** Of the file that was verified. */
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** How much is known of an image. */
export type Verification =
  | { readonly state: "never" }
  /** The file is not there any more. */
  | { readonly state: "gone" }
  /** The build of that number has made another one in its place. */
  | { readonly state: "replaced"; readonly by: number }
  /** It was verified, and is another file since. */
  | { readonly state: "changed"; readonly verdict: Verified }
  | { readonly state: "clean" | "problems"; readonly verdict: Verified };

const recordName = "verified.json";

/** Keeps a verdict with the build in `folder`. Throws when the folder cannot be written. */
export function writeVerified(folder: string, verdict: Verified): void {
  writeFileSync(join(folder, recordName), JSON.stringify(verdict));
}

/**
 * What is known of the image of a build; undefined when it made none. `builds`: all of the workspace
 * at `root`, newest first; of an image that a newer one replaced an old verdict says nothing.
 */
export function verificationOf(
  build: Pick<PastBuild, "folder" | "number" | "image">,
  builds: readonly PastBuild[],
  root: string,
): Verification | undefined {
  const { folder, image } = build;
  if (image === undefined) return undefined;
  const by = imageReplacedBy(build, builds);
  if (by !== undefined) return { state: "replaced", by };
  const stat = statSync(join(root, image.archive), { throwIfNoEntry: false });
  if (stat === undefined) return { state: "gone" };
  let verdict: Verified;
  try {
    verdict = JSON.parse(readFileSync(join(folder, recordName), "utf8")) as Verified;
  } catch {
    return { state: "never" };
  }
  if (verdict.bytes !== stat.size || verdict.mtimeMs !== stat.mtimeMs) {
    return { state: "changed", verdict };
  }
  return { state: verdict.problemCount === 0 ? "clean" : "problems", verdict };
}

/** What is known, in a sentence without its full stop. */
export function verificationText(verification: Verification): string {
  switch (verification.state) {
    case "never":
      return "never verified";
    case "gone":
      return "the image is not there any more";
    case "replaced":
      return `the image was replaced by build ${verification.by}`;
    case "changed":
      return `changed since it was verified on ${dayOf(verification.verdict)}`;
    case "clean":
      return `clean, verified on ${dayOf(verification.verdict)}: ${verification.verdict.compared} entries and ${verification.verdict.summed} sums agree`;
    case "problems": {
      const { problemCount, firstProblem } = verification.verdict;
      const some = problemCount === 1 ? "1 problem" : `${problemCount} problems`;
      const first = firstProblem === undefined ? "" : `: ${firstProblem}`;
      return `${some}, verified on ${dayOf(verification.verdict)}${first}`;
    }
  }
}

function dayOf({ at }: Verified): string {
  return at.slice(0, 10);
}
