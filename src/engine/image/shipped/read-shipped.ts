// Invariant: says of each path what the image builder would do with it, by the builder's own reading
// of the manifests and its own checks; changes nothing.
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { aggregate, readManifests, type ManifestSource } from "../../manifest/aggregate.ts";
import { toText } from "../../manifest/byte-text.ts";
import { changedSince, readComponentManifests } from "../../manifest/component-manifests.ts";
import type { PlacedLine } from "../../manifest/entry.ts";
import { originalManifest } from "../../manifest/provenance.ts";
import {
  orderOf,
  type EntryFinding,
  type RefusedEntry,
  type Shipped,
  type ShippedOrigin,
} from "../../manifest/query.ts";
import { sortManifest, type SortedManifest } from "../../manifest/sort.ts";
import { fail, ok, type Result } from "../../result.ts";
import { searchFolders } from "../../workspace/search-folders.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import {
  checkClashes,
  checkHardLinks,
  checkLines,
  checkOwners,
  checkParents,
} from "../check/check-entries.ts";
import { checkDangling } from "../check/check-links.ts";
import { deliveredBy, type Delivered } from "../check/delivered.ts";
import type { Finding } from "../check/finding.ts";
import { Findings } from "../check/findings.ts";
import { readOwners } from "../owners.ts";
import { planImage, type ImagePlan } from "../plan.ts";
import { describeEntry, withFile, withFindings, type KnownEntry } from "./describe-entry.ts";
import { findFiles } from "./find-files.ts";

/** What ships, and all that the checks of manifest and files say. */
export interface ReadShipped {
  readonly shipped: Shipped;
  /** Of the lines alone; a missing file is a state of its entry. */
  readonly findings: readonly Finding[];
}

export interface ReadOptions {
  /** Called once when the lines are read, before the files are looked for. */
  readonly onLines?: (shipped: Shipped) => void;
  /** What an audit of the delivered files found, by path below the image's root. */
  readonly audit?: ReadonlyMap<string, readonly EntryFinding[]>;
  /**
   * Asked once the lines are read: the stage that has yet to deliver a path that a manifest (below
   * the workspace) asks for. Without it all is taken to be built once the proto area is there.
   */
  readonly awaited?: () => Promise<(manifest: string, path: string) => string | undefined>;
  readonly signal?: AbortSignal;
}

/** The lines, put in order and checked. */
interface Read {
  readonly origin: ShippedOrigin;
  readonly plan: ImagePlan;
  readonly delivered: Delivered;
  /** The lines that each one that counts replaced. */
  readonly replaced: Replaced;
  readonly findings: readonly Finding[];
}

/**
 * Reads what ships: the lines of manifest.d, or of the components' own manifests before that is
 * made; then looks for each file, with pauses. Failure `bad-input` when no manifest is there.
 */
