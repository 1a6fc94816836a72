// Invariant: a candidate is one failure message of a log, not yet known to be a cause.
import type { Reading } from "./read-line.ts";
import type { DiagnosedLine } from "./found-problem.ts";

/** One message with the lines that belong to it. */
export interface Candidate {
  readonly reading: Reading;
  readonly first: number;
  readonly start: number;
  last: number;
  end: number;
  /** A step that failed stands below it. */
  confirmed: boolean;
}

/** A candidate of one line. */
export function candidateAt(reading: Reading, number: number, line: DiagnosedLine): Candidate {
  return {
    reading,
    first: number,
    last: number,
    start: line.offset,
    end: line.end,
    confirmed: false,
  };
}

const linkKinds: ReadonlySet<string> = new Set([
  "symbol-undefined",
  "symbol-duplicate",
  "link-error",
  "library-missing",
]);
const compileKinds: ReadonlySet<string> = new Set(["compile-error", "header-missing"]);
const source = /\.(?:c|cc|cpp|cxx|C|c\+\+|m|mm|s|S|java|f|F|f90|F90|y|l)$/;
/** Messages in which the quoted name is what is wrong, wherever it is used. */
const aboutName =
  /undeclared|unknown type|not declared|has no member|implicit declaration|is deprecated|not a member|does not name|storage size|incomplete type|cannot find symbol/;

/** True for messages of a compiler. */
export function isCompile({ reading }: Candidate): boolean {
  return compileKinds.has(reading.form.kind);
}

/** True for messages of a compiler or linker, which parallel jobs print long before make stops. */
export function isCompileOrLink(candidate: Candidate): boolean {
  return isCompile(candidate) || linkKinds.has(candidate.reading.form.kind);
}

/** The option that makes a warning an error; such messages do not follow from one another. */
function promotedBy({ reading }: Candidate): string | undefined {
  return /\[-Werror=([\w-]+)[=\w]*\]\s*$/.exec(reading.text)?.[1];
}

/** Names of what is wrong; messages that share one are the same problem. */
export function keysOf({ reading }: Candidate): string[] {
  const { form, parts, text } = reading;
  const { file = "", line = "", name, what } = parts;
  if (name !== undefined && form.kind !== "patch-failed") return [`${form.kind}|${name}`];
  if (form.kind === "image-entry-missing") return [`${form.kind}|${file}${what ?? ""}`];
  const message = what ?? text;
  const keys = [`${form.kind}|${file}|${line}|${message}`];
  if (compileKinds.has(form.kind) && aboutName.test(message)) keys.push(`${form.kind}||${message}`);
  return keys;
}

/** How a message stands to an earlier one of the same failed step. */
export function relation(head: Candidate, later: Candidate): "same" | "follows" | "independent" {
  const one = head.reading;
  const two = later.reading;
  if (two.form.kind === "killed") return "follows";
  if (one.form.kind === "patch-failed" && two.form.kind === "patch-failed") return "follows";
  // tar says in its own words what the program that unpacks for it has said.
  if (one.form.kind === "archive-damaged" && two.form.kind === "archive-damaged") return "follows";
  // What did not arrive whole cannot be unpacked.
  const isFetch = one.form.kind === "git-failed" || one.form.kind === "download-failed";
  if (isFetch && two.form.kind === "archive-damaged") return "follows";
  if (isCompile(head) && isCompile(later)) {
    const promoted = promotedBy(later);
    if (promoted !== undefined && promotedBy(head) === promoted) return "same";
    const [fileOne = "", fileTwo = ""] = [one.parts["file"], two.parts["file"]];
    return fileOne !== fileTwo && source.test(fileOne) && source.test(fileTwo)
      ? "independent"
      : "follows";
  }
  if (one.form.kind === two.form.kind) {
    return one.form.kind === "manual-page-unshipped" || one.form.kind === "style-finding"
      ? "same"
      : "independent";
  }
  const isLastWord = two.form.kind === "link-error" && linkKinds.has(one.form.kind);
  if ((isCompile(head) && isCompileOrLink(later)) || isLastWord) return "follows";
  return one.form.kind === "disk-full" || one.form.kind === "out-of-memory"
    ? "follows"
    : "independent";
}
