// Invariant: reads, never writes; exits 1 when a need is not declared or components need each other.
import { auditOrder, type OrderAudit } from "../engine/audit/order/audit-order.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import { loggedStages } from "../stages/logged-stages.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const auditOrderUsage: Usage = {
  synopsis: "audit order",
  summary: "Compares what components and local projects need with what the Makefiles declare.",
  options: { ...rootOption, json: { type: "boolean", help: "one JSON object" } },
  notes: [
    "Read from needed libraries, interpreters and dependency files (.d), and from the lines of the log",
    "in which each was last compiled. Exit codes: 0 all declared, 1 needs are missing or in a circle.",
  ],
};

/** `smartbuild audit order` */
export const auditOrderCommand: Command = (argv, io) => {
  // The synopsis has no words: `order` was read by whoever came here.
  const parsed = parse(argv, auditOrderUsage);
  if (!parsed.ok) return Promise.resolve(report(io, parsed.failure));
  const { flags, values } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(auditOrderUsage));
    return Promise.resolve(0);
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return Promise.resolve(report(io, workspace.failure));
  const found = auditOrder(workspace.value, loggedStages(workspace.value));
  if (!found.ok) return Promise.resolve(report(io, found.failure));
  const { root, layout } = workspace.value;
  const text = flags.has("json")
    ? JSON.stringify({ version: 1, workspace: root, layout, ...found.value })
    : orderLines(found.value).join("\n");
  io.stdout.write(`${text}\n`);
  const { missing, cycles } = found.value;
  return Promise.resolve(missing.length === 0 && cycles.length === 0 ? 0 : 1);
};

function orderLines(found: OrderAudit): string[] {
  const { missing, needless, cycles, criticalPath, makefile, topMakefile, components, unseen } =
    found;
  const total = criticalPath.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const way = criticalPath.map(
    ({ component, durationMs }) => `${component} ${seconds(durationMs)}`,
  );
  return [
    ...section(
      "not declared, so unsafe in a parallel build",
      missing.map(({ component, needs, because }) => `${component} needs ${needs}: ${because}`),
    ),
    ...section(
      "declared, and nothing shows that it is needed",
      needless.map(({ component, needs }) => `${component} needs ${needs}`),
    ),
    ...section(
      "in a circle",
      cycles.map((cycle) => cycle.join(" → ")),
    ),
    ...section("never seen in a log, so not judged", unseen),
    ...section(`longest way, ${seconds(total)}`, [way.join(" → ")]),
    ...pasted("projects/illumos-extra/Makefile", makefile),
    ...pasted("Makefile", topMakefile),
    `order: ${components.length} components, ${missing.length} missing, ${needless.length} needless, ${cycles.length} in a circle`,
  ];
}

/** Lines that can be copied as they are. */
function pasted(file: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`for ${file}:`, ...lines, ""];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ""];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
