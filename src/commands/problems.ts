// Invariant: shows what the journal holds; a stage that failed is told by its own log.
import { join } from "node:path";
import { advice } from "../engine/diagnosis/advice.ts";
import { diagnoseFile, linesOfSpan } from "../engine/diagnosis/diagnose-file.ts";
import type { Problem } from "../engine/journal/events.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { findBuild } from "./builds.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";
import { problemJson, problemText, type ShownProblem } from "./problem-lines.ts";

export const problemsUsage: Usage = {
  synopsis: "problems",
  summary: "Shows what went wrong in the newest build, the cause first.",
  options: {
    ...rootOption,
    build: { type: "string", value: "NAME", help: "another build than the newest" },
    json: { type: "boolean", help: "one problem a line, as docs/events.md describes it" },
  },
  notes: ["Exit code: 0 no problems, 1 problems."],
};

/** `smartbuild problems` */
export const problemsCommand: Command = async (argv, io) => {
  const parsed = parse(argv, problemsUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(problemsUsage));
    return 0;
  }
  const found = await findBuild(io, values.get("root"), values.get("build"));
  if (!found.ok) return report(io, found.failure);
  const { folder, state } = found.value;
  const problems = state.problems.flatMap((problem) => shown(folder, state, problem));
  if (flags.has("json")) io.stdout.write(problems.map(problemJson).join(""));
  else if (problems.length === 0) io.stdout.write(`${state.build} has no problems.\n`);
  else io.stdout.write(problems.map(problemText).join("\n"));
  return problems.length === 0 ? 0 : 1;
};

const isKnownKind = (kind: string): kind is keyof typeof advice => Object.hasOwn(advice, kind);

function shown(folder: string, state: BuildState, problem: Problem): readonly ShownProblem[] {
  const attempt = state.stages
    .find(({ name }) => name === problem.stage)
    ?.attempts.find(({ number }) => number === problem.attempt);
  const component = problem.stage;
  const log = problem.span?.log ?? attempt?.log;
  if (problem.kind === "stage-failed" && log !== undefined) {
    const found = diagnoseFile(join(folder, log), { failed: true });
    if (found.ok && found.value.length > 0) {
      return found.value.map((one) => ({ ...one, component: one.component ?? component }));
    }
  }
  const { span } = problem;
  const end = span?.end ?? Number.MAX_SAFE_INTEGER;
  const lines =
    log === undefined ? undefined : linesOfSpan(join(folder, log), span?.start ?? end, end);
  const file = problem.manifest ?? problem.file;
  const line = problem.manifestLine ?? problem.line;
  return [
    {
      kind: problem.kind,
      summary: problem.summary,
      advice:
        problem.advice ??
        (isKnownKind(problem.kind) ? advice[problem.kind] : advice["tool-failed"]),
      lines: lines?.ok === true ? lines.value : [1, 1],
      component,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      count: 1,
      followOn: [],
    },
  ];
}
