// Invariant: hidden text keeps its length, so that styles, columns and offsets stay where they are.

const traced = String.raw`^\[+<?\d{4}-\d\d-\d\dT[\d:]{8}Z>?\] \S+:\d+: `;

/** Group 1 of each is what nobody should read. */
const patterns: readonly RegExp[] = [
  // The fact that build_live prints: `  * Password: "…"`.
  /^\s*\* Password: "(.*)"/d,
  // Its trace of a function that is about passwords (tools/build_live and tools/lib/build_common.sh):
  // all words after the name of the command, and what is assigned.
  new RegExp(String.raw`${traced}\w*password\w*\(\): (?:\w+=|\[\[ -[nz] |\S+ )(.*)`, "d"),
  new RegExp(String.raw`${traced}\w+\(\): printf .* Password: (.*)`, "d"),
  new RegExp(String.raw`${traced}bi_root_pw=(.*)`, "d"),
  // The password that configure -P was given: make's recipe, its second line, and build_live's trace.
  /(?:\bbuild_live\b.*|\bgetopts m:o:p: c .*) -p (\S+)/d,
  /^\s+-p (\S+) \S*\/proto$/d,
  // The setting, in whatever lists settings and variables.
  /\bPLATFORM_PASSWORD *[:+?]?= *('[^']*'|"[^"]*"|\S+)/d,
];

/** The text with the root password of an image, where a tool of the tree prints it, made unreadable. */
export function hidePasswords(text: string): string {
  if (!mayHold(text)) return text;
  return patterns.reduce((shown, pattern) => {
    const [start, end] = pattern.exec(shown)?.indices?.[1] ?? [];
    if (start === undefined || end === undefined) return shown;
    return shown.slice(0, start) + "*".repeat(end - start) + shown.slice(end);
  }, text);
}

/** The same for whole lines of a log; all other bytes stay what they are. */
export function hidePasswordBytes(bytes: Buffer): Buffer {
  if (!words.some((word) => bytes.includes(word))) return bytes;
  // One character a byte, whatever the bytes mean.
  const lines = bytes.toString("latin1").split("\n");
  return Buffer.from(lines.map(hidePasswords).join("\n"), "latin1");
}

/** A line with a password has one of these. */
const words = ["assword", "PASSWORD", "-p ", "bi_root_pw"];

function mayHold(text: string): boolean {
  return words.some((word) => text.includes(word));
}
