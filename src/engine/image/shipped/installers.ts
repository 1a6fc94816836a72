// Invariant: a component is named only where a line of its own part of a log put the file into the
// proto area; where no line tells, nothing is guessed.
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ShippedEntry } from "../../manifest/query.ts";
import { buildFolders } from "../../journal/builds.ts";

/** Where installing is looked for. */
export interface InstallerSearch {
  /** Folder of all builds. */
  readonly logFolder: string;
  /** The stage whose log tells of all components; those of single ones are named `STAGE/NAME`. */
  readonly stage: string;
  /** Names of the components. */
  readonly components: readonly string[];
  /** What begins a component; group 1 is its name. */
  readonly begins: readonly RegExp[];
  /** The proto area, absolute. */
  readonly proto: string;
  readonly signal?: AbortSignal;
}

/** Components by path, below the root of the image. */
export type Installers = ReadonlyMap<string, string>;

const mostBytes = 256 << 20;
const longestLine = 1 << 16;
const installing = /^(?:ginstall|install|install-sh|g?cp|g?ln|g?mv)$/;

/**
 * Which component installed which path, from the lines of install(1), cp, ln and mv in the logs of
 * illumos-extra: the newest log that tells counts. Reads at most 256 MiB, in pieces, so that keys and
 * signals do not wait.
 */
export async function readInstallers(search: InstallerSearch): Promise<Installers> {
  const found = new Map<string, string>();
  let left = mostBytes;
  for (const { path, component } of await logsOf(search)) {
    const size = (await stat(path).catch(() => undefined))?.size ?? 0;
    left -= size;
    if (left < 0 || search.signal?.aborted === true) break;
    // Within a log a later line counts, but of two logs the newer one.
    for (const [at, by] of await readLog(path, component, search)) {
      if (!found.has(at)) found.set(at, by);
    }
  }
  return found;
}

/** Search folder of the proto area, as entries name it. */
const protoSource = "proto";

/** The entries with the component of `group` that installed each; of a hard link, its file's. */
export function withInstallers(
  entries: readonly ShippedEntry[],
  group: string,
  installers: Installers,
): readonly ShippedEntry[] {
  if (installers.size === 0) return entries;
  return entries.map((entry) => {
    const { path, type, target, component, source } = entry;
    // What ships from an overlay is not what the component installed.
    if (component !== group || type === "d" || (type === "f" && source !== protoSource))
      return entry;
    const by = installers.get(path) ?? (type === "h" ? installers.get(target ?? "") : undefined);
    return by === undefined ? entry : { ...entry, component: `${group}/${by}` };
  });
}

/** Logs that tell of components, the newest first; `component`: of one alone. */
async function logsOf({
  logFolder,
  stage,
}: InstallerSearch): Promise<{ readonly path: string; readonly component?: string }[]> {
  const logs: { readonly path: string; readonly component?: string }[] = [];
  for (const folder of buildFolders(logFolder)) {
    const names = await readdir(folder).catch((): string[] => []);
    const own = names.flatMap((name) => {
      const [, owner = "", attempt] = /^(.+)\.(\d+)\.log$/.exec(name) ?? [];
      const single = owner.startsWith(`${stage}+`) ? owner.slice(stage.length + 1) : undefined;
      if (owner !== stage && single === undefined) return [];
      const path = join(folder, name);
      const log = single === undefined ? { path } : { path, component: single };
      return [{ attempt: Number(attempt), log }];
    });
    logs.push(...own.sort((a, b) => b.attempt - a.attempt).map(({ log }) => log));
  }
  return logs;
}

async function readLog(
  path: string,
  only: string | undefined,
  { components, begins, proto, signal }: InstallerSearch,
): Promise<Installers> {
  const found = new Map<string, string>();
  const names = new Set(components);
  let current = only;
  let rest = "";
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 });
  try {
    for await (const chunk of stream) {
      if (signal?.aborted === true) break;
      const lines = (rest + String(chunk)).split("\n");
      rest = (lines.pop() ?? "").slice(0, longestLine);
      for (const line of lines) {
        if (only === undefined && (line.startsWith("=") || line.startsWith("("))) {
          const name = begins
            .map((pattern) => pattern.exec(line)?.[1] ?? "")
            .find((n) => names.has(n));
          current = name ?? current;
        }
        if (current === undefined || !line.includes(proto)) continue;
        for (const installed of installedBy(line, proto)) found.set(installed, current);
      }
    }
  } catch {
    // Its build's logs were dropped meanwhile, or it may not be read: what was read counts.
  } finally {
    stream.destroy();
  }
  return found;
}

/** The paths that a line of a log puts into the proto area; of a folder, those it may mean. */
export function installedBy(line: string, proto: string): string[] {
  return line.split(/[;|]|&&/).flatMap((command) => {
    const words = command
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^["'({]+|["')}]+$/g, ""));
    const at = words.findIndex((word) => installing.test(basename(word)));
    const args = at < 0 ? [] : words.slice(at + 1);
    const last = args.at(-1) ?? "";
    // SunOS: install -f FOLDER FILE.
    const folder = args[args.indexOf("-f") + 1] ?? "";
    const to = [last, ...(args.includes("-f") ? [folder] : [])].find((word) =>
      isBelow(word, proto),
    );
    if (to === undefined) return [];
    const path = below(to, proto);
    const sources = args.filter((word) => word !== to && !word.startsWith("-"));
    return [path, ...sources.map((source) => `${path}/${basename(source)}`)];
  });
}

function isBelow(word: string, proto: string): boolean {
  return word.startsWith(`${proto}/`);
}

/** `proto//usr/bin/` is usr/bin. */
function below(word: string, proto: string): string {
  return word
    .slice(proto.length)
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}
