// Invariant: `plan` changes nothing; `run` does exactly what it says.
import type { Prepared } from "./prepare.ts";
import { prepare } from "./prepare.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const planUsage: Usage = {
  synopsis: "plan [TARGET…]",
  summary: "Says for every stage whether it is up to date, or why `smartbuild run` would build it.",
  options: { ...rootOption, json: { type: "boolean", help: "one JSON object" } },
};

/** `smartbuild plan` */
export const planCommand: Command = async (argv, io) => {
  const parsed = parse(argv, planUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(planUsage));
    return 0;
  }
  const prepared = await prepare(io, values.get("root"), words);
  if (!prepared.ok) return report(io, prepared.failure);
  const { workspace, plan } = prepared.value;
  io.stdout.write(
    flags.has("json")
      ? `${JSON.stringify({ version: 1, workspace: workspace.root, layout: workspace.layout, stages: plan })}\n`
      : planLines(prepared.value)
          .map((line) => `${line}\n`)
          .join(""),
  );
  return 0;
};

/** A line for each stage of the plan, and what is removed so that make notices. */
export function planLines({ workspace, graph, plan, settings }: Prepared): string[] {
  const width = Math.max(...plan.map(({ name }) => name.length));
  const runs = plan.filter(({ run }) => run).length;
  return [
    `${workspace.root}: ${workspace.layout} layout, ${runs} of ${plan.length} stages to build`,
    ...plan.flatMap(({ name, run, reasons, removes }) => {
      const remark = graph.find((stage) => stage.name === name)?.remark;
      const text = run ? `build: ${reasons.join("; ")}` : "up to date";
      return [
        `  ${name.padEnd(width)}  ${text}${remark === undefined ? "" : ` (${remark})`}`,
        ...(removes.length === 0
          ? []
          : [`  ${" ".repeat(width)}  removes first: ${shortened(removes)}`]),
      ];
    }),
    ...[...settings.problems, ...settings.warnings].map(
      ({ file, line, message }) => `  ${file}${line === 0 ? "" : `:${line}`}: ${message}`,
    ),
  ];
}

function shortened(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(", ");
  return paths.length <= 3 ? shown : `${shown} and ${paths.length - 3} more`;
}
