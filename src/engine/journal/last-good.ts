// Invariant: the last good build of a stage is the newest one in which its command succeeded.
import { dirname } from "node:path";
import { buildFolders, readBuild } from "./builds.ts";
import type { Fingerprint } from "./events.ts";

/** What the last success of a stage was built from. */
export interface LastGood {
  /** Folder and name of the build, and when it began (ISO 8601). */
  readonly folder: string;
  readonly build: string;
  readonly at: string;
  /** Name of the attempt's log below the folder. */
  readonly log: string;
  readonly fingerprint?: Fingerprint;
  /** Hashes of the fragments; absent in journals of the first version. */
  readonly fragments?: Readonly<Record<string, string>>;
}

/**
 * The last success of a stage among the builds beside `folder`, itself included; undefined when there
 * is none. `newest`: the folder of the last build that counts.
 */
export function lastGood(folder: string, stage: string, newest?: string): LastGood | undefined {
  const folders = buildFolders(dirname(folder));
  for (const one of folders.slice(newest === undefined ? 0 : folders.indexOf(newest))) {
    const state = readBuild(one);
    const good = state?.stages
      .find(({ name }) => name === stage)
      ?.attempts.findLast((attempt) => attempt.state === "succeeded");
    if (state === undefined || good === undefined) continue;
    return {
      folder: one,
      build: state.build,
      at: state.startedAt,
      log: good.log,
      ...(good.fingerprint === undefined ? {} : { fingerprint: good.fingerprint }),
      ...(state.sources === undefined ? {} : { fragments: state.sources.fragments }),
    };
  }
  return undefined;
}
