// Invariant: the counts are those of the planner that lays out the image when it is written; the
// one number that nobody can know before, the compressed size of /usr, is said to be an estimate.
import type { ByteText } from "../../manifest/byte-text.ts";
import type { Result } from "../../result.ts";
import { ok } from "../../result.ts";
import type { UfsEntry, UfsProblem } from "../format/ufs/entry.ts";
import { contentFragments } from "../format/ufs/file-blocks.ts";
import { ufsGeometry, ufsLimits } from "../format/ufs/geometry.ts";
import type { UfsAmounts, UfsPlan } from "../format/ufs/plan.ts";
import { leastKib, planUfs } from "../format/ufs/plan.ts";
import type { VolumeSize, VolumeSizes } from "../image-sizes.ts";
import type { VolumeName } from "../volume.ts";
import { layOut } from "../volume.ts";
import type { FoundFile } from "./check-sources.ts";
import { estimateCompressed } from "./compressed-usr.ts";
import type { Delivered } from "./delivered.ts";
import type { Findings } from "./findings.ts";
import { volumeNames, volumeOf } from "./image-contents.ts";

/** What one image needs and has. */
export interface ImageForecast {
  readonly image: VolumeName;
  readonly kib: number;
  /** Nobody named a size: the builder chooses this one, and a larger root image for usr.lgz. */
  readonly chosen: boolean;
  readonly needs: UfsAmounts;
  readonly has: UfsAmounts;
  /** Everything known fits. */
  readonly fits: boolean;
}

/** What the compressed /usr image may take in the root image, and about what it will. Bytes. */
export interface CompressedForecast {
  readonly room: number;
  readonly estimate: number;
}

/** What is expected of both images. */
export interface Forecast {
  /** The root image without usr.lgz. */
  readonly images: readonly ImageForecast[];
  readonly compressed: CompressedForecast;
}

/** For what does not fit, whatever the density. */
const defaultDensity = 8192;

/** What goes into the images. */
export interface Contents {
  readonly entries: Readonly<Record<VolumeName, readonly UfsEntry[]>>;
  /** The delivered files, by path. */
  readonly files: ReadonlyMap<ByteText, FoundFile>;
  readonly delivered: Delivered;
}

/** Lays out both images as the writer will, and names what does not fit. */
export function checkRoom(
  { sizes, brief = false }: { readonly sizes: VolumeSizes; readonly brief?: boolean },
  { entries, files, delivered }: Contents,
  findings: Findings,
): Result<Forecast> {
  const images: ImageForecast[] = [];
  let room = 0;
  let usrKib = 0;
  for (const image of volumeNames) {
    const planned = planVolume(image, entries[image], sizes[image]);
    if (!planned.ok) return planned;
    const plan = planned.value;
    const { kib } = plan.geometry;
    const chosen = sizes[image].kib === undefined;
    const forecast = { image, kib, chosen, needs: plan.needs, has: plan.has, fits: plan.fits };
    images.push(forecast);
    checkProblems(image, plan.problems, delivered, findings);
    if (!plan.fits) findings.error("does-not-fit", shortage(forecast, plan));
    if (image === "root") room = roomForFile(forecast);
    else usrKib = kib;
  }
  const usrFiles = brief ? [] : [...files].filter(([path]) => volumeOf(path) === "usr");
  const estimate = estimateCompressed(
    usrFiles.map(([, file]) => file),
    usrKib,
  );
  const [root] = images;
  if (root?.fits === true && !root.chosen && estimate > room) {
    const [left, about] = [Math.floor(room / 1024), Math.ceil(estimate / 1024)];
    const message = `the root image has room for a usr.lgz of ${left} KiB; it will have about ${about} KiB`;
    findings.warning("may-not-fit", message);
  }
  return ok({ images, compressed: { room, estimate } });
}

/** The layout in an image of the size asked for, or of the size that the builder will choose. */
function planVolume(
  image: VolumeName,
  entries: readonly UfsEntry[],
  { kib, density }: Partial<VolumeSize>,
): Result<UfsPlan> {
  const asked = { ...(kib !== undefined && { kib }), ...(density !== undefined && { density }) };
  if (kib === undefined || density === undefined) {
    const laidOut = layOut(image, entries, asked);
    if (laidOut.ok) return laidOut;
  }
  // What stands in the way is in this plan, too: no size helps an entry that no image can hold.
  const geometry = ufsGeometry(kib ?? ufsLimits.mostKib, density ?? defaultDensity);
  if (!geometry.ok) return geometry;
  return ok(planUfs(geometry.value, entries));
}

/** Problems of the layout that no other check has named. */
function checkProblems(
  image: VolumeName,
  problems: readonly UfsProblem[],
  { byPath }: Delivered,
  findings: Findings,
): void {
  for (const { kind, path, text } of problems) {
    switch (kind) {
      case "long-name":
      case "bad-attributes":
      case "large-file":
      case "bad-target":
      case "too-many-links": {
        const fullPath = image === "usr" ? `usr/${path}` : path;
        const [entry] = byPath.get(fullPath) ?? [];
        const subject = { path: fullPath, ...(entry !== undefined && { lines: [entry] }) };
        findings.error("beyond-limits", `${fullPath} ${text}`, subject);
        break;
      }
      case "bad-path":
      case "duplicate":
      case "no-parent":
      case "parent-not-directory":
      case "no-link-target":
        break;
    }
  }
}

/** What an image lacks, in words. */
function shortage({ image, kib, needs, has }: ImageForecast, plan: UfsPlan): string {
  const lacks: string[] = [];
  if (needs.blocks > has.blocks) {
    const missing = (needs.blocks - has.blocks) * 4;
    lacks.push(`${missing} KiB more (${needs.blocks} blocks of 4 KiB; it has ${has.blocks})`);
  }
  if (needs.inodes > has.inodes) {
    const missing = needs.inodes - has.inodes;
    lacks.push(`${missing} more inodes (${needs.inodes}; it has ${has.inodes})`);
  }
  const what = `the ${image} image: the tree does not fit in ${kib} KiB: it needs ${lacks.join(" and ")}`;
  // Of the root image no size can be named: usr.lgz comes on top.
  if (image === "root") return `${what}, even without usr.lgz`;
  const enough = leastKib(plan);
  return enough === undefined ? what : `${what}; ${enough} KiB are enough`;
}

/** The largest file (bytes) that the free space of a planned image can take. */
function roomForFile({ needs, has }: ImageForecast): number {
  const free = has.blocks - needs.blocks;
  // Some blocks are for addresses, one for about each thousand.
  let blocks = Math.max(0, free);
  while (blocks > 0 && contentFragments(blocks * 4096) > free * 4) blocks--;
  return blocks * 4096;
}
