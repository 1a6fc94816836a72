// Invariant: reads, never writes; what it tells is no fault, so it exits 0.
import { resolve } from "node:path";
import {
  strapUse,
  unusedBytes,
  type JudgedFile,
  type StrapGroup,
  type StrapUse,
} from "../engine/audit/use/strap-use.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import { loggedStages } from "../stages/logged-stages.ts";
import { sizeText } from "../ui/pages/manifest/size-text.ts";
import { report, type Command } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const auditUseUsage: Usage = {
  synopsis: "audit use",
  summary: "Says which files of proto.strap and the adjunct no build reads, so that they can go.",
  options: {
    ...rootOption,
    trace: {
      type: "string",
      value: "FILE",
      help: "also what this trace of a build shows: of strace, truss or fatrace, or a path a line",
    },
    all: { type: "boolean", help: "every file, also those that are read, and what shows it" },
    json: { type: "boolean", help: "one JSON object" },
  },
  notes: [
    "Told by command lines in the logs, dependency files and, where the file system keeps them, the",
    "times of last access. Exit code 0 also when files are unused.",
  ],
};

/** Unused files that are listed of each component without --all. */
const mostListed = 10;

/** `smartbuild audit use` */
export const auditUseCommand: Command = async (argv, io) => {
  const parsed = parse(argv, auditUseUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(auditUseUsage));
    return 0;
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return report(io, workspace.failure);
  const trace = values.get("trace");
  const found = await strapUse(
    workspace.value,
    loggedStages(workspace.value),
    trace === undefined ? undefined : resolve(io.cwd, trace),
  );
  if (!found.ok) return report(io, found.failure);
  const { root, layout } = workspace.value;
  const text = flags.has("json")
    ? JSON.stringify({ version: 1, workspace: root, layout, ...found.value })
    : useLines(found.value, flags.has("all")).join("\n");
  io.stdout.write(`${text}\n`);
  return 0;
};

function useLines(found: StrapUse, withAll: boolean): string[] {
  const { groups, sources, readOutside } = found;
  const files = groups.flatMap((group) => group.files);
  const unused = files.filter(({ use }) => use === undefined);
  const shown = groups.filter((group) => withAll || group.files.some(isUnused));
  const { logs, dependencyFiles, accessTimes, trace } = sources;
  return [
    ...(unused.length > 0 && !withAll ? ["nothing shows that these are read:"] : []),
    ...shown.flatMap((group) => groupLines(group, withAll)),
    `told by: command lines of ${logs} components, ${dependencyFiles} dependency files,`,
    accessTimes.areKept
      ? `  times of last access (${accessTimes.why})`
      : `  no times of last access (${accessTimes.why}): what programs open themselves is not seen`,
    ...(trace === undefined ? [] : [`  the trace ${trace}`]),
    ...(readOutside === 0
      ? []
      : [`  ${readOutside} files were read while no stage ran, and count as read`]),
    "",
    `use: ${files.length - unused.length} files are read, ${unused.length} are not (${total(unused)} of ${total(files)})`,
  ];
}

function groupLines(group: StrapGroup, withAll: boolean): string[] {
  const { name, origin, files } = group;
  const unused = files.filter(isUnused);
  const listed = withAll ? files : bySize(unused).slice(0, mostListed);
  const more = withAll ? 0 : unused.length - listed.length;
  const where = origin === "unknown" ? `${name} (nobody knows from where)` : name;
  const whole = unused.length === files.length ? ", all of it" : "";
  return [
    `  ${where}: ${unused.length} of ${files.length} files, ${sizeText(unusedBytes(group))}${whole}`,
    ...listed.map((file) => `    ${file.path}  ${sizeText(file.bytes)}${useText(file)}`),
    ...(more > 0 ? [`    … and ${more} more (--all lists them)`] : []),
    "",
  ];
}

function useText({ use }: JudgedFile): string {
  if (use === undefined) return "";
  return `  ${use.by === "" ? "" : `${use.by}, `}${use.evidence}`;
}

function isUnused({ use }: JudgedFile): boolean {
  return use === undefined;
}

function bySize(files: readonly JudgedFile[]): readonly JudgedFile[] {
  return [...files].sort((a, b) => b.bytes - a.bytes);
}

function total(files: readonly JudgedFile[]): string {
  return sizeText(files.reduce((sum, { bytes }) => sum + bytes, 0));
}
