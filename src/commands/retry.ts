// Invariant: a retry keeps the earlier attempts and their logs, and touches no other finished stage.
import { fail } from "../engine/result.ts";
import { findBuild } from "./builds.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";
import { retryStage } from "./retry-stage.ts";
import { screenOptions, showBuild } from "./show-build.ts";

export const retryUsage: Usage = {
  synopsis: "retry STAGE",
  summary: "Runs a stage of the newest build again, then what was given up because of it.",
  options: {
    ...rootOption,
    plain: { type: "boolean", help: "a line for each event; default where there is no terminal" },
    ...screenOptions,
    json: { type: "boolean", help: "one JSON event a line (docs/events.md)" },
  },
};

/** `smartbuild retry` */
export const retryCommand: Command = async (argv, io) => {
  const parsed = parse(argv, retryUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(retryUsage));
    return 0;
  }
  const [stage] = words;
  const found = await findBuild(io, values.get("root"));
  if (!found.ok) return report(io, found.failure);
  const { workspace, folder, state } = found.value;
  if (stage === undefined || !state.stages.some(({ name }) => name === stage)) {
    const names = state.stages.map(({ name }) => name).join(", ");
    return report(
      io,
      fail(
        "usage",
        `Which stage? The build ${state.build} has: ${names}.`,
        "smartbuild retry STAGE",
      ).failure,
    );
  }
  const sent = await retryStage(io, folder, state, stage);
  if (!sent.ok) return report(io, sent.failure);
  return showBuild(io, workspace, folder, flags);
};
