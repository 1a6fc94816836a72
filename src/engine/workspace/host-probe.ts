// Invariant: nothing is started to learn about a host, except `zonename` on SunOS.
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { availableParallelism, release, totalmem, type as systemType } from "node:os";
import { join } from "node:path";

/** Programs that a build calls by name, less make. */
const toolNames = [
  "gcc",
  "git",
  "bash",
  "openssl",
  "tar",
  "gtar",
  "gzip",
  "bzip2",
  "patch",
  "curl",
  "md5sum",
  "autoconf",
  "pfexec",
] as const;

export type ToolName = (typeof toolNames)[number];

/** What there is to build with. */
export interface HostProbe {
  readonly isSunOS: boolean;
  /** e.g. `5.11` or a Linux kernel's. */
  readonly release: string;
  /** Only on SunOS: `global` or the zone's name. */
  readonly zone?: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly isRoot: boolean;
  /** Program to run for make (absolute path); absent when there is neither gmake nor make. */
  readonly make?: string;
  /** Absolute path by name; a program not on PATH is absent. */
  readonly tools: Readonly<Partial<Record<ToolName, string>>>;
}

/** The first executable file of this name in the folders of `path` (colon-separated). */
export function findProgram(
  name: string,
  path: string = process.env["PATH"] ?? "",
): string | undefined {
  for (const folder of path.split(":")) {
    // An empty entry means the current folder: not where a build tool is.
    if (!folder.startsWith("/")) continue;
    const file = join(folder, name);
    try {
      if (statSync(file).isFile()) {
        accessSync(file, constants.X_OK);
        return file;
      }
    } catch {
      continue;
    }
  }
  return undefined;
}

/** GNU make: `gmake` where there is one (on SunOS `make` is another program), else `make`. */
export function makeProgram(path: string = process.env["PATH"] ?? ""): string | undefined {
  return (
    findProgram("gmake", path) ?? (systemType() === "SunOS" ? undefined : findProgram("make", path))
  );
}

function zoneName(): string | undefined {
  const { status, stdout } = spawnSync("/usr/bin/zonename", { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Looks at the host: system, zone, size, rights, and which tools are on PATH. */
export function probeHost(path: string = process.env["PATH"] ?? ""): HostProbe {
  const isSunOS = systemType() === "SunOS";
  const zone = isSunOS ? zoneName() : undefined;
  const make = makeProgram(path);
  const tools: Partial<Record<ToolName, string>> = {};
  for (const name of toolNames) {
    const found = findProgram(name, path);
    if (found !== undefined) tools[name] = found;
  }
  return {
    isSunOS,
    release: release(),
    ...(zone === undefined ? {} : { zone }),
    cpus: availableParallelism(),
    memory: totalmem(),
    isRoot: process.getuid?.() === 0,
    ...(make === undefined ? {} : { make }),
    tools,
  };
}
