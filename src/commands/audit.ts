// Invariant: reads, never writes; exits 1 when it found something that the baseline does not know.
import { join, resolve } from "node:path";
import type { AuditContext } from "../engine/audit/audit-context.ts";
import { audit } from "../engine/audit/audit.ts";
import { baselineFile, judge, readBaseline, type Judged } from "../engine/audit/baseline.ts";
import {
  auditRules,
  findingKey,
  type AuditFinding,
  type AuditRule,
} from "../engine/audit/finding.ts";
import { readImagePlatform } from "../engine/audit/read-image.ts";
import { readPlatform } from "../engine/audit/read-platform.ts";
import { runsAsOther, type RunsAsOther } from "../engine/audit/runs-as-other.ts";
import { readable } from "../engine/image/format/bytes-io.ts";
import { holdLittleMemory } from "../engine/image/give-back-memory.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { loggedStages } from "../stages/logged-stages.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const auditUsage: Usage = {
  synopsis: "audit [PATH…]",
  summary: "Says what is not sound about what ships: libraries, interpreters, paths of the build …",
  options: {
    ...rootOption,
    image: {
      type: "string",
      value: "FILE",
      help: "what a boot archive, .lgz or platform folder holds, instead of the manifest",
    },
    "library-path": {
      type: "string",
      value: "FOLDERS",
      help: "default folders of the run-time linker in place of illumos' own, between colons (as crle -l)",
    },
    rule: {
      type: "string",
      value: "NAMES",
      help: `only these, between commas: ${auditRules.join(", ")}`,
    },
    all: { type: "boolean", help: "also what the baseline knows" },
    lines: {
      type: "boolean",
      help: "one line for each new finding, as the audit stage prints them",
    },
    json: { type: "boolean", help: "one JSON object" },
  },
  notes: [
    "`audit order` compares what components need with what their Makefile declares; `audit use` says",
    "which files of the strap area and the adjunct no build reads.",
    `PATH: only what is below it in the image. ${baselineFile} at the root of the workspace holds what`,
    "is known, a line each: KIND PATH DETAIL # REASON. Exit codes: 0 nothing new, 1 something new.",
  ],
};

/** `smartbuild audit` */
export const auditCommand: Command = async (argv, io) => {
  // Most of what an audit makes is dropped at once: new objects need no more than their first space.
  holdLittleMemory();
  const [first, ...rest] = argv;
  if (first === "order") {
    const { auditOrderCommand } = await import("./audit-order.ts");
    return auditOrderCommand(rest, io);
  }
  if (first === "use") {
    const { auditUseCommand } = await import("./audit-use.ts");
    return auditUseCommand(rest, io);
  }
  const parsed = parse(argv, auditUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(auditUsage));
    return 0;
  }
  const asked = values.get("rule")?.split(",");
  const wrong = asked?.find((name) => !auditRules.some((rule) => rule === name));
  if (wrong !== undefined) {
    const failure = fail("usage", `There is no rule ${wrong}.`, `Rules: ${auditRules.join(", ")}`);
    return report(io, failure.failure);
  }
  const defaultLibraryFolders = values.get("library-path")?.split(":");
  if (defaultLibraryFolders?.some((folder) => !folder.startsWith("/")) === true) {
    const what = "Each folder of --library-path must begin with a slash.";
    const example = "Name folders of the platform: --library-path /lib:/usr/lib:/opt/vendor/lib";
    return report(io, fail("usage", what, example).failure);
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  const image = values.get("image");
  if (!workspace.ok && image === undefined) return report(io, workspace.failure);
  const known = workspace.ok ? readBaseline(join(workspace.value.root, baselineFile)) : ok([]);
  if (!known.ok) return report(io, known.failure);
  const rules = auditRules.filter((rule): rule is AuditRule => asked?.includes(rule) ?? true);
  const found = await auditAll(image, io.cwd, workspace, rules, defaultLibraryFolders);
  if (!found.ok) return report(io, found.failure);
  const below = words.map((word) => word.replace(/^\/+|\/+$/g, ""));
  const findings = found.value.findings.filter(
    ({ path }) =>
      below.length === 0 || below.some((at) => path === at || path.startsWith(`${at}/`)),
  );
  const isWhole = asked === undefined && below.length === 0 && image === undefined;
  const judged = judge(findings, known.value, isWhole);
  const { others } = found.value;
  if (flags.has("json")) {
    const { root, layout } = workspace.ok ? workspace.value : {};
    const said = { version: 1, workspace: root, layout, image, ...judged, runsAsOther: others };
    io.stdout.write(`${JSON.stringify(said)}\n`);
  } else if (flags.has("lines")) {
    const lines = [...judged.fresh.map(findingLine), ...outdatedLines(judged), summary(judged)];
    io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  } else
    io.stdout.write(
      [...othersLines(others, flags.has("all")), ...auditLines(judged, flags.has("all"))]
        .map((line) => `${line}\n`)
        .join(""),
    );
  return judged.fresh.length === 0 ? 0 : 1;
};

