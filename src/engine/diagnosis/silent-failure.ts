// Invariant: never guesses: shows the command that ran last, or the line that says that it failed.
import { isNoise, mayBeCommand } from "./commands.ts";
import type { DiagnosedLine } from "./found-problem.ts";
import { ProblemDraft, rank } from "./problem-draft.ts";
import { readLine, type Reading } from "./read-line.ts";
import type { RecentLines } from "./recent-lines.ts";

const reach = 38;

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
  const from = recent.at(found ? first : Math.max(1, last));
  const to = recent.at(Math.max(1, last));
  const command = (from?.text ?? "").replace(/\s*\\$/, "").trim();
  return new ProblemDraft(
    {
      kind: "silent-failure",
      summary:
        pointer === undefined
          ? `The log names no cause; this ran last: ${command}`
          : `This failed${status} and printed no reason: ${command}`,
      first: found ? first : Math.max(1, last),
      last: Math.max(1, last),
      start: from?.offset ?? 0,
      end: to?.end ?? 0,
    },
    rank.probable,
  );
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
