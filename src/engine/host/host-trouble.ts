// Invariant: a build without a live host is told of in words: why there is none, and what to do.
import { readFileSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { buildFiles } from "./build-files.ts";
import { fullDiskAdvice, fullDiskSentence, isDiskFull, mountPoint } from "./disk.ts";

/** Why an unfinished build has no live host; both are sentences, the first fits a row of 80. */
export interface HostTrouble {
  readonly message: string;
  readonly advice: string;
}

/** Something kills the hosts of the build in this folder. */
export function diesAgainAndAgain(folder: string): HostTrouble {
  return {
    message: "This build's host died three times within a minute; it is tried again later.",
    advice: `The running stage goes on. In a minute \`smartbuild attach\` starts a host again; ${buildFiles(folder).hostLog} may say why they died.`,
  };
}

/** A host said why it cannot run. */
export function cannotRun(reason: string): HostTrouble {
  return {
    message: `No host can run: ${reason}`,
    advice: "The running stage goes on, and a host is tried again every second.",
  };
}

/**
 * A build that came here without the files its hosts need, as in a copy of its journal; undefined
 * where they can be read, or belong to somebody else.
 */
export function cannotGoOn(folder: string): HostTrouble | undefined {
  const { request, environment } = buildFiles(folder);
  const lacking = [request, environment].find((path) => {
    try {
      JSON.parse(readFileSync(path, "utf8"));
      return false;
    } catch (error) {
      return error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT";
    }
  });
  if (lacking === undefined) return undefined;
  return {
    message: `The build ${basename(folder)} cannot go on: its ${basename(lacking)} is missing or damaged.`,
    advice: "What it has done can be looked at; `smartbuild run` starts a new build.",
  };
}

/** What an error says of a host that could not be started; undefined: it is none of these. */
export function startTrouble(
  error: unknown,
  folder: string,
): { readonly host: "cannot-run" | "not-permitted"; readonly trouble: HostTrouble } | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (isDiskFull(error)) {
    const message = `No host can run: ${fullDiskSentence(folder)}`;
    return { host: "cannot-run", trouble: { message, advice: fullDiskAdvice(dirname(folder)) } };
  }
  if (code === "EROFS") {
    return {
      host: "not-permitted",
      trouble: {
        message: `No host runs, and none can start: the disk at ${mountPoint(folder)} is read-only.`,
        advice: "Make it writable; then `smartbuild attach` takes the build up again.",
      },
    };
  }
  if (code !== "EACCES" && code !== "EPERM") return undefined;
  const owner = statSync(folder).uid;
  const isOwn = owner === process.geteuid?.();
  return {
    host: "not-permitted",
    trouble: {
      message: isOwn
        ? "No host runs, and none can start: the build's folder is not writable."
        : `No host runs, and the build belongs to another user (id ${String(owner)}).`,
      advice: isOwn
        ? `Make ${folder} writable; then \`smartbuild attach\` takes the build up again.`
        : "That user's `smartbuild attach` takes it up again.",
    },
  };
}
