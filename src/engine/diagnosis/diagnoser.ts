// Invariant: memory is bounded whatever the log holds; what was said of a line never depends on
// how the log was cut into pieces.
import { candidateAt, isCompileOrLink, type Candidate } from "./candidate.ts";
import { isCommand } from "./commands.ts";
import type { ProblemKind } from "./kinds.ts";
import type { DiagnosedLine, FoundProblem } from "./found-problem.ts";
import { NightlyWarnings } from "./nightly-warnings.ts";
import { PlaceTracker } from "./place-tracker.ts";
import { longestSpan, rank, type ProblemDraft } from "./problem-draft.ts";
import { ProblemList } from "./problem-list.ts";
import { readLine, type Reading } from "./read-line.ts";
import { RecentLines, type LineSource } from "./recent-lines.ts";
import { silentFailure } from "./silent-failure.ts";
import { undefinedTable } from "./undefined-table.ts";

const mostCandidates = 500;
/** A message of a program that recipes let fail counts only this close above the failed step. */
const nearLines = 60;
const farLines = 25;
/** make says that it lets a failure pass right below the messages of the command. */
const letPassLines = 12;
/** Without a failed step, a message counts only this close to the end of the log. */
const endLines = 200;
const apostrophe = 0x27;
const equals = 0x3d;
const blank = 0x20;

const letsPass = /\|\| *(?:true|:|\/bin\/true|exit 0)[;)\s]*$/;
const configureStep = /^(?:==> (?!.* <==$)| +\+--> )/;

/** A heading of the tree's configure. */
function isConfigureStep(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first === equals || first === blank) && configureStep.test(text);
}

/** How a log ended. */
export interface LogEnd {
  /**
   * True: the command that wrote the log failed; when nothing else is found, what ran last is
   * shown. False: it succeeded, so that all failures below it were let pass. Absent: not known.
   */
  readonly failed?: boolean;
}

/**
 * Finds what is wrong in one log, line by line. Formats: `rules/`.
 *
 * A message is a cause when a failed step (make's `*** [x] Error 1` and its like) stands below it.
 * What stands between two failed steps is one *segment*: its first message is the cause, the
 * others of the same source follow from it. A failed step without a message is a silent failure.
 */
export class Diagnoser {
  readonly #recent = new RecentLines();
  readonly #place = new PlaceTracker();
  readonly #problems = new ProblemList(this.#place);
  readonly #warnings = new NightlyWarnings();
  #segment: Candidate[] = [];
  /** The message whose lines may still go on. */
  #open: Candidate | undefined;
  #openDraft: ProblemDraft | undefined;
  #lastPointer = 0;
  #lastLevel: number | undefined;
  /** Line at which make last entered a folder, or configure went to its next step. */
  #enteredAt = 0;
  /** Another folder was entered after the last failed step. */
  #wentOn = false;
  /** Problems were made since the last failed step. */
  #accounted = false;

  /** The silent failure of dmake's last failed step, whose command it may print next. */
  #told: { readonly draft: ProblemDraft; readonly from: number } | undefined;

