// Invariant: every entry of an image log is told once, whole, also when text of another descriptor
// stands in the middle of it; an error that ends the builder is told whether or not it says FAILED.
import { entryStart, parseImageEntry, type ImageEntry } from "./image-entry.ts";

/** Something that an image log says, and where: 1-based lines, split on \n only. */
export type ImageLogItem = { readonly lines: readonly [first: number, last: number] } & (
  | {
      readonly kind: "entry";
      readonly entry: ImageEntry;
      /** It stands in a list of failures that is printed again at the end. */
      readonly isRepeat: boolean;
    }
  /** An error after which the builder ends at once; no FAILED is printed for it. */
  | { readonly kind: "fatal"; readonly call: string; readonly error: string }
  /** A file could not be copied; the builder goes on only where the target's folder is missing. */
  | {
      readonly kind: "copy-error";
      readonly from: string;
      readonly to: string;
      readonly error: string;
    }
  /** A line of the sorted manifest that the builder cannot use, and goes on. */
  | { readonly kind: "manifest-line"; readonly manifestLine: number; readonly problem: string }
);

/** Builder's error messages (builder.c: perror, warn), and what a traced build_live puts between. */
const intruder =
  /(?:(?:mkdir|chown|chmod|file_cp)\(\): |(?:symlink|link): (?!.*=>)|builder: Error copying |\[?\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] )/;
const intruderAtStart = new RegExp(`^${intruder.source}`);
const fatal =
  /^(?:(mkdir|chown|chmod|file_cp|symlink|link)(?:\(\))?: (.+)|failed to (chdir)\((?:.*)\): (.+)|(invalid (?:symlink|link) target): (.+)|(euid) (must be 0 to use this tool\.))$/;
const copyError = /^builder: Error copying (.+) to (.+)$/;
const manifestLine =
  /^((?:Wrong number of arguments for \w+|Invalid type \(.\)) )on line\[(\d+)\]: (.*)$/;
/** An entry that is complete, with something else behind it. */
const endedEntry = /^(.*\]: (?:OK(?: \(.*\))?|FAILED)|LINK.* => .*: (?:OK|FAILED))(.+)$/;
/** A shell that traces its words prints a failed entry once more, in quotes or a test. */
const quoted = /^(?:'| \]\]$)/;
/** The rest of a split entry stands within this many lines. */
const mostBetween = 12;
const longestEntry = 4096;

/** Reads an image log line by line. */
export class ImageLogReader {
  #line = 0;
  /** The beginning of an entry whose rest has not come yet. */
  #head: { readonly texts: readonly string[]; readonly line: number } | undefined;
  #copy: { readonly from: string; readonly to: string; readonly line: number } | undefined;
  #isInFailures = false;

  /**
   * Takes the next line.
   *
   * @param text without its newline
   * @returns what is complete with it, in the order of the log
   */
  read(text: string): ImageLogItem[] {
    this.#line++;
    const line = text.endsWith("\r") ? text.slice(0, -1) : text;
    if (line === "Failures:") this.#isInFailures = true;
    const repeated = /^ {2}\| (?=FILE|DIR|LINK)/.exec(line);
    if (repeated !== null) return this.#whole(line.slice(repeated[0].length), true);
    return entryStart.test(line) ? this.#begin(line) : this.#other(line);
  }

  /** Tells what is left at the end of the log: the entry that the builder was at. */
  end(): ImageLogItem[] {
    return this.#giveUpHead();
  }

  #begin(line: string): ImageLogItem[] {
    const before = this.#giveUpHead();
    const entry = parseImageEntry(line);
    if (entry !== undefined && entry.outcome.kind !== "unfinished") {
      return [...before, this.#entry(entry, this.#line, this.#isInFailures)];
    }
    const start = entryStart.exec(line)?.[0].length ?? 0;
    const at = line.slice(start).search(intruder);
    if (at === -1) {
      const ended = endedEntry.exec(line);
      if (ended !== null) {
        const [, text = "", rest = ""] = ended;
        return quoted.test(rest) ? before : [...before, ...this.#whole(text, this.#isInFailures)];
      }
      this.#head = { texts: headsOf(line), line: this.#line };
      return before;
    }
    this.#head = { texts: [line.slice(0, start + at)], line: this.#line };
    return [...before, ...this.#message(line.slice(start + at))];
  }

  #other(line: string): ImageLogItem[] {
    const messages = this.#message(line);
    const head = this.#head;
    if (messages.length > 0 || head === undefined || intruderAtStart.test(line)) {
      if (head === undefined && messages.length === 0) this.#isInFailures = line === "Failures:";
      return messages;
    }
    for (const text of head.texts) {
      const entry = parseImageEntry(text + line);
      if (entry === undefined || entry.outcome.kind === "unfinished") continue;
      this.#head = undefined;
      return [this.#entry(entry, head.line, false)];
    }
    return this.#line - head.line >= mostBetween ? this.#giveUpHead() : [];
  }

  /** An error message of the builder. */
  #message(text: string): ImageLogItem[] {
    const lines = [this.#line, this.#line] as const;
    const copy = this.#copy;
    this.#copy = undefined;
    if (copy !== undefined && text.startsWith(": ")) {
      const { from, to, line } = copy;
      return [{ kind: "copy-error", from, to, error: text.slice(2), lines: [line, this.#line] }];
    }
    const copying = copyError.exec(text);
    if (copying !== null) {
      this.#copy = { from: copying[1] ?? "", to: copying[2] ?? "", line: this.#line };
      return [];
    }
    const ending = fatal.exec(text);
    if (ending !== null) {
      // Of the alternatives' groups only two took part.
      const [call = "", error = ""] = Array.from(ending, (part?: string) => part ?? "")
        .slice(1)
        .filter((part) => part !== "");
      return [{ kind: "fatal", call, error, lines }];
    }
    const refused = manifestLine.exec(text);
    if (refused === null) return [];
    const [, problem = "", number, words = ""] = refused;
    return [
      { kind: "manifest-line", manifestLine: Number(number), problem: problem + words, lines },
    ];
  }

  #giveUpHead(): ImageLogItem[] {
    const head = this.#head;
    this.#head = undefined;
    const entry = head?.texts.map(parseImageEntry).find((one) => one !== undefined);
    return head === undefined || entry === undefined ? [] : [this.#entry(entry, head.line, false)];
  }

  #whole(text: string, isRepeat: boolean): ImageLogItem[] {
    const entry = parseImageEntry(text);
    return entry === undefined ? [] : [this.#entry(entry, this.#line, isRepeat)];
  }

  #entry(entry: ImageEntry, first: number, isRepeat: boolean): ImageLogItem {
    return { kind: "entry", entry, isRepeat, lines: [first, this.#line] };
  }
}

/** What a line may have been before text of unknown form was put behind it: all of it first. */
function headsOf(line: string): string[] {
  // No path is that long: such a line is no entry, and its heads would be very many.
  if (line.length > longestEntry) return [line.slice(0, longestEntry)];
  return Array.from({ length: line.length }, (_, i) => line.slice(0, line.length - i));
}
