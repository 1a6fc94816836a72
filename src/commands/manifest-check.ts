// Invariant: reads, never writes; exits 2 when an image could not be made as the manifests say.
import { exitCodes } from "../engine/exit-codes.ts";
import { kindTexts, type Finding, type FindingKind } from "../engine/image/check/finding.ts";
import { Originals } from "../engine/manifest/provenance.ts";
import { countStates, stateWords } from "../engine/manifest/query.ts";
import { findingLines } from "./image-check-text.ts";
import { report, type Command } from "./io.ts";
import { readTree, readWords, remarksOn, tellRemarks, type ReadTree } from "./manifest-words.ts";
import { rootOption, type Usage } from "./options.ts";

export const manifestCheckUsage: Usage = {
  synopsis: "manifest check",
  summary: "Says what is wrong with the entries: missing files, contradictions, broken links.",
  options: {
    ...rootOption,
    all: { type: "boolean", help: "every finding, not the first twenty of a kind" },
    json: { type: "boolean", help: "one JSON object" },
  },
  notes: [
    "`smartbuild image check` also says whether all of it fits. Exit codes: 0 no errors, 2 some.",
  ],
};

/** `smartbuild manifest check` */
export const manifestCheck: Command = async (argv, io) => {
  const parsed = readWords(argv, manifestCheckUsage, 0, io);
  if (typeof parsed === "number") return parsed;
  const read = await readTree(io, parsed);
  if (!read.ok) return report(io, read.failure);
  const { shipped, workspace } = read.value;
  const findings = [...missingFiles(read.value), ...read.value.findings];
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const states = [...countStates(shipped.entries)];
  if (parsed.flags.has("json")) {
    const { root, layout } = workspace;
    io.stdout.write(
      `${JSON.stringify({
        ...{ version: 1, workspace: root, layout, entries: shipped.entries.length },
        ...{ errors, warnings: findings.length - errors, states: Object.fromEntries(states) },
        ...{ remarks: remarksOn(shipped), findings },
      })}\n`,
    );
  } else {
    tellRemarks(io, shipped);
    const counts = states.map(([state, count]) => `${count} ${stateWords[state]}`).join(", ");
    const lines = [
      ...textOf(findings, parsed.flags.has("all")),
      `${shipped.entries.length} entries: ${counts}`,
    ];
    io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  }
  return errors === 0 ? 0 : exitCodes["build-failed"];
};

/** Files that are not there or cannot be read, as findings. */
function missingFiles({ shipped, workspace }: ReadTree): Finding[] {
  const originals = new Originals(workspace.root, workspace.layout);
  return shipped.entries.flatMap(({ path, lines, findings }) =>
    findings.flatMap(({ kind, severity, message }): Finding[] => {
      if (kind !== "missing-file" && kind !== "unusable-file") return [];
      const places = lines.slice(0, 1).map((line) => originals.find(line));
      return [{ kind, severity, path, message, places }];
    }),
  );
}

function textOf(findings: readonly Finding[], all: boolean): string[] {
  const lines: string[] = [];
  const kinds = Object.keys(kindTexts) as FindingKind[];
  for (const severity of ["error", "warning"] as const) {
    for (const kind of kinds) {
      const found = findings.filter((each) => each.kind === kind && each.severity === severity);
      if (found.length > 0) lines.push(...findingLines(kind, found, all), "");
    }
  }
  return lines;
}