  /** Takes the next line of the log. */
  take(line: DiagnosedLine): void {
    this.#recent.push(line);
    const { text } = line;
    const number = this.#recent.count;
    this.#warnings.take(number, line);
    if (this.#open !== undefined && this.#continueOpen(number, line)) return;
    const last = text.charCodeAt(text.length - 1);
    if (last === apostrophe || text.charCodeAt(0) === equals) {
      if (this.#place.take(text)) {
        if (this.#place.isEntered) this.#enteredAt = number;
        this.#wentOn ||= number - this.#lastPointer > 1 && this.#place.isEntered;
        return;
      }
    }
    if (isConfigureStep(text)) this.#enteredAt = number;
    const reading = readLine(text);
    if (this.#told !== undefined) this.#takeTold(this.#told, number, line, reading);
    if (reading !== undefined && !this.#continuesCommand(number, reading))
      this.#note(reading, number, line);
  }

  /** Lines that cannot be skipped: what they mean depends on the line before. */
  get wantsNext(): boolean {
    return this.#open !== undefined || this.#told !== undefined;
  }

  /** Passes over lines without an anchor of `telling`; `source` finds them again when needed. */
  skip(lines: number, source: LineSource): void {
    this.#recent.skip(lines, source);
  }

  /** What is certain so far, cause first. */
  current(): readonly FoundProblem[] {
    return this.#problems.ranked();
  }

  /** Whether the log says why something failed, not only that it did. */
  get namesCause(): boolean {
    return this.#problems.namesCause;
  }

  /** What was found, cause first; take no line after it. */
  finish(end: LogEnd = {}): readonly FoundProblem[] {
    if (end.failed === false) {
      this.#problems.drop((draft) => !draft.isCertain);
      return this.#problems.ranked();
    }
    const total = this.#recent.count;
    const near = this.#segment.filter(
      (one) =>
        one.reading.form.role === "fatal" &&
        (one.confirmed || (total - one.last <= endLines && !this.#isSurvived(one, end))),
    );
    this.#problems.settle(near, rank.probable);
    // A nested make failed and the one that started it went on, to the end.
    if (this.#wentOn && total - this.#lastPointer > 10) {
      this.#problems.drop((draft) => draft.level !== undefined && draft.level > 0);
    }
    if (this.#problems.isEmpty) {
      const reach = end.failed === true ? 15 : 0;
      const last = this.#segment.filter(
        ({ reading, last: at }) => reading.form.role === "likely" && total - at <= reach,
      );
      this.#problems.settle(last.slice(0, 1), rank.possible);
    }
    if (this.#problems.isEmpty && end.failed === true) {
      const warned = this.#warnings.problem();
      if (warned !== undefined) this.#problems.add(warned, rank.probable);
      else this.#problems.add(silentFailure(this.#recent, total + 1, undefined), rank.possible);
    }
    this.#segment = [];
    return this.#problems.ranked();
  }

  /**
   * make went on to another folder, or configure to another step, and nobody says that the build failed. Not so for compilers and
   * linkers, beside which other jobs go on.
   */
  #isSurvived(one: Candidate, end: LogEnd): boolean {
    return end.failed === undefined && !isCompileOrLink(one) && this.#enteredAt > one.last;
  }

  #continueOpen(number: number, line: DiagnosedLine): boolean {
    const open = this.#open;
    const pattern = open?.reading.form.continues;
    if (
      open === undefined ||
      pattern === undefined ||
      open.last !== number - 1 ||
      !pattern.test(line.text)
    ) {
      this.#open = undefined;
      this.#openDraft = undefined;
      return false;
    }
    if (number - open.first >= longestSpan) return false;
    this.#openDraft?.add(open.reading.form.adds?.(line.text));
    const again = readLine(line.text);
    // The same tool's next message, which may be of another kind.
    if (again !== undefined && again.form !== open.reading.form && again.form.role !== "likely") {
      this.#open = undefined;
      this.#openDraft = undefined;
      return false;
    }
    open.last = number;
    open.end = line.end;
    if (this.#openDraft?.extend(number, line.end) === true && again?.form === open.reading.form) {
      this.#openDraft.count++;
    }
    return true;
  }

  /** True when the line above ends in a backslash: this is the rest of an echoed command. */
  #continuesCommand(number: number, { form }: Reading): boolean {
    if (form.role === "pointer" || form.role === "ignored") return false;
    return this.#recent.at(number - 1)?.text.endsWith("\\") === true;
  }

  /** dmake: `The following command caused the error:`, then the command, after the status. */
  #takeTold(
    told: { readonly draft: ProblemDraft; readonly from: number },
    number: number,
    line: DiagnosedLine,
    reading: Reading | undefined,
  ): void {
    const { draft, from } = told;
    if (number < from) {
      if (!line.text.startsWith("The following command caused the error:")) this.#told = undefined;
    } else if (reading?.form.role === "pointer" || number - from > 8) this.#told = undefined;
    else if (number === from) {
      draft.move({
        ...draft.begin,
        summary: `This failed and printed no reason: ${line.text.replace(/\s*\\$/, "")}`,
        first: number,
        last: number,
        start: line.offset,
        end: line.end,
      });
    } else if (this.#recent.at(number - 1)?.text.endsWith("\\") === true) {
      draft.extend(number, line.end);
    } else this.#told = undefined;
  }

