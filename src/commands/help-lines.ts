// Invariant: pure; no line of a help text is longer than a terminal of 80 columns shows.
import { columnOf, folded } from "../ui/present/folded.ts";

const helpWidth = 79;

/** A help text with lines that fit; sentences that go on in the next line are filled up first. */
export function helpLines(text: string): string {
  const whole: string[] = [];
  for (const line of text.split("\n")) {
    const above = whole.at(-1);
    if (above !== undefined && goesOn(above, line)) {
      whole[whole.length - 1] = `${above} ${line.trimStart()}`;
    } else whole.push(line);
  }
  return whole.flatMap((line) => folded(line, helpWidth)).join("\n");
}

/** A line without an indent behind one without an end, or one that stands under another's words. */
function goesOn(above: string, line: string): boolean {
  if (line === "" || above === "") return false;
  const indent = line.length - line.trimStart().length;
  if (indent === 0) return !above.startsWith(" ") && !/[.:]$/.test(above);
  return (
    above.startsWith(" ") &&
    indent > above.length - above.trimStart().length &&
    columnOf(above) === indent
  );
}
