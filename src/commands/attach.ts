// Invariant: any number of watchers attach to a build; none of them changes it.
import { findBuild } from "./builds.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";
import { screenOptions, showBuild } from "./show-build.ts";

export const attachUsage: Usage = {
  synopsis: "attach",
  summary: "Watches the newest build from its beginning, running or ended.",
  options: {
    ...rootOption,
    build: { type: "string", value: "NAME", help: "another build than the newest" },
    plain: { type: "boolean", help: "a line for each event; default where there is no terminal" },
    ...screenOptions,
    json: { type: "boolean", help: "one JSON event a line (docs/events.md)" },
  },
};

/** `smartbuild attach` */
export const attachCommand: Command = async (argv, io) => {
  const parsed = parse(argv, attachUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(attachUsage));
    return 0;
  }
  const found = await findBuild(io, values.get("root"), values.get("build"));
  if (!found.ok) return report(io, found.failure);
  const { workspace, folder } = found.value;
  return showBuild(io, workspace, folder, flags, "leave");
};
