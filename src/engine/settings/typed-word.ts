// Invariant: pure; a shell reads the word back as exactly the text it was made of.

/** A text as one word of a command that a person can copy; quoted only where it has to be. */
export function typedWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
