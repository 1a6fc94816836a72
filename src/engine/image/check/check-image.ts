// Invariant: finds everything before a byte is copied, and changes nothing.
import { aggregate, readManifests } from "../../manifest/aggregate.ts";
import { sortManifest } from "../../manifest/sort.ts";
import type { Result } from "../../result.ts";
import { fail, ok } from "../../result.ts";
import type { Layout } from "../../workspace/probes.ts";
import type { VolumeSizes } from "../image-sizes.ts";
import { readOwners } from "../owners.ts";
import { planImage } from "../plan.ts";
import {
  checkClashes,
  checkHardLinks,
  checkLines,
  checkOwners,
  checkParents,
} from "./check-entries.ts";
import { checkDangling, checkProtoLinks } from "./check-links.ts";
import { checkSources } from "./check-sources.ts";
import { deliveredBy } from "./delivered.ts";
import type { Finding } from "./finding.ts";
import { Findings } from "./findings.ts";
import { foresee } from "./foresee.ts";
import type { Forecast } from "./check-room.ts";
import { checkRoom } from "./check-room.ts";
import type { Contribution, LargeFile } from "./contributors.ts";
import { contributions, largestFiles } from "./contributors.ts";
import { deliveredTree, volumeContents } from "./image-contents.ts";

/** What to check. Folders are absolute. */
export interface CheckRequest {
  /** The workspace. */
  readonly root: string;
  readonly layout: Layout;
  /** A folder of component manifests, or one manifest. */
  readonly manifest: string;
  /** In the order in which they are searched. */
  readonly searchDirs: readonly string[];
  /** The proto area, whose links are looked at whether or not they are delivered. */
  readonly proto: string;
  /** Asked for; the builder chooses what is absent. */
  readonly sizes: VolumeSizes;
  /** Of root's password, where the settings give it. */
  readonly passwordHash?: string;
  /** PATH for git, SOURCE_DATE_EPOCH. */
  readonly env: NodeJS.ProcessEnv;
  /** Leaves out what only advises: links in proto, and how well /usr compresses. */
  readonly brief?: boolean;
}

/** What was found. */
export interface ImageCheck {
  /** In the order of the manifest within a kind. */
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly warnings: number;
  /** Entries that the manifest delivers. */
  readonly entries: number;
  readonly forecast: Forecast;
  readonly contributions: readonly Contribution[];
  readonly largest: readonly LargeFile[];
  /** What the forecast cannot know, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Checks a manifest, the files it names and the room in the images. Reads names, sizes and links,
 * and forty pieces of files to guess how well /usr compresses. Fails when there is no manifest, no
 * passwd and group, or when the images could never have the sizes asked for.
 */
export function checkImage(request: CheckRequest): Result<ImageCheck> {
  const owners = readOwners(request.root, request.layout);
  if (!owners.ok) return owners;
  const sources = readManifests(request.manifest);
  if (!sources.ok) return sources;
  const lines = aggregate(sources.value);
  const sorted = sortManifest(lines, request.layout);
  if (sorted.lines.length === 0) return fail("bad-input", `${request.manifest} has no entries`);
  const plan = planImage(sorted);
  const delivered = deliveredBy(plan);
  const findings = new Findings(request.root, request.layout);

  checkLines(lines, sorted, plan, findings);
  const files = checkSources(plan, request.searchDirs, findings);
  checkParents(plan, delivered, findings);
  checkClashes(delivered, findings);
  checkHardLinks(plan, delivered, findings);
  checkOwners(plan, owners.value, findings);
  const tree = deliveredTree(delivered, files, owners.value);
  const remarks = foresee(tree, request, findings);
  const made = new Set([...[...tree.nodes()].map(({ path }) => path), "usr.lgz"]);
  checkDangling(plan, delivered, made, findings);
  if (request.brief !== true)
    checkProtoLinks(request.proto, request.searchDirs, plan, delivered, made, findings);
  const entries = volumeContents(tree, findings);
  const forecast = checkRoom(request, { entries, files, delivered }, findings);
  if (!forecast.ok) return forecast;
  const all = findings.all;
  const errors = all.filter(({ severity }) => severity === "error").length;
  return ok({
    findings: all,
    errors,
    warnings: all.length - errors,
    entries: delivered.byPath.size,
    forecast: forecast.value,
    contributions: contributions(delivered, files),
    largest: largestFiles(delivered, files),
    remarks,
  });
}
