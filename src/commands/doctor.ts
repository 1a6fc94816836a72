// Invariant: doctor changes nothing; it fails when a build of the tree would stop for what is missing.
import { runTool } from "../engine/process/run-tool.ts";
import { examineHost, type Finding, type FindingState } from "../engine/workspace/doctor.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const doctorUsage: Usage = {
  synopsis: "doctor",
  summary: "Says what this host has and lacks for a build of the tree; changes nothing.",
  options: { ...rootOption, json: { type: "boolean", help: "one JSON object" } },
  notes: ["Exit code: 0, or 1 when a build would stop for what is missing."],
};

const marks: Readonly<Record<FindingState, string>> = {
  ok: "ok",
  missing: "MISSING",
  note: "note",
};

/** `smartbuild doctor` */
export const doctorCommand: Command = async (argv, io) => {
  const parsed = parse(argv, doctorUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(doctorUsage));
    return 0;
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return report(io, workspace.failure);
  const { root, layout } = workspace.value;
  const findings = await examineHost(workspace.value, io.env["PATH"] ?? "", async (argv) => {
    const [name = "", ...rest] = argv;
    const result = await runTool(name, rest, root);
    return result.ok ? (result.stdout.split("\n", 1)[0] ?? "").trim() : undefined;
  });
  const missing = findings.filter(({ state }) => state === "missing");
  if (flags.has("json")) {
    io.stdout.write(`${JSON.stringify({ version: 1, workspace: root, layout, findings })}\n`);
  } else {
    const width = Math.max(...findings.map(({ name }) => name.length));
    const last =
      missing.length === 0
        ? "This host can build it: smartbuild run"
        : `A build would stop here: ${missing.map(({ name }) => name).join(", ")}.`;
    const lines = [
      `${root}: ${layout} layout`,
      ...findings.flatMap((each) => textOf(each, width)),
      last,
    ];
    io.stdout.write(`${lines.join("\n")}\n`);
  }
  return missing.length === 0 ? 0 : 1;
};

function textOf({ name, state, found, advice }: Finding, width: number): string[] {
  const lead = `  ${name.padEnd(width)}  ${marks[state].padEnd(7)}  `;
  return [
    `${lead}${found}`,
    ...(advice === undefined ? [] : [`${" ".repeat(lead.length)}${advice}`]),
  ];
}
