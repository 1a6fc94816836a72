// Invariant: files come in the order in which configure reads them; looking never runs anything.
import { join } from "node:path";
import { isFile, isFolder, isThere, namesIn } from "../workspace/file-facts.ts";
import { inLsOrder } from "../workspace/ls-order.ts";

export interface FragmentFile {
  readonly path: string;
  readonly name: string;
}

export interface FileWarning {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Endings of names that nobody means to be sourced. */
const leftovers = /(~|\.(bak|orig|example|old|save|rej|swp|swo|tmp|sample|dpkg-\w+|rpm\w+))$/;

function warningFor(root: string, name: string, searchPath: string): string | undefined {
  if (/\s/.test(name)) return `configure splits the name at its blank and sources neither part`;
  if (isFolder(join(root, name)))
    return "a folder matches configure.*, so configure tries to source the names in it";
  if (!isThere(join(root, name))) return "a link that leads nowhere; configure stops there";
  if (isLeftover(name))
    return "configure sources this file too, since its name matches configure.*";
  const elsewhere = searchPath
    .split(":")
    .filter((folder) => folder.startsWith("/") && folder !== root)
    .find((folder) => isFile(join(folder, name)));
  // Bash searches PATH for a sourced name without a slash before it looks here.
  return elsewhere === undefined
    ? undefined
    : `configure sources ${elsewhere}/${name} instead, since it is on PATH`;
}

/** Whether a fragment's name is that of a copy that an editor or a merge left behind. */
export function isLeftover(name: string): boolean {
  return leftovers.test(name);
}

/**
 * Classic: what `ls configure.*` gives in the root, in its order, and what is odd about it.
 * `drafted` are names of files that are to be written there.
 */
export function classicFragmentFiles(
  root: string,
  env: NodeJS.ProcessEnv,
  drafted: readonly string[] = [],
): { files: FragmentFile[]; warnings: FileWarning[] } {
  const names = inLsOrder(
    [...new Set([...namesIn(root), ...drafted])].filter((name) => name.startsWith("configure.")),
    env,
  );
  const files: FragmentFile[] = [];
  const warnings: FileWarning[] = [];
  for (const name of names) {
    const path = join(root, name);
    const isNew = drafted.includes(name) && !isThere(path);
    const message = isNew ? undefined : warningFor(root, name, env["PATH"] ?? "");
    if (message !== undefined) warnings.push({ file: path, line: 0, message });
    const isRead = isNew || (!/\s/.test(name) && isFile(path));
    if (isRead) files.push({ path, name });
  }
  return { files, warnings };
}

/** Modern: the defaults, then the user's file, as far as they exist or are to be written. */
export function modernFragmentFiles(root: string, drafted: readonly string[] = []): FragmentFile[] {
  return ["default.configure-build", "configure-build"]
    .map((name) => ({ name, path: join(root, name) }))
    .filter(({ name, path }) => drafted.includes(name) || isFile(path));
}
