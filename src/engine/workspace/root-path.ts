// Invariant: a root that passes here can stand in a make target, a recipe and a colon-separated list.
import { fail } from "../result.ts";

// Tried one by one with GNU make 4.3 and bash: a tree whose path has the character, whose targets
// and recipes name $(ROOT) as the real Makefile does. `*`, `?` and `[` only fail beside a folder
// they match; `#` passes make but automake's configure refuses it ("unsafe absolute working
// directory name"); `{` is expanded by bash when a comma follows.
const reasons: ReadonlyMap<string, string> = new Map([
  [" ", "make splits names at blanks"],
  [":", "make takes it for the end of a target, PATH for the end of a folder"],
  [";", "make takes it for the start of a recipe"],
  ["#", "configure scripts refuse it and makefiles take it for a comment"],
  ["$", "make and the shell expand it"],
  ["%", "make takes it for a pattern"],
  ["&", "the shell runs the recipe up to it in the background"],
  ["'", "the shell takes it for a quote"],
  ['"', "the shell takes it for a quote"],
  ["`", "the shell runs what follows it"],
  ["\\", "the shell drops it"],
  ["(", "the shell takes it for a subshell"],
  [")", "the shell takes it for the end of a subshell"],
  ["<", "the shell takes it for a redirection"],
  [">", "the shell takes it for a redirection"],
  ["|", "make takes it for the start of order-only needs, the shell for a pipe"],
  ["*", "make and the shell match it against other names"],
  ["?", "make and the shell match it against other names"],
  ["[", "make and the shell match it against other names"],
  ["{", "the shell expands braces"],
]);

function reasonFor(character: string): string | undefined {
  if (character === "\uFFFD") return "the name is not valid UTF-8";
  const known = reasons.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f ? "make splits or garbles names at it" : undefined;
}

function shown(character: string): string {
  const names: Readonly<Record<string, string>> = {
    " ": "a blank",
    "\t": "a tab",
    "\n": "a newline",
    "\r": "a carriage return",
    ":": "a colon",
    "\uFFFD": "a byte that is not text",
  };
  const name = names[character];
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f
    ? `the control character 0x${code.toString(16).padStart(2, "0")}`
    : `the character ${character}`;
}

/**
 * Why make or the shell cannot build in this folder, or undefined when they can.
 * `path` is the real, absolute path of a workspace root. The failure is a `bad-input` result.
 */
export function unbuildablePath(path: string): ReturnType<typeof fail> | undefined {
  for (const character of path) {
    const reason = reasonFor(character);
    if (reason === undefined) continue;
    return fail(
      "bad-input",
      `The workspace path ${JSON.stringify(path)} has ${shown(character)}: ${reason}.`,
      "Move or rename the folder, then start again; a symbolic link does not help.",
    );
  }
  return undefined;
}
