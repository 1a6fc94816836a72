// Invariant: the part of the table of keys that is about the builds page; see keymap.ts.
import type { Command, ConsoleModel } from "../../model.ts";
import { verificationText } from "../../../engine/journal/verified.ts";
import { pages } from "../../views.ts";
import type { PastBuild } from "../../../engine/journal/past-builds.ts";

/** The build that a key of the page is about. */
function chosenBuild({ page }: ConsoleModel): PastBuild | undefined {
  if (page?.kind !== "builds") return undefined;
  switch (page.keys) {
    case "builds":
      return page.builds[page.chosen - page.top];
    case "builds-image":
      return page.build;
    case "builds-compare":
      return page.newer;
  }
}

function noBuild(model: ConsoleModel): string | undefined {
  if (chosenBuild(model) !== undefined) return undefined;
  const { page } = model;
  const isReading = page?.kind === "builds" && page.keys === "builds" && page.isReading;
  return isReading ? "the builds are still being read" : "there is no build yet";
}

function noOther(model: ConsoleModel): string | undefined {
  const { page } = model;
  const isOnly =
    page?.kind === "builds" && page.keys === "builds" && page.count === 1 && !page.isReading;
  return isOnly ? "there is no other build to compare it with yet" : noBuild(model);
}

function noImage(model: ConsoleModel): string | undefined {
  if (chosenBuild(model)?.image !== undefined) return undefined;
  return noBuild(model) ?? "this build made no image";
}

/** Verifying would read the image of another build. */
function isReplaced({ page }: ConsoleModel): string | undefined {
  if (page?.kind !== "builds" || page.keys === "builds-compare") return undefined;
  const verification = page.disk?.verification;
  return verification?.state === "replaced" ? verificationText(verification) : undefined;
}

function nothingMade(model: ConsoleModel): string | undefined {
  const isMade = (chosenBuild(model)?.artefacts.length ?? 0) > 0;
  if (isMade) return undefined;
  const isOver = chosenBuild(model)?.state !== "running";
  return noBuild(model) ?? `this build made nothing${isOver ? "" : " yet"}`;
}

function isMarking({ page }: ConsoleModel): boolean {
  return page?.kind === "builds" && page.keys === "builds" && page.marked !== undefined;
}

export const buildsCommands: readonly Command[] = [
  {
    id: "open-build",
    keys: ["enter", "l"],
    label: () => "open",
    description: "Look at the build with its logs and problems; it can only be looked at.",
    views: ["builds"],
    bar: 1,
    disabled: noBuild,
  },
  {
    id: "show-image",
    keys: ["i"],
    label: () => "image",
    description: "What the build made: sizes, how full the image is, how to boot it.",
    views: ["builds"],
    bar: 3,
    disabled: nothingMade,
  },
  {
    id: "compare-builds",
    keys: ["c"],
    label: (model) => (isMarking(model) ? "compare with it" : "compare"),
    description: "Mark a build, then compare another one with it: times, problems, changes.",
    views: ["builds"],
    bar: 4,
    disabled: noOther,
  },
  {
    id: "verify-image",
    keys: ["v"],
    label: () => "verify",
    description: "Read the image again and compare it with the manifest and its sums.",
    views: ["builds", "builds-image"],
    bar: 5,
    disabled: (model) => noImage(model) ?? isReplaced(model),
  },
  {
    id: "copy-image",
    keys: ["y"],
    label: () => "copy path",
    description: "Copy the path of the tarball, or of the first thing that was made.",
    views: ["builds", "builds-image"],
    bar: 6,
    disabled: nothingMade,
  },
  {
    id: "newest-build",
    keys: ["0"],
    label: () => "newest build",
    description: "From an earlier build back to the newest one.",
    views: ["build", "log", "failures", ...pages],
    disabled: ({ past }) => (past === undefined ? "this is the newest build" : undefined),
    bar: 1,
  },
];
