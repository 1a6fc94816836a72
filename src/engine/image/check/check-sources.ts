// Invariant: one look at each delivered file, in the search order of the builder; nothing is opened.
import { accessSync, constants } from "node:fs";
import type { ByteText } from "../../manifest/byte-text.ts";
import { fromText } from "../../manifest/byte-text.ts";
import type { ImagePlan } from "../plan.ts";
import { errorReason, findSource } from "../sources.ts";
import type { Findings } from "./findings.ts";

/** A delivered file on disk. */
export interface FoundFile {
  readonly source: string | Buffer;
  /** Bytes. */
  readonly size: number;
}

/**
 * Every delivered file that is there, by path. Names those that are in no search folder, and those
 * that could not be read.
 */
export function checkSources(
  plan: ImagePlan,
  searchDirs: readonly string[],
  findings: Findings,
): ReadonlyMap<ByteText, FoundFile> {
  const files = new Map<ByteText, FoundFile>();
  for (const entry of plan.files) {
    const subject = { path: entry.path, lines: [entry] };
    const source = findSource(entry.path, searchDirs);
    switch (source.kind) {
      case "missing":
        findings.error("missing-file", `${entry.path} is in none of the search folders`, subject);
        break;
      case "unusable":
        findings.error(
          "unusable-file",
          `${nameOf(source.path)} ${fromText(source.reason)}`,
          subject,
        );
        break;
      case "found": {
        files.set(entry.path, { source: source.path, size: source.size });
        const reason = refusal(source.path);
        if (reason === undefined) break;
        findings.error("unusable-file", `${nameOf(source.path)}: ${fromText(reason)}`, subject);
        break;
      }
    }
  }
  return files;
}

/** Why this user may not read a file. */
function refusal(path: string | Buffer): string | undefined {
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return errorReason(error);
  }
}

function nameOf(path: string | Buffer): ByteText {
  return typeof path === "string" ? fromText(path) : path.toString("latin1");
}
