// Invariant: pure; however little room there is, the file and line of a problem are among what is
// shown of it, as long as they fit.
import { basename, isAbsolute, relative, resolve } from "node:path";
import type { Problem } from "../../engine/journal/state.ts";
import { textWidth } from "../text-width.ts";
import { shorten, shortenStart } from "./cells.ts";
import { wrapped } from "./wrapped.ts";

/** The file and line to open: as in the editor, the manifest before the source. */
export function problemPlace({ manifest, manifestLine, file, line }: Problem): string | undefined {
  const [path, number] = manifest === undefined ? [file, line] : [manifest, manifestLine];
  if (path === undefined) return undefined;
  return number === undefined ? path : `${path}:${number}`;
}

/**
 * The problem with its file named from the workspace on, in its sentence, too. Only of a name
 * without folders, or with `..`, is it certain that make's folder is what it stands in.
 */
export function located(problem: Problem, workspace: string): Problem {
  const { file, folder, summary } = problem;
  if (file === undefined || folder === undefined || !isAbsolute(folder)) return problem;
  if (!/^(?:\.{1,2}\/|[^/]+$)/.test(file)) return problem;
  const below = relative(workspace, resolve(folder, file));
  if (below === "" || below.startsWith("..")) return problem;
  const words = summary.split(" ").map((word) => (word === file ? below : word));
  return { ...problem, file: below, summary: words.join(" ") };
}

/**
 * The sentence of a problem behind a heading, in at most `most` rows of `width` cells; the place
 * follows where the sentence does not name it, or is cut before it does.
 */
export function problemRows(
  heading: string,
  problem: Problem,
  width: number,
  most: number,
  ellipsis: string,
): readonly string[] {
  const place = problemPlace(problem);
  const isNamed = (text: string): boolean => place === undefined || names(text, problem);
  const said = `${heading} ${problem.summary}`;
  const whole = isNamed(said) ? said : `${said} (${place ?? ""})`;
  const rows = wrapped(whole, width);
  if (rows.length <= most) return rows;
  const kept = rows.slice(0, most - 1);
  const last = rows.slice(most - 1).join(" ");
  const cut = [...kept, shorten(last, width, ellipsis)];
  if (place === undefined || isNamed(cut.join(" "))) return cut;
  const tail = ` (${shortenStart(place, Math.max(8, width - 12), ellipsis)})`;
  return [...kept, `${shorten(last, width - textWidth(tail), ellipsis)}${tail}`];
}

/** Whether a text tells the file and the line to open. */
function names(text: string, { manifest, manifestLine, file, line }: Problem): boolean {
  const [path, number] = manifest === undefined ? [file, line] : [manifest, manifestLine];
  if (path === undefined || !text.includes(basename(path))) return false;
  return number === undefined || new RegExp(`(?<!\\d)${number}(?!\\d)`).test(text);
}
