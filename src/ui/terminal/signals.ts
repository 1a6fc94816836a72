// Invariant: what the terminal is told beside the screen (title, progress, bell) is written only
// when it changes, and is taken back whenever the terminal is given to somebody else.
import type { TerminalWords } from "../present/terminal-words.ts";

/** Which of them are wanted. */
export interface WantedSignals {
  readonly title: boolean;
  readonly progress: boolean;
  readonly bell: boolean;
}

/** xterm's stack of titles: the shell's own comes back when the console leaves. */
const saveTitle = "\x1b[22;0t";
const restoreTitle = "\x1b[23;0t";
const progressOff = "\x1b]9;4;0;0\x07";
const bell = "\x07";

export class TerminalSignals {
  readonly #write: (text: string) => void;
  readonly #wanted: WantedSignals;
  #title: string | undefined;
  #progress = progressOff;
  #isAway = false;

  constructor(write: (text: string) => void, wanted: WantedSignals) {
    this.#write = write;
    this.#wanted = wanted;
  }

  /** Tells how the build stands now. */
  show({ title, progress }: TerminalWords): void {
    if (this.#isAway) return;
    let text = "";
    if (this.#wanted.title && title !== this.#title) {
      text += `${this.#title === undefined ? saveTitle : ""}\x1b]2;${title}\x07`;
      this.#title = title;
    }
    const sequence = progressSequence(progress);
    if (this.#wanted.progress && sequence !== this.#progress) {
      text += sequence;
      this.#progress = sequence;
    }
    if (text !== "") this.#write(text);
  }

  /** Once, when a long run is over. */
  ring(): void {
    if (this.#wanted.bell && !this.#isAway) this.#write(bell);
  }

  /** Takes back title and progress; nothing is told until `comeBack`. */
  leave(): void {
    this.#isAway = true;
    let text = "";
    if (this.#title !== undefined) text += restoreTitle;
    if (this.#progress !== progressOff) text += progressOff;
    this.#title = undefined;
    this.#progress = progressOff;
    if (text !== "") this.#write(text);
  }

  comeBack(): void {
    this.#isAway = false;
  }
}

/** OSC 9;4 as terminals and task bars know it: 0 none, 1 running, 2 failed. */
function progressSequence(progress: TerminalWords["progress"]): string {
  if (progress === undefined) return progressOff;
  return `\x1b]9;4;${progress.failed ? 2 : 1};${progress.percent}\x07`;
}
