// Invariant: a summary is one line of at most 200 characters without control characters or escapes.
import stripAnsi from "strip-ansi";
import { maskLogins } from "../process/environment.ts";

const longest = 200;

/** A line of a log made fit for a journal, a screen or a JSON reader. */
export function summaryText(line: string): string {
  const plain = stripAnsi(line.slice(0, 4 * longest))
    .replace(/\t/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "");
  const masked = maskLogins(plain).trim();
  return masked.length <= longest ? masked : `${masked.slice(0, longest - 1)}…`;
}
