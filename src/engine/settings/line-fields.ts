// Invariant: one field for each line that the tree's scripts read from a file of lines.
import { basename } from "node:path";
import type { Field } from "./field.ts";
import { readBranchLines, readProjectLines } from "./line-files.ts";
import { settingNamed } from "./schema.ts";
import type { FieldSource } from "./setting-fields.ts";

/** Repositories that the classic configure knows by name, and where each is. */
const repositories = {
  "illumos-live": ".",
  "illumos-extra": "projects/illumos-extra",
  "illumos-joyent": "projects/illumos",
  kvm: "projects/local/kvm",
  "kvm-cmd": "projects/local/kvm-cmd",
} as const;

// The 2012 script calls update_branch where the line is missing, and not where it is there.
const invertedTest = /-z\s+"?\$\{?branch\}?"?\s*\]\]\s*&&\s*update_branch/;

function fileSetting(source: FieldSource, name: string): Pick<Field, "setting"> {
  const setting = settingNamed(source.place.layout, name);
  return setting === undefined ? {} : { setting };
}

/** Classic: the branch of each repository. */
export function branchFields(source: FieldSource): Field[] {
  const { place, bytes } = source;
  if (place.layout !== "classic") return [];
  const path = place.paths.configureBranches;
  const text = bytes(path)?.toString("utf8");
  const lines = text === undefined ? [] : readBranchLines(text);
  const configure = bytes(place.paths.configure)?.toString("latin1") ?? "";
  const isInverted = invertedTest.test(configure);
  return Object.entries(repositories).map(([name, repository]) => {
    const line = lines.findLast((each) => each.repository === name);
    return {
      id: `configure-branches.${name}`,
      label: name,
      section: "Branches (configure-branches)",
      kind: "text",
      type: "branch",
      shown: line?.branch ?? "",
      isDefault: line === undefined,
      help: `Branch that configure checks out in ${repository === "." ? "this tree" : repository}.`,
      isRequired: false,
      notes: isInverted
        ? [
            "This tree's configure never applies a branch named here: its test is the wrong way round.",
            "A line that is missing makes it run `git checkout` in that folder.",
          ]
        : [],
      isOdd: false,
      target: path,
      repository,
      ...fileSetting(source, "configure-branches"),
      ...(line === undefined
        ? {}
        : { value: line.branch, origin: { file: path, line: line.line } }),
    };
  });
}

/** The file that the modern configure takes its projects from. */
export function projectsPath({ place, bytes }: FieldSource): string {
  const { configureProjects, defaultConfigureProjects } = place.paths;
  return bytes(configureProjects) === undefined ? defaultConfigureProjects : configureProjects;
}

/** Modern: where each project comes from. */
export function projectFields(source: FieldSource): Field[] {
  const { place, bytes } = source;
  if (place.layout !== "modern") return [];
  const path = projectsPath(source);
  const isDefault = path !== place.paths.configureProjects;
  const { projects, problems } = readProjectLines(bytes(path)?.toString("utf8") ?? "");
  const note = "The first change here writes configure-projects, which replaces the tree's list.";
  const section = `Projects (${basename(path)})`;
  const common = { section, target: place.paths.configureProjects, isRequired: false };
  const setting = fileSetting(source, "configure-projects");
  return [
    ...projects.map(({ folder, branch, url, line }): Field => ({
      ...common,
      ...setting,
      id: `configure-projects.${folder}`,
      label: folder,
      kind: "project",
      type: "branch:source",
      value: `${branch}:${url}`,
      shown: `${branch}:${url}`,
      isDefault,
      origin: { file: path, line },
      help: `Branch of projects/${folder}, and where it is cloned from when it is missing.`,
      notes: isDefault ? [note] : [],
      isOdd: false,
      repository: `projects/${folder}`,
    })),
    ...problems.map(({ line, message }): Field => ({
      section,
      isRequired: false,
      id: `configure-projects:${line}`,
      label: `${basename(path)}:${line}`,
      kind: "note",
      type: "problem",
      shown: message,
      isDefault: false,
      origin: { file: path, line },
      help: "Mend the file at that line.",
      notes: [],
      isOdd: true,
    })),
  ];
}

/** Both: the name before the build stamp. */
export function buildVersionField(source: FieldSource): Field {
  const { place, bytes } = source;
  const path = place.paths.configureBuildver;
  const text = bytes(path)?.toString("utf8");
  const value = text?.split(/\r?\n/, 1)[0];
  const setting = settingNamed(place.layout, "configure-buildver");
  return {
    id: "configure-buildver",
    label: "configure-buildver",
    section: "Settings",
    kind: "text",
    type: "name",
    shown: value ?? "",
    isDefault: value === undefined,
    help: setting?.help ?? "",
    isRequired: false,
    notes: [],
    isOdd: false,
    target: path,
    ...fileSetting(source, "configure-buildver"),
    ...(value === undefined ? {} : { value, origin: { file: path, line: 1 } }),
  };
}
