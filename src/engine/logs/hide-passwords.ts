// Invariant: hidden text keeps its length, so that styles and columns stay where they are.

/** The fact that build_live prints: `  * Password: "…"`. */
const fact = /^(\s*\* Password: ")(.*)(")/d;
/**
 * Its trace of a function that is about passwords (tools/build_live and tools/lib/build_common.sh):
 * all words after the name of the command, and what is assigned.
 */
const traced =
  /^\[+<?\d{4}-\d\d-\d\dT[\d:]{8}Z>?\] \S+:\d+: \w*password\w*\(\): (?:\w+=|\[\[ -[nz] |\S+ )(.*)/d;
const tracedFact =
  /^\[+<?\d{4}-\d\d-\d\dT[\d:]{8}Z>?\] \S+:\d+: \w+\(\): printf .* Password: (.*)/d;

/** The text with the root password of an image, where a tool of the tree prints it, made unreadable. */
export function hidePasswords(text: string): string {
  if (!text.includes("assword")) return text;
  for (const { pattern, group } of [
    { pattern: fact, group: 2 },
    { pattern: traced, group: 1 },
    { pattern: tracedFact, group: 1 },
  ]) {
    const [start, end] = pattern.exec(text)?.indices?.[group] ?? [];
    if (start === undefined || end === undefined) continue;
    return text.slice(0, start) + "*".repeat(end - start) + text.slice(end);
  }
  return text;
}
