// Invariant: without a terminal to draw on it says what to use instead.
import { buildFolders } from "../engine/journal/builds.ts";
import { fail } from "../engine/result.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";
import { openLinearConsole, screenOptions, showing } from "./show-build.ts";

export const consoleUsage: Usage = {
  synopsis: "[console]",
  summary:
    "Opens the console on the newest build of the workspace; with none yet, it offers to build.",
  options: {
    ...rootOption,
    ...screenOptions,
  },
};

/** `smartbuild` */
export const consoleCommand: Command = async (argv, io) => {
  const parsed = parse(argv, consoleUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(consoleUsage));
    return 0;
  }
  if (words.length > 0) {
    return report(io, fail("usage", `There is no command ${words.join(" ")}.`).failure);
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return report(io, workspace.failure);
  const how = showing(io, flags);
  if (how === "linear") return openLinearConsole(io, workspace.value, flags, false);
  if (how !== "screen") {
    return report(
      io,
      fail(
        "usage",
        "The console needs a terminal, and this is none.",
        "Without one use `smartbuild run --plain`, `status`, `logs`, or --screen-reader.",
      ).failure,
    );
  }
  const newest = buildFolders(workspace.value.paths.smartbuildLog)[0];
  const { openConsole } = await import("./open-console.ts");
  return openConsole(io, workspace.value, newest, flags.has("ascii"));
};