  /** The command right above goes on whatever happens: `… || true`. */
  #isLetPass(number: number): boolean {
    const above = this.#recent.at(number - 1)?.text ?? "";
    return letsPass.test(above) && isCommand(above);
  }

  #note(reading: Reading, number: number, line: DiagnosedLine): void {
    switch (reading.form.role) {
      case "certain":
      case "fatal":
      case "likely": {
        if (reading.form.role !== "certain" && this.#isLetPass(number)) return;
        const candidate = candidateAt(reading, number, line);
        if (reading.form.continues !== undefined) this.#open = candidate;
        this.#openDraft = undefined;
        if (reading.form.role === "certain") {
          if (reading.form.explains !== undefined) this.#explain(reading.form.explains);
          this.#problems.settle([candidate], rank.cause);
          if (this.#problems.latest !== undefined) this.#problems.latest.isCertain = true;
          this.#openDraft =
            this.#problems.latest?.begin.first === number ? this.#problems.latest : undefined;
        } else if (this.#segment.length < mostCandidates) this.#segment.push(candidate);
        // The newest is kept too: where nothing says that a step failed, only the end counts.
        else this.#segment[mostCandidates - 1] = candidate;
        return;
      }
      case "ignored":
        this.#forgive(number, Number(reading.parts["level"] ?? 0));
        return;
      case "outcome":
        this.#outcome(reading, number, line);
        return;
      case "pointer":
        this.#pointer(reading, number, line);
        return;
    }
  }

  /** make went on: what its command printed, and what failed below it, is no problem. */
  #forgive(number: number, level: number): void {
    this.#problems.drop((draft) => draft.level !== undefined && draft.level > level);
    let edge = number;
    const isNear = (last: number): boolean => edge - last <= letPassLines;
    for (
      let last = this.#segment.at(-1);
      last !== undefined && isNear(last.last);
      last = this.#segment.at(-1)
    ) {
      edge = last.first;
      this.#segment.pop();
    }
    for (const draft of this.#problems.newest()) {
      if (draft.level !== undefined || !isNear(draft.last)) continue;
      edge = draft.begin.first;
      this.#problems.drop((one) => one === draft);
    }
    this.#lastPointer = number;
    this.#open = undefined;
  }

  /** A look at the result itself names more than what programs said on the way to it. */
  #explain(kinds: NonNullable<Reading["form"]["explains"]>): void {
    const isExplained = (kind: ProblemKind): boolean => kinds === "all" || kinds.includes(kind);
    this.#segment = this.#segment.filter(({ reading }) => !isExplained(reading.form.kind));
    this.#problems.drop(({ begin }) => isExplained(begin.kind));
  }

  #outcome(reading: Reading, number: number, line: DiagnosedLine): void {
    if (reading.form.kind === "link-error") {
      const table = undefinedTable(this.#recent, number);
      if (table !== undefined) this.#segment.push(table);
    }
    const settled = this.#closeSegment(number);
    if (settled || this.#accounted) {
      this.#problems.latest?.follow(number, number);
      return;
    }
    if (reading.form.say === undefined) return;
    const candidate = candidateAt(reading, number, line);
    this.#problems.settle([candidate], rank.outcome);
    this.#accounted = true;
  }

  #pointer(reading: Reading, number: number, line: DiagnosedLine): void {
    const { level: levelText, code } = reading.parts;
    const level = levelText === undefined ? 0 : Number(levelText);
    const settled = this.#closeSegment(number);
    this.#problems.passOn(level);
    this.#wentOn = false;
    const follows =
      settled ||
      this.#accounted ||
      (this.#lastLevel !== undefined &&
        (level < this.#lastLevel || number - this.#lastPointer <= 3 || code === "2"));
    if (follows) this.#problems.latest?.follow(number, number);
    else {
      this.#addSilent(reading, number, line);
      if (this.#problems.latest !== undefined) {
        this.#problems.latest.level = level;
        this.#told = { draft: this.#problems.latest, from: number + 2 };
      }
    }
    this.#lastPointer = number;
    this.#lastLevel = level;
    this.#accounted = false;
  }

  #addSilent(reading: Reading, number: number, line: DiagnosedLine): void {
    const draft = silentFailure(this.#recent, number, reading, line);
    this.#problems.add(draft, this.#problems.hasCause ? rank.outcome : rank.probable);
    this.#problems.latest?.follow(number, number);
  }

  /** A step failed at `number`; true when messages above it tell why. */
  #closeSegment(number: number): boolean {
    const segment = this.#segment;
    this.#segment = [];
    this.#open = undefined;
    const fatal = segment.filter(({ reading }) => reading.form.role === "fatal");
    const close = fatal.filter((one) => isCompileOrLink(one) || number - one.last <= nearLines);
    if (close.length > 0) {
      // A complaint far above, with another failure after it, was most likely survived.
      const isFar = (one: Candidate): boolean =>
        !isCompileOrLink(one) && number - one.last > farLines && one !== close.at(-1);
      this.#problems.settle(
        close.filter((one) => !isFar(one)),
        rank.cause,
      );
      this.#problems.settle(close.filter(isFar), rank.probable);
      this.#accounted = true;
      return true;
    }
    const likely = segment.filter(({ last }) => number - last <= nearLines);
    const group = likely.filter((one, index) =>
      likely
        .slice(index + 1)
        .every((later, step) => later.first - (likely[index + step]?.last ?? one.last) <= 3),
    );
    const [first] = group;
    if (first === undefined) return false;
    this.#problems.settle([first], rank.cause);
    for (const { first: from, last } of group.slice(1)) this.#problems.latest?.follow(from, last);
    this.#accounted = true;
    return true;
  }
}
