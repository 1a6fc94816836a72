// Invariant: the platform is what the image would be made of: manifest, overlays and proto area; what
// cannot be read counts as not there.
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import type { ShippedEntry } from "../manifest/query.ts";
import { fileSource } from "../image/format/bytes-io.ts";
import { readShipped } from "../image/shipped/read-shipped.ts";
import { findUndelivered } from "../image/shipped/undelivered.ts";
import { ok, type Result } from "../result.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { AuditContext } from "./audit-context.ts";
import { madeByImage, madeLate, readByImage } from "./made-by-image.ts";
import { readEarlier } from "./read-earlier.ts";
import { elfOf } from "./read-elf.ts";
import { Platform, type OpenContent, type PlatformEntry } from "./platform.ts";
import { readPrintedLogs, type LoggedStage } from "./printed/printed-logs.ts";

/**
 * Reads what the workspace delivers. `stages`: those whose logs say how it was compiled. Fails with
 * `bad-input` when there is no manifest yet.
 */
export async function readPlatform(
  workspace: Workspace,
  stages: readonly LoggedStage[],
): Promise<Result<AuditContext>> {
  const read = await readShipped(workspace);
  if (!read.ok) return read;
  const { shipped } = read.value;
  const sources = new Map(shipped.entries.map((entry) => [entry.path, sourceOf(entry, workspace)]));
  const undelivered = await findUndelivered(workspace.root, shipped);
  const { root, paths } = workspace;
  return ok({
    platform: new Platform(
      shipped.entries.flatMap((entry) => entryOf(entry, sources)),
      elfOf,
      madeByImage(workspace.layout),
    ),
    buildFolders: [root],
    undelivered: undelivered.map(({ path }) => path).filter((path) => !readByImage.has(path)),
    uninstalled: shipped.entries
      .filter(({ state, type, path }) => state === "failed" && type === "f" && !madeLate.has(path))
      .map(({ path, component }) => ({ path, component })),
    hardLinks: shipped.entries
      .filter(({ type }) => type === "h")
      .map(({ path, target, component }) => ({ path, target: target ?? "", component })),
    printedLogs: () => readPrintedLogs(paths.smartbuildLog, stages),
    earlier: readEarlier(paths.smartbuildLog),
    isInProto: (path) => existsSync(join(paths.proto, path)),
    isOnHost: existsSync,
  });
}

function sourceOf({ path, source }: ShippedEntry, { root }: Workspace): string | undefined {
  return source === undefined ? undefined : join(root, source, path);
}

function entryOf(
  { path, type, mode, user, group, component, target, state }: ShippedEntry,
  sources: ReadonlyMap<string, string | undefined>,
): PlatformEntry[] {
  if (state === "failed") return [];
  // A hard link is the file that it names.
  const file = sources.get(type === "h" ? (target ?? "") : path);
  return [
    {
      path,
      type: type === "h" ? "f" : type,
      mode,
      owner: `${user ?? "?"}:${group ?? "?"}`,
      component,
      target: type === "s" ? target : undefined,
      open: () => (file === undefined ? undefined : openFile(file)),
    },
  ];
}

function openFile(file: string): OpenContent | undefined {
  try {
    const opened = openSync(file, "r");
    return {
      source: fileSource(opened),
      close: () => {
        closeSync(opened);
      },
    };
  } catch {
    return undefined;
  }
}
