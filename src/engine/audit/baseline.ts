// Invariant: a finding is known only by a line that gives a reason, and a line that matches nothing is
// told, so that the file never says more than is true.
import { readFileSync } from "node:fs";
import { fail, ok, type Result } from "../result.ts";
import { findingKey, type AuditFinding } from "./finding.ts";

/** Name of the file at the top of a workspace. */
export const baselineFile = "smartbuild.audit";

/** One known finding. */
export interface BaselineLine {
  readonly key: string;
  readonly reason: string;
  /** 1-based. */
  readonly line: number;
}

/** Findings, told apart by a baseline. */
export interface Judged {
  readonly fresh: readonly AuditFinding[];
  readonly known: readonly AuditFinding[];
  /** Lines that match no finding any more. */
  readonly outdated: readonly BaselineLine[];
}

/**
 * Reads a baseline: `KIND PATH [DETAIL] # REASON` lines; empty lines and lines that begin with `#` are
 * comments. No file: an empty baseline. Fails with `bad-input` and file and line when one has no
 * reason.
 */
export function readBaseline(path: string): Result<readonly BaselineLine[]> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return ok([]);
    const reason = error instanceof Error ? error.message : String(error);
    return fail("bad-input", `cannot read ${path}: ${reason}`);
  }
  const lines: BaselineLine[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    if (/^\s*(?:#|$)/.test(raw)) continue;
    const [, key = "", reason = ""] = /^(.*?)\s+#\s*(.*\S)\s*$/.exec(raw) ?? [];
    if (reason === "") {
      return fail(
        "bad-input",
        `${path}:${index + 1}: no reason is given`,
        "Write it behind a #: KIND PATH DETAIL # REASON",
      );
    }
    lines.push({ key: key.trim().replace(/\s+/g, " "), reason, line: index + 1 });
  }
  return ok(lines);
}

/** Which findings are new. `isWhole`: all rules ran on all paths, so that a line can be outdated. */
export function judge(
  findings: readonly AuditFinding[],
  baseline: readonly BaselineLine[],
  isWhole: boolean,
): Judged {
  const known = new Set(baseline.map(({ key }) => key));
  const keys = new Set(findings.map(findingKey));
  return {
    fresh: findings.filter((finding) => !known.has(findingKey(finding))),
    known: findings.filter((finding) => known.has(findingKey(finding))),
    outdated: isWhole ? baseline.filter(({ key }) => !keys.has(key)) : [],
  };
}
