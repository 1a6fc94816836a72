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

/** The last success of a stage, the build in `folder` included; undefined when there is none. */
export function lastGood(folder: string, stage: string): LastGood | undefined {
  for (const one of buildFolders(dirname(folder))) {
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
