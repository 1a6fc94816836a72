// Invariant: an edit changes the bytes of one assignment, or adds one line, and bash then reads the
// value that was asked for; else the edit is refused and nothing is changed.
import { basename } from "node:path";
import { fail, ok, type Result } from "../result.ts";
import { Evaluator } from "./evaluate.ts";
import { parseFragment, type Assignment, type Fragment } from "./fragment.ts";
import { control, quoteStyle, quoteValue } from "./quote.ts";

/** The bytes of a fragment. */
export function fragmentBytes(fragment: Fragment): Buffer {
  return Buffer.from(fragment.text, "latin1");
}

function withText(fragment: Fragment, text: string): Fragment {
  return parseFragment(fragment.path, Buffer.from(text, "latin1"));
}

function assignmentsOf(fragment: Fragment, name: string): Assignment[] {
  return fragment.statements.filter(
    (statement): statement is Assignment =>
      statement.kind === "assignment" &&
      statement.name === name &&
      statement.certainty === "always",
  );
}

/** The value that the fragment alone surely gives a name. */
function valueIn(fragment: Fragment, name: string): string | undefined {
  if (!isSettled(fragment, name)) return undefined;
  const evaluator = new Evaluator(() => "missing");
  evaluator.read(fragment);
  const variable = evaluator.variables().get(name);
  return variable?.known === true ? variable.value : undefined;
}

/** No code behind the last plain assignment touches the name. */
function isSettled(fragment: Fragment, name: string): boolean {
  const touching = fragment.statements.filter(
    (statement) =>
      "name" in statement && statement.name === name && statement.certainty !== "never",
  );
  const last = touching.at(-1);
  return (
    last?.kind === "assignment" &&
    last.certainty === "always" &&
    touching.every((statement) => statement.certainty !== "when-called")
  );
}

function brokenFailure(fragment: Fragment): ReturnType<typeof fail> | undefined {
  const [problem] = fragment.problems;
  if (problem === undefined) return undefined;
  return fail(
    "bad-input",
    `${basename(fragment.path)}:${problem.line}: ${problem.message}.`,
    "Mend that line in an editor, then change the setting.",
  );
}

/** Behind the last line `#NAME=…` that shows how to set a name; undefined without one. */
function behindExample({ tokens, text }: Fragment, name: string): number | undefined {
  const shows = new RegExp(`^#[ \\t]?${name}=`);
  const comment = tokens.findLast(
    (token) =>
      token.kind === "comment" &&
      token.scope === "top" &&
      shows.test(token.text) &&
      /(^|\n)$/.test(text.slice(0, token.start)),
  );
  const end = comment === undefined ? -1 : text.indexOf("\n", comment.start);
  return end < 0 ? undefined : end + 1;
}

/**
 * Gives `name` the literal `value` in this fragment: in the line that now decides, else in a line
 * added behind a comment that shows it (`#NAME=…`), else at the end. Failures: `bad-input` for a name or value that bash cannot hold, a fragment it
 * cannot read, or code that would still decide.
 */
export function setValue(fragment: Fragment, name: string, value: string): Result<Fragment> {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return fail("bad-input", `${JSON.stringify(name)} is not a name bash accepts.`);
  const broken = brokenFailure(fragment);
  if (broken !== undefined) return broken;
  const last = assignmentsOf(fragment, name).at(-1);
  const quoted = quoteValue(value, quoteStyle(last?.source ?? ""));
  if (quoted === undefined)
    return fail("bad-input", `${name} cannot hold that value: it has a NUL or is not text.`);
  const { text } = fragment;
  const candidates: string[] = [];
  if (last !== undefined && isSettled(fragment, name)) {
    const end = last.valueStart + last.source.length;
    candidates.push(`${text.slice(0, last.start)}${name}=${quoted}${text.slice(end)}`);
  }
  const separator = text === "" || text.endsWith("\n") ? "" : "\n";
  const line = `${name}=${quoted}\n`;
  const example = behindExample(fragment, name);
  if (example !== undefined) candidates.push(text.slice(0, example) + line + text.slice(example));
  // The second for a file that ends in a continued line.
  candidates.push(`${text}${separator}${line}`, `${text}${separator}\n${line}`);
  for (const candidate of candidates) {
    const edited = withText(fragment, candidate);
    if (edited.problems.length === 0 && valueIn(edited, name) === value) return ok(edited);
  }
  return fail(
    "bad-input",
    `${basename(fragment.path)}: code in the file decides ${name}, whatever a line of ours says.`,
    "Edit the file by hand.",
  );
}

/**
 * Puts other code between the double quotes of the assignment that decides `name`; all other bytes
 * stay. Failures: `bad-input` for code that ends the quotes or that bash cannot read.
 */
export function setCode(fragment: Fragment, name: string, code: string): Result<Fragment> {
  const broken = brokenFailure(fragment);
  if (broken !== undefined) return broken;
  const last = assignmentsOf(fragment, name).at(-1);
  if (last === undefined || !isSettled(fragment, name)) {
    return fail(
      "bad-input",
      `Code in ${basename(fragment.path)} decides ${name}; change it there.`,
    );
  }
  const bytes = Buffer.from(code, "utf8").toString("latin1");
  if (bytes.includes('"') || control.test(bytes)) {
    return fail("bad-input", "In code no \" fits here; write ' instead, or edit the file itself.");
  }
  const end = last.valueStart + last.source.length;
  const quoted = `"${bytes}"`;
  const before = fragment.text.slice(0, last.valueStart);
  const edited = withText(fragment, before + quoted + fragment.text.slice(end));
  const [problem] = edited.problems;
  if (problem === undefined && assignmentsOf(edited, name).at(-1)?.source === quoted) {
    return ok(edited);
  }
  return fail("bad-input", `Bash cannot read that: ${problem?.message ?? "the quotes end early"}.`);
}

function withoutAssignment(
  text: string,
  { start, valueStart, source, command }: Assignment,
): string {
  const end = valueStart + source.length;
  if (!command.isAlone) {
    const blanks = /[ \t]+$/.exec(text.slice(command.start, start))?.[0].length ?? 0;
    const after = blanks > 0 ? 0 : (/^[ \t]+/.exec(text.slice(end))?.[0].length ?? 0);
    return text.slice(0, start - blanks) + text.slice(end + after);
  }
  if (command.isLinked) return `${text.slice(0, command.start)}:${text.slice(command.end)}`;
  const rest = text.slice(command.end).replace(/^[ \t]*(;(?!;)[ \t]*)?/, "");
  const lineStart = text.lastIndexOf("\n", command.start - 1) + 1;
  const isFirst = /^[ \t]*$/.test(text.slice(lineStart, command.start));
  const newline = /^\r?\n/.exec(rest)?.[0].length;
  if (isFirst && (newline !== undefined || rest === ""))
    return text.slice(0, lineStart) + rest.slice(newline ?? 0);
  return text.slice(0, command.start) + rest;
}

/**
 * Takes away every plain assignment of `name` in this fragment; comments beside them stay.
 * Assignments inside code stay too. Failure: `bad-input` for a fragment that bash cannot read.
 */
export function unsetValue(fragment: Fragment, name: string): Result<Fragment> {
  const broken = brokenFailure(fragment);
  if (broken !== undefined) return broken;
  let edited = fragment;
  for (;;) {
    const last = assignmentsOf(edited, name).at(-1);
    if (last === undefined) return ok(edited);
    edited = withText(edited, withoutAssignment(edited.text, last));
  }
}