interface Found {
  readonly findings: readonly AuditFinding[];
  readonly others: readonly RunsAsOther[];
}

/** Audits an image file, or what the workspace delivers. */
async function auditAll(
  image: string | undefined,
  cwd: string,
  workspace: Result<Workspace>,
  rules: readonly AuditRule[],
  defaultLibraryFolders: readonly string[] | undefined,
): Promise<Result<Found>> {
  const look = (read: AuditContext): Found => {
    const context = { ...read, defaultLibraryFolders };
    return {
      findings: audit(context, rules),
      others: rules.includes("modes") ? runsAsOther(context) : [],
    };
  };
  if (image === undefined) {
    if (!workspace.ok) return workspace;
    const context = await readPlatform(workspace.value, loggedStages(workspace.value));
    return context.ok ? ok(look(context.value)) : context;
  }
  const file = resolve(cwd, image);
  const opened = readImagePlatform(file, workspace.ok ? workspace.value : undefined);
  if (!opened.ok) return opened;
  try {
    return readable(file, () => look(opened.value.context));
  } finally {
    opened.value.close();
  }
}

/** The programs that run as somebody else: all of them, or those that changed. */
function othersLines(others: readonly RunsAsOther[], withAll: boolean): string[] {
  const shown = others.filter(({ change }) => withAll || change !== "none");
  if (shown.length === 0) return [];
  const lines = shown.map(({ path, mode, owner, change }) => {
    const words = change === "none" ? "" : `  ${change}`;
    return `  0${mode.toString(8)} ${owner}  ${path}${words}`;
  });
  return [`setuid and setgid: ${others.length}`, ...lines, ""];
}

/** A heading for each rule, a line for each finding, and a summary. */
function auditLines(judged: Judged, withKnown: boolean): string[] {
  const { fresh, known } = judged;
  const shown = withKnown ? [...fresh, ...known] : fresh;
  return [
    ...auditRules.flatMap((rule) => {
      const own = shown.filter((finding) => finding.rule === rule);
      return own.length === 0 ? [] : [`${rule}: ${own.length}`, ...own.flatMap(findingLines), ""];
    }),
    ...outdatedLines(judged),
    summary(judged),
  ];
}

function outdatedLines({ outdated }: Judged): string[] {
  return outdated.map(
    ({ key, line }) => `${baselineFile}:${line}: nothing is found for it any more: ${key}`,
  );
}

function summary({ fresh, known, outdated }: Judged): string {
  const counts = `audit: ${fresh.length} new, ${known.length} known`;
  return outdated.length === 0 ? counts : `${counts}, ${outdated.length} outdated`;
}

/** As engine/diagnosis/rules/audit.ts reads it. */
function findingLine(finding: AuditFinding): string {
  const { path, component, message } = finding;
  const owner = component === "" ? "" : ` (${component})`;
  return `audit finding: ${path}${owner}: ${message} [${findingKey(finding)}]`;
}

function findingLines(finding: AuditFinding): string[] {
  const { path, component, message, advice } = finding;
  const owner = component === "" ? "" : ` (${component})`;
  return [`  ${path}${owner}: ${message}`, `    ${advice}`, `    ${findingKey(finding)}`];
}