export async function readShipped(
  workspace: Workspace,
  { onLines, audit, awaited, signal }: ReadOptions = {},
): Promise<Result<ReadShipped>> {
  const sources = sourcesOf(workspace);
  if (!sources.ok) return sources;
  const read = readLines(workspace, sources.value);
  const searchDirs = searchFolders(workspace);
  const isUnbuilt = !existsSync(workspace.paths.proto);
  const common = {
    origin: read.origin,
    changedSince:
      read.origin === "components" ? [] : changedSince(workspace, workspace.paths.manifestDir),
    isUnbuilt,
    searched: searchDirs.map((dir) => relative(workspace.root, dir)),
    refused: read.plan.refused.map(({ malformed }): RefusedEntry => {
      return { line: malformed, reason: malformed.reason };
    }),
  };
  const known = knownEntries(read);
  const described = known.map(describeEntry);
  if (onLines !== undefined) {
    onLines({ ...common, entries: described, isComplete: false });
    // What was read is on screen before the files are looked for.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const files = known.flatMap(({ entry }) => (entry.type === "f" ? [entry] : []));
  const found = await findFiles(files, workspace.root, searchDirs, signal);
  const awaitedBy = await awaited?.();
  const entries = described.map((earlier, index) => {
    const each = known[index];
    if (each?.entry.type !== "f") return withFindings(earlier, audit?.get(earlier.path));
    const at = found.get(each.entry.path);
    const manifest = originalManifest(each.entry.file, workspace.layout);
    const isMissing = at !== undefined && at.source === undefined && manifest !== undefined;
    const awaits = isMissing ? awaitedBy?.(manifest, earlier.path) : undefined;
    const seen = { ...each, found: at, isUnbuilt: isUnbuilt || awaits !== undefined };
    return withFile(
      earlier,
      awaits === undefined ? seen : { ...seen, awaits },
      audit?.get(earlier.path),
    );
  });
  return ok({ shipped: { ...common, entries, isComplete: true }, findings: read.findings });
}

function sourcesOf(workspace: Workspace): Result<{
  readonly origin: ShippedOrigin;
  readonly sources: readonly ManifestSource[];
}> {
  const made = readManifests(workspace.paths.manifestDir);
  if (made.ok && made.value.some(({ text }) => text !== "")) {
    return ok({ origin: "manifest.d", sources: made.value });
  }
  const sources = readComponentManifests(workspace);
  if (sources.length > 0) return ok({ origin: "components", sources });
  return fail(
    "bad-input",
    `There is no manifest in ${workspace.root} yet: neither in manifest.d nor in a component.`,
    "Run `smartbuild run configure`, which gets the components.",
  );
}

function readLines(
  { root, layout }: Workspace,
  {
    origin,
    sources,
  }: { readonly origin: ShippedOrigin; readonly sources: readonly ManifestSource[] },
): Read {
  const lines = aggregate(sources);
  const sorted = sortManifest(lines, layout);
  const plan = planImage(sorted);
  const delivered = deliveredBy(plan);
  const findings = new Findings(root, layout);
  checkLines(lines, sorted, plan, findings);
  checkParents(plan, delivered, findings);
  checkClashes(delivered, findings);
  checkHardLinks(plan, delivered, findings);
  const owners = readOwners(root, layout);
  if (owners.ok) checkOwners(plan, owners.value, findings);
  checkDangling(plan, delivered, new Set(["usr.lgz"]), findings);
  return { origin, plan, delivered, replaced: replacedBy(sorted), findings: findings.all };
}

/** By file and line. */
type Replaced = ReadonlyMap<string, ReadonlyMap<number, readonly PlacedLine[]>>;

function replacedBy({ lines }: SortedManifest): Replaced {
  const files = new Map<string, Map<number, readonly PlacedLine[]>>();
  for (const { file, line, replaced } of lines) {
    if (replaced.length === 0) continue;
    const byLine = files.get(file) ?? new Map<number, readonly PlacedLine[]>();
    files.set(file, byLine);
    byLine.set(line, replaced.toReversed());
  }
  return files;
}

/** What the lines say of each path, by path; nobody has looked for a file yet. */
function knownEntries({ delivered, replaced, findings }: Read): readonly KnownEntry[] {
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path = "" } = finding;
    const others = byPath.get(path);
    if (others === undefined) byPath.set(path, [finding]);
    else others.push(finding);
  }
  const sorted: { readonly order: string; readonly known: KnownEntry }[] = [];
  for (const [path, named] of delivered.byPath) {
    const [entry] = named;
    if (entry === undefined) continue;
    const lines = named.flatMap((each): readonly PlacedLine[] => {
      const others = replaced.get(each.file)?.get(each.line);
      return others === undefined ? [each] : [each, ...others];
    });
    sorted.push({
      order: orderOf(toText(path)),
      known: {
        entry,
        lines,
        findings: byPath.get(toText(path)) ?? none,
        found: undefined,
        isUnbuilt: true,
      },
    });
  }
  sorted.sort((a, b) => (a.order < b.order ? -1 : 1));
  return sorted.map(({ known }) => known);
}

const none: readonly Finding[] = [];
