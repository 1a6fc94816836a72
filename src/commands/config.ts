// Invariant: nothing is written before its diff was printed, and a secret is never printed.
import { text } from "node:stream/consumers";
import { fail, ok, type Result } from "../engine/result.ts";
import type { SettingsForm } from "../engine/settings/form.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import {
  diffLines,
  jsonOf,
  listLines,
  sinceBuildLines,
  unlikeDefaultLines,
} from "./config-text.ts";
import { report, type Command, type Io } from "./io.ts";
import { helpText, parse, rootOption, type Parsed, type Usage } from "./options.ts";

export const configUsage: Usage = {
  synopsis: "config [ACTION] [NAME] [VALUE]",
  summary:
    "Shows and changes the settings of the tree: configure's fragments and the files beside.",
  options: {
    ...rootOption,
    json: { type: "boolean", help: "list: one JSON object" },
    all: { type: "boolean", help: "list: also what nothing sets" },
    "dry-run": { type: "boolean", help: "set, unset: only print what would change" },
    "since-build": { type: "boolean", help: "diff: what changed since stages were built" },
  },
  notes: [
    "  list             every setting that something sets, with its file and line",
    "  get NAME         the value, or the default",
    "  set NAME VALUE   changes one line; - as VALUE reads it from standard input",
    "  unset NAME       back to the default",
    "  diff             what is not at its default",
  ],
};

/** `smartbuild config` */
export const configCommand: Command = async (argv, io) => {
  const parsed = parse(argv, configUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(configUsage));
    return 0;
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return report(io, workspace.failure);
  const { openSettingsForm } = await import("./settings-form.ts");
  const form = openSettingsForm(io, workspace.value);
  const done = await act(words, flags, form, workspace.value, io);
  if (!done.ok) return report(io, done.failure);
  io.stdout.write(done.value.map((line) => `${line}\n`).join(""));
  return 0;
};

function usageFailure(message: string): Result<never> {
  return fail("usage", message, "See: smartbuild config --help");
}

/** Words that an action takes after its own. */
const wordsOf = new Map([
  ["list", 0],
  ["get", 1],
  ["set", 2],
  ["unset", 1],
  ["diff", 0],
]);

async function act(
  words: readonly string[],
  flags: Parsed["flags"],
  form: SettingsForm,
  workspace: Workspace,
  io: Io,
): Promise<Result<readonly string[]>> {
  const [action = "list", name, value] = words;
  const surplus = words[(wordsOf.get(action) ?? 2) + 1];
  if (surplus !== undefined) return usageFailure(`${surplus} is one word too many.`);
  switch (action) {
    case "list":
      return {
        ok: true,
        value: flags.has("json") ? [jsonOf(form)] : listLines(form, flags.has("all")),
      };
    case "diff":
      if (flags.has("since-build")) {
        const { prepare } = await import("./prepare.ts");
        const prepared = await prepare(io, workspace.root, []);
        return prepared.ok ? ok(sinceBuildLines(form, prepared.value)) : prepared;
      }
      return ok(unlikeDefaultLines(form));
    case "get":
      return name === undefined ? usageFailure("Which setting?") : get(form, name);
    case "set": {
      if (name === undefined || value === undefined)
        return usageFailure("A name and a value are needed.");
      const isSecret = form.field(name)?.kind === "secret";
      if (isSecret && value !== "-") {
        return fail(
          "usage",
          `${name} is a secret, and others can see what stands on a command line.`,
          `Give it on standard input: smartbuild config set ${name} - < FILE`,
        );
      }
      const given = value === "-" ? await firstLine(io) : value;
      return write(form, name, form.set(name, given), flags);
    }
    case "unset":
      if (name === undefined) return usageFailure("Which setting?");
      return write(form, name, form.unset(name), flags);
    default:
      return usageFailure(`There is no config ${action}.`);
  }
}

async function firstLine({ stdin }: Pick<Io, "stdin">): Promise<string> {
  return (await text(stdin)).replace(/\r?\n[^]*$/, "");
}

function get(form: SettingsForm, name: string): Result<readonly string[]> {
  const field = form.field(name);
  if (field === undefined) return unknown(name);
  if (field.kind === "secret") return fail("bad-input", `${name} is a secret and is not printed.`);
  const value = field.value ?? (field.isDefault ? field.default : undefined);
  if (value !== undefined) return { ok: true, value: [value] };
  return field.isDefault
    ? fail("bad-input", `Nothing sets ${name}, and it has no default.`)
    : fail("bad-input", `Only running configure tells ${name}: ${field.shown}`, field.notes[0]);
}

function unknown(name: string): Result<never> {
  return fail(
    "bad-input",
    `No setting is named ${name} in this tree.`,
    "`smartbuild config list --all` names all.",
  );
}

/** Prints the change, and writes it unless it is only asked for. */
function write(
  form: SettingsForm,
  name: string,
  changed: Result<undefined>,
  flags: Parsed["flags"],
): Result<readonly string[]> {
  if (!changed.ok) return changed;
  const lines = diffLines(form);
  if (lines.length === 0) return { ok: true, value: [`${name} has that value already.`] };
  if (flags.has("dry-run")) return { ok: true, value: [...lines, "Nothing was written."] };
  const stages = form.staleByWriting();
  const written = form.write();
  if (!written.ok) return written;
  const next =
    stages.length === 0
      ? []
      : [`The next build runs again: ${stages.join(", ")}. \`smartbuild run\` starts it.`];
  return { ok: true, value: [...lines, `Wrote ${written.value.join(", ")}.`, ...next] };
}
