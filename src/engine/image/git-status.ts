// Invariant: depends on the repositories alone: not on the clock, nor on a repository that the
// workspace happens to lie in.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { compareBytes } from "../manifest/byte-text.ts";
import type { Layout } from "../workspace/probes.ts";

interface RepositoryStatus {
  readonly repo: string;
  readonly branch: string;
  readonly commitDate: string;
  readonly rev: string;
  readonly url: string;
}

/** Repositories by the names that the tree's own tools give them, with their folders. */
function repositories(root: string, layout: Layout): [name: string, folder: string][] {
  const main = { illumos: "projects/illumos", extra: "projects/illumos-extra" };
  if (layout === "classic") {
    const agent = "projects/local/ur-agent";
    return [
      ["illumos-live", "."],
      ["illumos-extra", main.extra],
      ["illumos-joyent", main.illumos],
      ...(existsSync(join(root, agent)) ? [["ur-agent", agent] as [string, string]] : []),
    ];
  }
  return [
    ["smartos-live", "."],
    ["illumos-joyent", main.illumos],
    ["illumos-extra", main.extra],
    ...localProjects(root).map((name): [string, string] => [name, `projects/local/${name}`]),
  ];
}

function localProjects(root: string): string[] {
  try {
    const found = readdirSync(join(root, "projects/local"), { withFileTypes: true });
    return found
      .filter((each) => each.isDirectory() && !each.name.startsWith("."))
      .map(({ name }) => name)
      .sort(compareBytes);
  } catch {
    return [];
  }
}

/** What git knows of a folder that is a repository itself; undefined for any other. */
function status(
  repo: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): RepositoryStatus | undefined {
  if (!existsSync(join(folder, ".git"))) return undefined;
  const git = (...args: string[]): string => {
    const run = spawnSync("git", args, { cwd: folder, env, encoding: "utf8" });
    return run.status === 0 ? run.stdout.trim() : "";
  };
  const [rev = "", commitDate = ""] = git("log", "-n1", "--pretty=format:%H %ct").split(" ");
  if (rev === "") return undefined;
  const branch = git("rev-parse", "--abbrev-ref", "HEAD");
  return { repo, branch, commitDate, rev, url: git("config", "remote.origin.url") };
}

/**
 * Branches and revisions of the repositories that a platform is made from, in the form of the
 * layout: classic as tools/get_status prints it, modern the JSON of tools/build_etcrelease -g.
 */
export function gitStatus(root: string, layout: Layout, env: NodeJS.ProcessEnv): string {
  const found = repositories(root, layout).map(([name, folder]) => ({
    name,
    known: status(name, join(root, folder), env),
  }));
  if (layout === "modern") {
    const rows = found.map(({ name, known }) =>
      known === undefined
        ? { repo: name, warning: "no git metadata available" }
        : {
            ...{ repo: name, branch: known.branch, commit_date: known.commitDate },
            ...{ rev: known.rev, url: known.url },
          },
    );
    return `${JSON.stringify(rows, null, 4)}\n`;
  }
  const rows = found.map(({ name, known }, index) => {
    const branch = JSON.stringify(known?.branch ?? "unknown");
    const rev = known === undefined ? "" : `, "rev": ${JSON.stringify(known.rev)}`;
    return `${index === 0 ? "    " : "  , "}{ "repo": "${name}", "branch": ${branch}${rev} }\n`;
  });
  return `[\n${rows.join("")}]\n`;
}
