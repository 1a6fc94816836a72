// Invariant: a summary is one line of at most 200 characters without control characters, escape
// sequences or logins.
import stripAnsi from "strip-ansi";
import { cleanText } from "../logs/clean.ts";
import { maskLogins } from "../process/environment.ts";

/** A line of a log made fit for a journal, a screen or a JSON reader. */
export function summaryText(line: string): string {
  return cleanText(maskLogins(stripAnsi(line.slice(0, 4096))).trim());
}
