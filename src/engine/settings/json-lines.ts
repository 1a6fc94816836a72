// Invariant: pure; says where in a JSON text something stands, never what it means.

/**
 * The line (1-based) of every member of a JSON text, by its path: `["keymap", "retry"]` is
 * `keymap/retry`. Names are as written, without their quotes. The text is one that JSON.parse takes.
 */
export function memberLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const path: string[] = [];
  let line = 1;
  let name = "";
  for (const [token] of text.matchAll(/\n|"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === "\n") line++;
    else if (token.startsWith('"')) name = token.slice(1, -1);
    else if (token === ":") lines.set([...path.slice(1), name].join("/"), line);
    else if (token === "{" || token === "[") path.push(name);
    else path.pop();
  }
  return lines;
}

/** The line (1-based) at which JSON.parse gave up; the last one where it does not say. */
export function lineOfError(text: string, message: string): number {
  const named = /\bline (\d+)\b/.exec(message)?.[1];
  if (named !== undefined) return Number(named);
  const position = /\bposition (\d+)\b/.exec(message)?.[1];
  const before = position === undefined ? text.trimEnd() : text.slice(0, Number(position));
  return before.split("\n").length;
}
