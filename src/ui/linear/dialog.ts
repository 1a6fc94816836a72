// Invariant: append-only: lines are written one after the other, nothing is drawn, moved or erased,
// and every question is answered by a number or a text and Enter.
import type { LineInput } from "./line-input.ts";

/** One answer to choose. */
export interface Choice {
  readonly text: string;
  /** Why it cannot be chosen now. */
  readonly reason?: string | undefined;
}

/** A conversation with somebody who hears the screen, or reads it on a braille line. */
export class Dialog {
  readonly #input: LineInput;
  readonly #write: (text: string) => void;

  constructor(input: LineInput, write: (text: string) => void) {
    this.#input = input;
    this.#write = write;
  }

  say(...lines: readonly string[]): void {
    for (const line of lines) this.#write(`${line}\n`);
  }

  /** The answer without blanks around it; undefined when the input has ended. */
  async ask(question: string): Promise<string | undefined> {
    this.#write(`${question} `);
    const line = await this.#input.next();
    if (line === undefined) this.#write("\n");
    return line?.trim();
  }

  /** Index of the choice that was made; undefined when none was. */
  async choose(
    heading: string,
    choices: readonly Choice[],
    none = "nothing to go back",
  ): Promise<number | undefined> {
    this.say(
      heading,
      ...choices.map(({ text, reason }, index) => {
        const off = reason === undefined ? "" : ` (not now: ${reason})`;
        return `${String(index + 1)}. ${text}${off}`;
      }),
    );
    for (;;) {
      const answer = await this.ask(`Type a number and Enter, or ${none}:`);
      if (answer === undefined || answer === "") return undefined;
      const index = /^\d+$/.test(answer) ? Number(answer) - 1 : -1;
      const choice = choices[index];
      if (choice === undefined) {
        this.say(`${answer} is none of them; there are 1 to ${String(choices.length)}.`);
      } else if (choice.reason === undefined) return index;
      else this.say(`${choice.text}: not now, ${choice.reason}.`);
    }
  }
}
