// Invariant: a build runs in its host, whatever watches it; in the foreground it ends like make.
import { helpText, parse, rootOption, type Option, type Parsed, type Usage } from "./options.ts";
import { report, type Command, type Io } from "./io.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { screenOptions, showBuild } from "./show-build.ts";
import { settleUnfinished, startBuild, type RunOptions } from "./start-build.ts";

/** Options that `run` and `demo` share. */
export const runOptions = {
  plain: { type: "boolean", help: "a line for each event; default where there is no terminal" },
  json: { type: "boolean", help: "one JSON event a line (docs/events.md)" },
  ...screenOptions,
  detach: { type: "boolean", help: "start the build and return" },
  "keep-going": { type: "boolean", short: "k", help: "build what does not need a failed stage" },
  jobs: { type: "string", short: "j", value: "N", help: "MAX_JOBS for every stage" },
  "on-end": { type: "string", value: "CMD", help: "run by sh when the build ends" },
} as const satisfies Record<string, Option>;

export const runUsage: Usage = {
  synopsis: "run [TARGET…]",
  summary: "Builds what `smartbuild plan` shows; without a target, everything up to the image.",
  options: { ...rootOption, ...runOptions },
  notes: [
    "Exit codes: 0 built or nothing to do; 2 failed; 64 usage; 65 bad input; 66 no workspace;",
    "69 a tool is missing; 73 cannot write; 75 a build is running already; 130, 143 stopped.",
    "INT and TERM stop the build. HUP, a closed pipe or a killed terminal only detach from it.",
  ],
};

/** `smartbuild run` */
export const runCommand: Command = async (argv, io) => {
  const parsed = parse(argv, runUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  if (parsed.value.flags.has("help")) {
    io.stdout.write(helpText(runUsage));
    return 0;
  }
  return runTargets(io, parsed.value, parsed.value.values.get("root"), parsed.value.words);
};

/**
 * Plans the targets, starts the build, and watches it as the options say. `whenUpToDate`: what to do
 * instead of saying that there is nothing to build.
 */
export async function runTargets(
  io: Io,
  { flags, values }: Parsed,
  root: string | undefined,
  targets: readonly string[],
  whenUpToDate?: (workspace: Workspace) => Promise<number>,
): Promise<number> {
  const options = readRunOptions(flags, values);
  if (!options.ok) return report(io, options.failure);
  const workspace = openWorkspace(io.cwd, root);
  if (!workspace.ok) return report(io, workspace.failure);
  await settleUnfinished(io, workspace.value.paths.smartbuildLog);
  const prepared = await prepare(io, root, targets);
  if (!prepared.ok) return report(io, prepared.failure);
  if (!prepared.value.plan.some(({ run }) => run)) {
    return whenUpToDate?.(workspace.value) ?? nothingToBuild(io, flags, prepared.value);
  }
  const folder = await startBuild(io, prepared.value, options.value);
  if (!folder.ok) return report(io, folder.failure);
  if (flags.has("detach")) {
    io.stdout.write(
      `Build ${folder.value.split("/").at(-1) ?? ""} runs in the background: smartbuild attach, status, stop.\n`,
    );
    return 0;
  }
  return showBuild(io, prepared.value.workspace, folder.value, flags);
}

function readRunOptions(
  flags: ReadonlySet<string>,
  values: ReadonlyMap<string, string>,
): Result<RunOptions> {
  const jobs = values.get("jobs");
  if (jobs !== undefined && !/^[1-9]\d{0,4}$/.test(jobs)) {
    return fail("usage", `-j takes a number of jobs, not ${jobs}.`, "For example: -j 8");
  }
  if (flags.has("plain") && flags.has("json")) {
    return fail("usage", "--plain and --json exclude each other.", "Leave one of them out.");
  }
  const onEnd = values.get("on-end");
  return ok({
    keepGoing: flags.has("keep-going"),
    ...(jobs === undefined ? {} : { jobs: Number(jobs) }),
    ...(onEnd === undefined ? {} : { onEnd }),
  });
}

function nothingToBuild(io: Io, flags: ReadonlySet<string>, { workspace, plan }: Prepared): number {
  const at = new Date().toISOString();
  io.stdout.write(
    flags.has("json")
      ? `${JSON.stringify({ v: 1, seq: 0, at, type: "nothing-to-build", workspace: workspace.root, plan })}\n`
      : `Nothing to build: all ${plan.length} stages are up to date (smartbuild plan).\n`,
  );
  return 0;
}
