// Invariant: looks and asks, and changes nothing: no package is installed, no file written, no rights
// are raised. What configure would ask of the host is asked by the same commands.
import { readFileSync, statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { isThere } from "./file-facts.ts";
import { findProgram, makeProgram } from "./host-probe.ts";
import { packagesOf } from "./packages.ts";
import type { Workspace } from "./workspace.ts";

/** `missing`: a build of this tree would stop for it; `note`: it works, but not in every way. */
export type FindingState = "ok" | "missing" | "note";

/** One thing that a build needs of its host. */
export interface Finding {
  readonly name: string;
  readonly state: FindingState;
  /** What there is, in a few words. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Runs a command and gives its first line; undefined when it is not there or fails. */
export type Ask = (argv: readonly string[]) => Promise<string | undefined>;

const gib = 2 ** 30;
/** What the README of smartos-live asks of a build zone. */
const wanted = { disk: 25 * gib, memory: 2 * gib, fileSystems: ["ufs", "pcfs", "tmpfs"] };

/** What this host has and lacks for a build of this tree, in the order in which a build meets it. */
export async function examineHost(
  workspace: Workspace,
  path: string,
  ask: Ask,
): Promise<readonly Finding[]> {
  const configure = textOf(join(workspace.root, "configure"));
  const needsSmartOs = /only works (?:on|with) SunOS/.test(configure);
  const system = await ask(["uname", "-s"]);
  const isSmartOs = system === "SunOS";
  return [
    await systemFinding(needsSmartOs, system, ask),
    ...(needsSmartOs ? [await zoneFinding(isSmartOs, ask)] : []),
    ...toolFindings(path),
    ...(isSmartOs ? await preflightFindings(workspace.root, ask) : []),
    ...(needsSmartOs ? await packageFindings(configure, isSmartOs, ask) : []),
    ...(workspace.layout === "classic" && needsSmartOs ? compilerFindings() : []),
    diskFinding(workspace.root, needsSmartOs),
    memoryFinding(needsSmartOs),
    ...(needsSmartOs ? [await imageFinding(path, isSmartOs, ask)] : []),
  ];
}

async function systemFinding(
  needsSmartOs: boolean,
  system: string | undefined,
  ask: Ask,
): Promise<Finding> {
  // On SunOS the version is that of the platform image; elsewhere it is a date at best.
  const version = (await ask(["uname", system === "SunOS" ? "-v" : "-r"])) ?? "";
  const found = `${system ?? "unknown"} ${version}`.trim();
  if (!needsSmartOs || system === "SunOS") return { name: "system", state: "ok", found };
  return {
    name: "system",
    state: "missing",
    found,
    advice:
      "configure of this tree stops on all but SunOS: build it in a SmartOS zone. `smartbuild image` works here.",
  };
}

async function zoneFinding(isSmartOs: boolean, ask: Ask): Promise<Finding> {
  const zone = await ask(["zonename"]);
  if (!isSmartOs || zone === undefined) {
    return { name: "zone", state: "missing", found: "no zone", advice: "Build in a SmartOS zone." };
  }
  if (zone !== "global") return { name: "zone", state: "ok", found: zone };
  const advice = "Make a zone of brand joyent with vmadm and build there.";
  return { name: "zone", state: "missing", found: "the global zone", advice };
}

function toolFindings(path: string): Finding[] {
  const make = makeProgram(path);
  const tools = ["git", "bash", "openssl"].map((name): Finding => {
    const file = findProgram(name, path);
    return file === undefined
      ? { name, state: "missing", found: "not on PATH", advice: `Install ${name}.` }
      : { name, state: "ok", found: file };
  });
  const compiler = findProgram("gcc", `${path}:/opt/local/bin`);
  return [
    make === undefined
      ? { name: "make", state: "missing", found: "no GNU make", advice: "Install gmake." }
      : { name: "make", state: "ok", found: make },
    compiler === undefined
      ? { name: "gcc", state: "missing", found: "not on PATH", advice: "Install gcc." }
      : { name: "gcc", state: "ok", found: compiler },
    ...tools,
  ];
}

/** What tools/preflight of today's trees asks of the platform image: the stage after configure. */
async function preflightFindings(root: string, ask: Ask): Promise<Finding[]> {
  if (!/openssl_maj < 3\b/.test(textOf(join(root, "tools/preflight")))) return [];
  // That of the platform image; another of pkgsrc may come first on PATH.
  const program = process.platform === "sunos" ? "/bin/openssl" : "openssl";
  const version = await ask([program, "version"]);
  const found = version ?? "no openssl";
  if (Number(/^OpenSSL (\d+)/.exec(found)?.[1] ?? 0) >= 3) {
    return [{ name: "platform", state: "ok", found }];
  }
  const advice = "The platform image of this host must have OpenSSL 3 (20211216T012707Z or later).";
  return [{ name: "platform", state: "missing", found, advice }];
}

async function packageFindings(
  configure: string,
  isSmartOs: boolean,
  ask: Ask,
): Promise<Finding[]> {
  const packages = packagesOf(configure);
  if (!isSmartOs || packages.length === 0) return [];
  const missing: string[] = [];
  for (const name of packages) {
    if ((await ask(["pkg_info", "-qe", name])) === undefined) missing.push(name);
  }
  const found = `${packages.length - missing.length} of ${packages.length} are there`;
  return [
    missing.length === 0
      ? { name: "packages", state: "ok", found }
      : {
          name: "packages",
          state: "note",
          found: `${found}; missing: ${missing.join(" ")}`,
          advice: "configure installs them with pkgin, for which it needs the network.",
        },
  ];
}

/** Compilers of 2012, which configure downloads when a fragment says from where. */
function compilerFindings(): Finding[] {
  const compilers = [
    { name: "gcc 4.4.4", file: "/opt/gcc/4.4.4/bin/gcc", setting: "GCC44_URL" },
    { name: "Sun Studio", file: "/opt/SUNWspro/prod/bin/cc", setting: "SUNW_SPRO12_URL" },
  ];
  return compilers.map(({ name, file, setting }) =>
    isThere(file)
      ? { name, state: "ok", found: file }
      : {
          name,
          state: "note",
          found: `no ${file}`,
          advice: `configure downloads it when ${setting} says from where.`,
        },
  );
}

function diskFinding(root: string, needsMuch: boolean): Finding {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  const found = `${(free / gib).toFixed(1)} GiB free`;
  if (!needsMuch || free >= wanted.disk) return { name: "disk", state: "ok", found };
  const advice = "A whole build wants 25 GiB: raise the zone's quota or make room.";
  return { name: "disk", state: "note", found, advice };
}

function memoryFinding(needsMuch: boolean): Finding {
  const found = `${(totalmem() / gib).toFixed(1)} GiB`;
  if (!needsMuch || totalmem() >= wanted.memory) return { name: "memory", state: "ok", found };
  const advice = "A build wants 2 GiB or more: raise max_physical_memory.";
  return { name: "memory", state: "note", found, advice };
}

/** The tree's build_live mounts images, for which the zone must allow it; ours needs nothing. */
async function imageFinding(path: string, isSmartOs: boolean, ask: Ask): Promise<Finding> {
  const own = "smartbuild's own image maker needs neither.";
  if (!isSmartOs || findProgram("pfexec", path) === undefined) {
    const found = "no pfexec";
    const advice = `The tree's build_live needs pfexec and mounts; ${own}`;
    return { name: "image", state: "note", found, advice };
  }
  const allowed = await ask(["mdata-get", "sdc:fs_allowed"]);
  const missing = wanted.fileSystems.filter((name) => allowed?.split(",").includes(name) !== true);
  if (missing.length === 0)
    return { name: "image", state: "ok", found: `fs_allowed ${allowed ?? ""}` };
  return {
    name: "image",
    state: "note",
    found:
      allowed === undefined
        ? "fs_allowed cannot be read"
        : `fs_allowed lacks ${missing.join(", ")}`,
    advice: `The tree's build_live needs fs_allowed=ufs,pcfs,tmpfs; ${own}`,
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
