// Invariant: of a path that nothing delivers any more it tells which build did, and what has changed
// since then where it should come from; what git cannot tell within two seconds is left out.
import { basename, dirname, join, relative } from "node:path";
import { installerFolder, installerPlace } from "../diagnosis/installer.ts";
import { buildFolders } from "../journal/builds.ts";
import type { Installer, LastDelivery, Problem } from "../journal/events.ts";
import { lastGood } from "../journal/last-good.ts";
import { cleanText } from "../logs/clean.ts";
import { runTool } from "../process/run-tool.ts";

const longestMs = 2000;
const mostFiles = 10;
/** Of more, the first of them are named in the advice. */
const mostNamed = 3;

/**
 * The problems of entries that an earlier build's image got, with what is known of that. `folder`: of
 * this build, absolute.
 */
export async function withLastDelivery(
  root: string,
  folder: string,
  problems: readonly Problem[],
): Promise<readonly Problem[]> {
  const missing = problems.filter(
    ({ path, installer }) =>
      path !== undefined && installer !== undefined && installerFolder(installer.component),
  );
  const before = missing.length === 0 ? undefined : await lastDelivered(folder);
  if (before === undefined) return [];
  const changes = new Map<string, Promise<readonly string[] | undefined>>();
  const told = missing.map(async (problem): Promise<Problem[]> => {
    const { path, installer, advice } = problem;
    if (path === undefined || installer === undefined || !before.paths.has(path)) return [];
    const { component } = installer;
    const asked = changes.get(component) ?? changedSince(root, before.folder, component);
    changes.set(component, asked);
    const changed = await asked;
    const delivered: LastDelivery = {
      build: basename(before.folder),
      ...(changed === undefined ? {} : { changed: changed.slice(0, mostFiles) }),
    };
    const said = [advice, deliveryText(delivered, installer, changed?.length)];
    return [
      {
        ...problem,
        advice: said.filter((each) => each !== undefined).join(" "),
        installer: { ...installer, delivered },
      },
    ];
  });
  return (await Promise.all(told)).flat();
}

/** The newest earlier build that kept what its image got. */
async function lastDelivered(
  folder: string,
): Promise<{ readonly folder: string; readonly paths: ReadonlySet<string> } | undefined> {
  const { hasDelivered, readDelivered } = await import("../image/shipped/delivered-list.ts");
  const earlier = buildFolders(dirname(folder)).filter((each) => each !== folder);
  const found = earlier.find(hasDelivered);
  const entries = found === undefined ? undefined : readDelivered(found);
  if (found === undefined || entries?.ok !== true) return undefined;
  return { folder: found, paths: new Set(entries.value.map(({ path }) => path)) };
}

/**
 * Files in a component's folder, below the workspace, that are not as they were when the build in
 * `folder` was the newest, committed or not; undefined where git cannot tell.
 */
async function changedSince(
  root: string,
  folder: string,
  component: string,
): Promise<readonly string[] | undefined> {
  const at = installerFolder(component);
  const good = lastGood(folder, installerPlace(component).stage, folder);
  const mark = good?.fingerprint?.repositories.find(
    ({ name }) => at === name || at?.startsWith(`${name}/`) === true,
  );
  if (at === undefined || mark === undefined) return undefined;
  const part = relative(mark.name, at) || ".";
  const argv = ["diff", "--name-only", "--no-renames", "-z", mark.head, "--", part];
  const { ok, stdout } = await runTool("git", argv, join(root, mark.name), {}, longestMs);
  if (!ok) return undefined;
  return stdout
    .split("\0")
    .filter((file) => file !== "")
    .map((file) => cleanText(join(mark.name, file)));
}

function deliveryText(
  { build, changed }: LastDelivery,
  { component }: Installer,
  count: number | undefined,
): string {
  const by = `Build ${String(Number.parseInt(build, 10))} delivered it`;
  if (changed === undefined || count === undefined) return `${by}.`;
  if (count === 0) return `${by}, and no file of ${component} has changed since.`;
  const named = changed.slice(0, mostNamed).join(", ");
  const more = count > mostNamed ? ` and ${String(count - mostNamed)} more` : "";
  return `${by}; changed since then: ${named}${more}.`;
}
