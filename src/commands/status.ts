// Invariant: status is the fold of the journal and nothing else.
import { summaryLines } from "../engine/host/summary.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { findBuild } from "./builds.ts";
import { report, tell, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const statusUsage: Usage = {
  synopsis: "status",
  summary: "Shows the newest build: its stages, problems and what it made.",
  options: {
    ...rootOption,
    build: { type: "string", value: "NAME", help: "another build than the newest" },
    json: { type: "boolean", help: "one JSON object (docs/events.md)" },
  },
};

/** `smartbuild status` */
export const statusCommand: Command = async (argv, io) => {
  const parsed = parse(argv, statusUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(statusUsage));
    return 0;
  }
  const found = await findBuild(io, values.get("root"), values.get("build"));
  if (!found.ok) return report(io, found.failure);
  const { state, folder, trouble } = found.value;
  if (flags.has("json")) io.stdout.write(`${JSON.stringify(statusObject(state))}\n`);
  else {
    const options = { buildFolder: folder, cwd: io.cwd, now: Date.now() };
    for (const line of summaryLines(state, options)) tell(io.stdout, line);
  }
  if (trouble !== undefined) {
    tell(io.stderr, `smartbuild: ${trouble.message}`);
    tell(io.stderr, `  ${trouble.advice}`);
  }
  return 0;
};

/** The object that `status --json` prints; docs/events.md describes it. */
export function statusObject(state: BuildState): Record<string, unknown> {
  return {
    version: 1,
    build: state.build,
    workspace: state.workspace,
    layout: state.layout,
    state: state.state,
    startedAt: state.startedAt,
    endedAt: state.endedAt ?? null,
    exitCode: state.exitCode ?? null,
    stages: state.stages.map((stage) => {
      const attempt = stage.attempts.at(-1);
      return {
        name: stage.name,
        group: stage.group ?? null,
        state: stage.state,
        reasons: stage.reasons,
        attempt: attempt?.number ?? 0,
        startedAt: attempt?.startedAt ?? null,
        endedAt: attempt?.endedAt ?? null,
        exitCode: attempt?.exitCode ?? null,
        step: attempt?.step ?? null,
        log: attempt?.log ?? null,
      };
    }),
    problems: state.problems,
    artefacts: state.artefacts,
    notes: state.notes,
  };
}
