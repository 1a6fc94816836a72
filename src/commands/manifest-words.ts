// Invariant: every subcommand of manifest reads its words, finds its tree and lines up its columns in
// this one way.
import { readShipped, type ReadShipped } from "../engine/image/shipped/read-shipped.ts";
import type { Shipped, ShippedEntry } from "../engine/manifest/query.ts";
import { modeText } from "../engine/manifest/query.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { report, type Io } from "./io.ts";
import { helpText, parse, type Parsed, type Usage } from "./options.ts";

/**
 * The words of a subcommand, at least `least` of them. A number is the exit code when there is
 * nothing more to do.
 */
export function readWords(
  argv: readonly string[],
  usage: Usage,
  least: number,
  io: Io,
): Parsed | number {
  const parsed = parse(argv, usage);
  if (!parsed.ok) return report(io, parsed.failure);
  if (parsed.value.flags.has("help")) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  if (parsed.value.words.length >= least) return parsed.value;
  const advice = `Usage: smartbuild ${usage.synopsis}`;
  return report(io, fail("usage", "Something is missing.", advice).failure);
}

/** A workspace and what ships of it. */
export interface ReadTree extends ReadShipped {
  readonly workspace: Workspace;
}

/** Reads what ships in the workspace that the options name. */
export async function readTree(io: Io, { values }: Parsed): Promise<Result<ReadTree>> {
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return workspace;
  const awaited = async () => {
    const { awaitedIn } = await import("../stages/awaited.ts");
    return awaitedIn(workspace.value, io.env["PATH"] ?? "");
  };
  const read = await readShipped(workspace.value, { awaited });
  return read.ok ? ok({ workspace: workspace.value, ...read.value }) : read;
}

/** What has to be known of the answer, a sentence each; for stderr. */
export function remarksOn(shipped: Shipped): string[] {
  const { origin, changedSince, isUnbuilt, refused, entries } = shipped;
  const awaited = [...new Set(entries.flatMap(({ awaits }) => awaits ?? []))];
  return [
    ...(origin === "components"
      ? ["manifest.d is not made yet, so the components' own manifests were read"]
      : []),
    ...(changedSince.length === 0
      ? []
      : [`manifest.d is older than ${changedSince.join(", ")}: \`smartbuild run manifest\``]),
    ...(isUnbuilt ? ["nothing is built yet, so files that are not there are not missed"] : []),
    ...(isUnbuilt || awaited.length === 0
      ? []
      : [`not built yet, so that their files are not missed: ${awaited.join(", ")}`]),
    ...refused.map(({ line, reason }) => `${line.file}:${line.line}: no entry: ${reason}`),
  ];
}

/** Prints the remarks. */
export function tellRemarks(io: Io, shipped: Shipped): void {
  for (const remark of remarksOn(shipped)) io.stderr.write(`smartbuild manifest: ${remark}\n`);
}

/** `root:bin`, or the link's target. */
export function ownerText({ user, group, target }: ShippedEntry): string {
  return target === undefined ? `${user ?? "?"}:${group ?? "?"}` : "";
}

/** Mode as manifests write it; empty for links. */
export function modeOf({ mode }: ShippedEntry): string {
  return mode === undefined ? "" : modeText(mode);
}
