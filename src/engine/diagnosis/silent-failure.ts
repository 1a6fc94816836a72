// Invariant: never guesses: shows the command that ran last, or the line that says that it failed.
import { isNoise, mayBeCommand } from "./commands.ts";
import type { DiagnosedLine } from "./found-problem.ts";
import { ProblemDraft, rank } from "./problem-draft.ts";
import { readLine, type Reading } from "./read-line.ts";
import type { RecentLines } from "./recent-lines.ts";

const reach = 38;
const longestText = 12;
const longestCommand = 60;

/**
 * The problem of a step that failed without a message.
 *
 * @param before 1-based line above which the command stands
 * @param pointer what says that it failed, and its line; undefined at the end of a log
 */
export function silentFailure(
  recent: RecentLines,
  before: number,
  pointer: Reading | undefined,
  pointerLine?: DiagnosedLine,
): ProblemDraft {
  let last = before - 1;
  while (last > 0 && before - last < reach && isNoise(recent.at(last)?.text ?? "")) last--;
  let first = last;
  while (first > 0 && before - first < reach && !isStart(recent, first)) {
    // What stands above another failed step belongs to that one.
    const role = readLine(recent.at(first)?.text ?? "")?.form.role;
    if (role === "pointer" || role === "outcome") first = 0;
    else first--;
  }
  while (first > 1 && before - first < reach && recent.at(first - 1)?.text.endsWith("\\") === true)
    first--;
  const found = isStart(recent, first) && recent.at(first) !== undefined;
  if (!found) first = startOfText(recent, last);
  const { name, code } = pointer?.parts ?? {};
  const status = code === undefined ? "" : ` with status ${code}`;
  const isTold =
    last > 0 && before - last <= 5 && readLine(recent.at(last)?.text ?? "") === undefined;
  if (!found && !isTold && pointerLine !== undefined) {
    return new ProblemDraft(
      {
        kind: "silent-failure",
        summary: `The command for ${name ?? "a target"} failed${status}, and the log has neither it nor a reason`,
        first: before,
        last: before,
        start: pointerLine.offset,
        end: pointerLine.end,
      },
      rank.probable,
    );
  }
  const from = recent.at(Math.max(1, first));
  const to = recent.at(Math.max(1, last));
  const command = (from?.text ?? "").replace(/\s*\\$/, "").trim();
  const said = found ? firstSaid(recent, first, last) : to?.text.trim();
  return new ProblemDraft(
    {
      kind: "silent-failure",
      summary:
        pointer === undefined
          ? `The log names no cause; this ran last: ${command}`
          : said === undefined
            ? `This failed${status} and printed no reason: ${command}`
            : found
              ? `This failed${status}: ${shortened(command)} It said: ${said}`
              : `A command failed${status}; the last that was said: ${said}`,
      first: Math.max(1, first),
      last: Math.max(1, last),
      start: from?.offset ?? 0,
      end: to?.end ?? 0,
    },
    rank.probable,
  );
}

/** Where what was printed before a line begins: text that no form knows, without a gap. */
function startOfText(recent: RecentLines, last: number): number {
  let first = last;
  while (first > 1 && last - first < longestText) {
    const text = recent.at(first - 1)?.text;
    if (text === undefined || isNoise(text) || readLine(text) !== undefined) break;
    first--;
  }
  return first;
}

/** The first line that a command printed; undefined where there is only the command. */
function firstSaid(recent: RecentLines, first: number, last: number): string | undefined {
  for (let at = first; at < last; at++) {
    if (recent.at(at)?.text.endsWith("\\") !== true) return recent.at(at + 1)?.text.trim();
  }
  return undefined;
}

function shortened(command: string): string {
  return command.length > longestCommand ? `${command.slice(0, longestCommand)} …` : `${command}.`;
}

function isStart(recent: RecentLines, number: number): boolean {
  const text = recent.at(number)?.text;
  if (text === undefined) return false;
  return (
    mayBeCommand(text) &&
    recent.at(number - 1)?.text.endsWith("\\") !== true &&
    readLine(text) === undefined
  );
}
