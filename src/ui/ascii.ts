// Invariant: pure; the outcome is ASCII and as wide as the text was.
import { textWidth } from "./text-width.ts";

/** Signs of ours that have a like in ASCII. */
const likes: Readonly<Record<string, string>> = {
  "✓": "+",
  "✗": "x",
  "●": "*",
  "·": ".",
  "…": "~",
  "→": ">",
  "←": "<",
  "↑": "^",
  "↓": "v",
  "–": "-",
  "—": "-",
  "×": "x",
  "▸": ">",
  "▾": "v",
  "█": "#",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
};

// A control character is no business of this file: where any are left, they are left to others.
const beyond = /[^\0-\u007f]/gu;

/** A text for a terminal that shows ASCII only: what has no like there becomes `?`. */
export function asciiText(text: string): string {
  return text.replace(
    beyond,
    (character) => likes[character] ?? "?".repeat(Math.max(0, textWidth(character))),
  );
}
