// Invariant: shows what the journal holds, as `status` does.
import { join } from "node:path";
import { advice } from "../engine/diagnosis/advice.ts";
import { linesOfSpan } from "../engine/diagnosis/diagnose-file.ts";
import type { LineRange } from "../engine/diagnosis/found-problem.ts";
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
  const problems = byStage(state).map((problem, index, all) =>
    shown(folder, state, problem, all[index - 1]?.stage !== problem.stage),
  );
  if (flags.has("json")) io.stdout.write(problems.map(problemJson).join(""));
  else if (problems.length === 0) io.stdout.write(`${state.build} has no problems.\n`);
  else io.stdout.write(grouped(problems));
  return problems.length === 0 ? 0 : 1;
};

/** Stages in the order of the build, the cause first in each. */
function byStage({ stages, problems }: BuildState): readonly Problem[] {
  return stages.flatMap(({ name }) => problems.filter(({ stage }) => stage === name));
}

/** Under the name of its stage, when there are several. */
function grouped(problems: readonly ShownProblem[]): string {
  const isOne = problems.every(({ stage }) => stage === problems[0]?.stage);
  return problems
    .map((problem, index) =>
      isOne || problems[index - 1]?.stage === problem.stage
        ? problemText(problem)
        : `${problem.stage ?? ""}:\n\n${problemText(problem)}`,
    )
    .join("\n");
}

const isKnownKind = (kind: string): kind is keyof typeof advice => Object.hasOwn(advice, kind);

function shown(
  folder: string,
  state: BuildState,
  problem: Problem,
  isFirst: boolean,
): ShownProblem {
  const { id, stage, path, searched, near, installer } = problem;
  const changes = isFirst
    ? state.stages.find(({ name }) => name === stage)?.attempts.at(-1)?.changes
    : undefined;
  const file = problem.manifest ?? problem.file;
  const line = problem.manifestLine ?? problem.line;
  return {
    kind: problem.kind,
    summary: problem.summary,
    advice: problem.advice ?? advice[isKnownKind(problem.kind) ? problem.kind : "tool-failed"],
    lines: problem.lines ?? provenAt(folder, state, problem),
    component: problem.component ?? problem.stage,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    count: problem.count ?? 1,
    followOn: problem.followOn ?? [],
    id,
    stage,
    ...(path === undefined ? {} : { path }),
    ...(searched === undefined ? {} : { searched }),
    ...(near === undefined ? {} : { near }),
    ...(installer === undefined ? {} : { installer }),
    ...(changes === undefined ? {} : { changes }),
  };
}

/** Where its log proves it; without a span, the end of the log of its attempt. */
function provenAt(folder: string, state: BuildState, { stage, attempt, span }: Problem): LineRange {
  const log =
    span?.log ??
    state.stages
      .find(({ name }) => name === stage)
      ?.attempts.find(({ number }) => number === attempt)?.log;
  if (log === undefined) return [1, 1];
  const end = span?.end ?? Number.MAX_SAFE_INTEGER;
  const lines = linesOfSpan(join(folder, log), span?.start ?? end, end);
  return lines.ok ? lines.value : [1, 1];
}
