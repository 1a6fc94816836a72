// Invariant: every option a command takes stands in its table, from which its help is printed.
import { parseArgs } from "node:util";
import { fail, ok, type Result } from "../engine/result.ts";
import { helpLines } from "./help-lines.ts";

/** One option of a command. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** Placeholder of a string's value in the help. */
  readonly value?: string;
  readonly help: string;
}

/** A command as its help shows it. */
export interface Usage {
  /** e.g. `run [TARGET…]`; what is in capitals here is all a command takes besides options. */
  readonly synopsis: string;
  /** One sentence. */
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Further lines, e.g. exit codes. */
  readonly notes?: readonly string[];
}

/** The options given, by name, and the words between them. */
export interface Parsed {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** Options that more than one command has. */
export const rootOption = {
  root: {
    type: "string",
    value: "DIR",
    help: "the workspace; default: the one around this folder",
  },
} as const satisfies Record<string, Option>;

/** Reads argv by a command's table. */
export function parse(argv: readonly string[], usage: Usage): Result<Parsed> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: Object.fromEntries(
        Object.entries<Option>({ ...usage.options, help: helpOption }).map(
          ([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }],
        ),
      ),
      allowPositionals: true,
    });
    const surplus = positionals[mostWords(usage)];
    if (surplus !== undefined) {
      return fail(
        "usage",
        `${surplus} is one word too many.`,
        `Usage: smartbuild ${usage.synopsis}`,
      );
    }
    const entries = Object.entries(values);
    return ok({
      flags: new Set(entries.filter(([, value]) => value === true).map(([name]) => name)),
      values: new Map(
        entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      ),
      words: positionals,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const first = message.split(/\. |\n/)[0] ?? message;
    return fail("usage", `${first}.`, `Usage: smartbuild ${usage.synopsis}`);
  }
}

/** Words a command takes besides options: those in capitals in its synopsis. */
function mostWords({ synopsis }: Usage): number {
  return synopsis.includes("…") ? Infinity : (synopsis.match(/\b[A-Z]+\b/g) ?? []).length;
}

const helpOption: Option = { type: "boolean", short: "h", help: "this text" };

/** The help of a command. */
export function helpText(usage: Usage): string {
  const rows = Object.entries({ ...usage.options, help: helpOption }).map(
    ([name, { short, value, help }]) => ({
      left: `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`,
      help,
    }),
  );
  const width = Math.max(...rows.map(({ left }) => left.length));
  const lines = [
    `Usage: smartbuild ${usage.synopsis}`,
    "",
    usage.summary,
    "",
    ...rows.map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`),
    ...(usage.notes === undefined ? [] : ["", ...usage.notes]),
    "",
  ];
  return helpLines(lines.join("\n"));
}
