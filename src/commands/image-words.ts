// Invariant: every subcommand that looks at images names them, fails and lines up its columns in
// this one way.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { exitCodes } from "../engine/exit-codes.ts";
import { readable } from "../engine/image/format/bytes-io.ts";
import type { Found, MountedImage } from "../engine/image/inspect/mounted-image.ts";
import type { OpenImage } from "../engine/image/inspect/open-image.ts";
import { openImage } from "../engine/image/inspect/open-image.ts";
import type { ByteText } from "../engine/manifest/byte-text.ts";
import { fromText, toText } from "../engine/manifest/byte-text.ts";
import type { Failure, Result } from "../engine/result.ts";
import { fail } from "../engine/result.ts";
import type { Parsed, Usage } from "./options.ts";
import { helpText, parse } from "./options.ts";

/** What these commands use of the process they run in. */
export interface ImageIo {
  readonly cwd: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly env: NodeJS.ProcessEnv;
}

/** The exit code of a comparison that found differences, as diff(1) has it. */
export const differs = 1;

/** Prints a failure: what is wrong, and what to do next. Returns its exit code. */
export function tellFailure({ stderr }: ImageIo, { kind, message, advice }: Failure): number {
  stderr.write(`smartbuild image: ${message}\n`);
  if (advice !== undefined) stderr.write(`  ${advice}\n`);
  return exitCodes[kind];
}

/**
 * The words of a subcommand, as its table has them: at least `least`, at most `most`. A number is
 * the exit code when there is nothing more to do.
 */
export function readWords(
  argv: readonly string[],
  usage: Usage,
  [least, most]: readonly [number, number],
  io: ImageIo,
): Parsed | number {
  const parsed = parse(argv, usage);
  if (!parsed.ok) return tellFailure(io, parsed.failure);
  if (parsed.value.flags.has("help")) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const { length } = parsed.value.words;
  if (length >= least && length <= most) return parsed.value;
  const what = length < least ? "something is missing" : "there is a word too many";
  const failure = {
    kind: "usage",
    message: `${what}.`,
    advice: `Usage: smartbuild ${usage.synopsis}`,
  };
  return tellFailure(io, { ...failure, kind: "usage" });
}

/** FILE[:PATH] taken apart: a file that is there as it is written has no PATH. */
export function splitName(name: string, cwd: string): { file: string; path: string } {
  for (let colon = name.length; colon > 0; colon = name.lastIndexOf(":", colon - 1)) {
    const file = resolve(cwd, name.slice(0, colon));
    if (existsSync(file)) return { file, path: name.slice(colon + 1) };
  }
  return { file: resolve(cwd, name), path: "" };
}

/** What a FILE[:PATH] names. */
export interface Named {
  readonly image: OpenImage;
  readonly tree: MountedImage;
  readonly found: Found;
}

/**
 * Opens what FILE[:PATH] names, hands it over and closes it; a damaged image is a failure. `bare`:
 * the root image as it is before /usr is mounted.
 */
export async function withNamed<T>(
  name: string,
  { cwd }: ImageIo,
  { bare = false, follow = true }: { readonly bare?: boolean; readonly follow?: boolean },
  use: (named: Named) => Promise<Result<T>> | Result<T>,
): Promise<Result<T>> {
  const { file, path } = splitName(name, cwd);
  const opened = openImage(file);
  if (!opened.ok) return opened;
  const image = opened.value;
  try {
    const tree = bare ? image.bare : image.tree;
    const found = readable(image.file, () => tree.find(fromText(path), follow));
    if (!found.ok) return found;
    if (found.value === undefined) {
      return fail("bad-input", `${image.file} has no ${path}.`, "`smartbuild image ls` lists it.");
    }
    const used = readable(image.file, () => use({ image, tree, found: found.value ?? tree.root }));
    return used.ok ? await used.value : used;
  } finally {
    image.close();
  }
}

/** Text with names in it as it can be shown: what would steer the terminal is spelled out. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}

/** A name from an image as it can be shown. */
export function shown(name: ByteText): string {
  return printable(toText(name));
}

/** Rows with their columns lined up; the last one is as long as it is. `>`: to the right. */
export function columns(rows: readonly (readonly string[])[], alignment: string): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        if (alignment[index] === ">") return cell.padStart(width);
        return index === row.length - 1 ? cell : cell.padEnd(width);
      })
      .join("  "),
  );
}
