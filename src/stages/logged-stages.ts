// Invariant: every stage whose output shows compilers at work is named here, in the order of a build.
import type { LoggedStage } from "../engine/audit/printed/printed-logs.ts";
import { extraComponents, localProjects } from "../engine/workspace/projects.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";

const extraFolder = "projects/illumos-extra";

/** The stages whose logs an audit reads, with the components that each of them builds. */
export function loggedStages(workspace: Workspace): readonly LoggedStage[] {
  const isClassic = workspace.layout === "classic";
  const components = extraComponents(workspace, "main");
  const proto = { isStrap: false } as const;
  return [
    {
      name: "strap",
      folder: extraFolder,
      components: extraComponents(workspace, "strap"),
      isStrap: true,
    },
    { name: "illumos", folder: "projects/illumos", ...proto },
    {
      name: "extra",
      folder: extraFolder,
      components,
      stamp: isClassic ? "1-extra-stamp" : "0-extra-stamp",
      ...proto,
    },
    ...components.map((component) => ({
      ...{ name: `extra/${component}`, component, folder: `${extraFolder}/${component}` },
      ...proto,
    })),
    { name: "src", folder: "src", ...proto },
    ...localProjects(workspace).map((name) => ({
      ...{ name: `local/${name}`, folder: `projects/local/${name}` },
      stamp: `0-subdir-${name}-stamp`,
      ...proto,
    })),
    { name: "tools", folder: "tools", ...proto },
    { name: "man", folder: "man", ...proto },
    { name: "devpro", folder: "projects/devpro", ...proto },
    { name: "checks", folder: "tools", ...proto },
  ];
}
