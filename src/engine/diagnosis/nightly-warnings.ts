// Invariant: remembers the first warning of the source build alone; other logs than nightly's have none.
import type { DiagnosedLine } from "./found-problem.ts";
import { ProblemDraft, rank } from "./problem-draft.ts";

/** Banners of nightly (usr/src/tools/scripts/nightly.sh of illumos-gate). */
const source = /^==== Building OS-Net source at /;
const end = /^==== Ended OS-Net source build at /;
/** As nightly looks for them in the log of its make. */
const warning = /warn:|warning:/i;
/** The warnings that it passes over. */
const passed =
  /^tic:|timezone' has differing types:|parameter <PSTAMP> set to|Ignoring unknown host|redefining segment flags attribute for/;

/**
 * nightly fails a build with any warning, although each of its commands went well; the warnings
 * stand among all other lines of its log.
 */
export class NightlyWarnings {
  #isBuilding = false;
  #first: (DiagnosedLine & { readonly number: number }) | undefined;
  #count = 0;

  take(number: number, line: DiagnosedLine): void {
    const { text } = line;
    if (text.startsWith("==== ")) {
      if (source.test(text)) this.#isBuilding = true;
      else if (end.test(text)) this.#isBuilding = false;
    } else if (this.#isBuilding && warning.test(text) && !passed.test(text)) {
      this.#count++;
      this.#first ??= { ...line, number };
    }
  }

  /** What to say of a nightly that failed without an error. */
  problem(): ProblemDraft | undefined {
    const found = this.#first;
    if (found === undefined) return undefined;
    const { text, number, offset, end: last } = found;
    const place = /^(?<file>[^\s:]+):(?<line>\d+):/.exec(text)?.groups;
    const others = this.#count === 1 ? "" : ` (the first of ${String(this.#count)})`;
    return new ProblemDraft(
      {
        kind: "nightly-warning",
        summary: `nightly fails a build that warns${others}: ${text}`,
        first: number,
        last: number,
        start: offset,
        end: last,
        ...(place?.["file"] === undefined ? {} : { file: place["file"] }),
        ...(place?.["line"] === undefined ? {} : { line: Number(place["line"]) }),
      },
      rank.probable,
    );
  }
}
