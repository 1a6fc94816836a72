// A private copy of the bundled tree, built at most once for each test file that asks for it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SOURCE = new URL("../../examples/mini-live", import.meta.url).pathname;

/** Copies examples/mini-live to a new folder below the temporary one and returns its real path. */
export function copyMiniLive(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mini-live-")));
  cpSync(SOURCE, root, { recursive: true, verbatimSymlinks: true });
  return root;
}

export function removeMiniLive(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

/** Runs a command to its end; `output` is stdout and stderr. The environment carries no make state. */
export function runIn(cwd: string, argv: readonly string[]): { status: number; output: string } {
  const [command, ...args] = argv;
  if (command === undefined) throw new Error("runIn needs a command");
  const env = { ...process.env, PWD: cwd, LC_ALL: "C" };
  const strip = new Set(["MAKEFLAGS", "MAKELEVEL", "MFLAGS", "BUILDSTAMP", "ILLUMOS_ENABLE_DEBUG"]);
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !strip.has(name)));
  const done = spawnSync(command, args, {
    cwd,
    env: kept,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (done.error !== undefined) throw done.error;
  return { status: done.status ?? -1, output: done.stdout + done.stderr };
}

/** Every regular file below `dir`, as paths relative to it. */
export function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1));
}
