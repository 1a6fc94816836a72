// Invariant: the cursor is between two characters of the text, or at one of its ends.

/** A line that is being typed. The cursor counts characters from the start. */
export interface TypedLine {
  readonly text: string;
  readonly cursor: number;
}

/** What can be done to a line besides typing. */
export type LineEdit = "erase" | "erase-word" | "erase-all" | "left" | "right" | "start" | "end";

/** A line with the cursor at its end. */
export function typedLine(text: string): TypedLine {
  return { text, cursor: Array.from(text).length };
}

/** The line with a text put in at the cursor. */
export function typed({ text, cursor }: TypedLine, added: string): TypedLine {
  const characters = Array.from(text);
  const fresh = Array.from(added);
  return {
    text: [...characters.slice(0, cursor), ...fresh, ...characters.slice(cursor)].join(""),
    cursor: cursor + fresh.length,
  };
}

/** The line after an edit. */
export function edited({ text, cursor }: TypedLine, edit: LineEdit): TypedLine {
  const characters = Array.from(text);
  const cut = (from: number): TypedLine => ({
    text: [...characters.slice(0, from), ...characters.slice(cursor)].join(""),
    cursor: from,
  });
  switch (edit) {
    case "erase":
      return cut(Math.max(0, cursor - 1));
    case "erase-word":
      return cut(
        characters
          .slice(0, cursor)
          .join("")
          .replace(/\S*\s*$/, "").length,
      );
    case "erase-all":
      return { text: "", cursor: 0 };
    case "left":
      return { text, cursor: Math.max(0, cursor - 1) };
    case "right":
      return { text, cursor: Math.min(characters.length, cursor + 1) };
    case "start":
      return { text, cursor: 0 };
    case "end":
      return { text, cursor: characters.length };
  }
}
