// Invariant: judges the modes of the manifest, which are those of the image.
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";

const setuid = 0o4000;
const setgid = 0o2000;
const sticky = 0o1000;
const worldWritable = 0o002;

/** Programs that run with other rights, and what anybody can change. */
export function* modesRule({ platform }: AuditContext): Generator<AuditFinding> {
  for (const { path, type, mode, owner, component } of platform.entries) {
    if (mode === undefined) continue;
    const about = { rule: "modes", path, component } as const;
    const shown = `0${mode.toString(8)}`;
    if (type === "f" && (mode & (setuid | setgid)) !== 0) {
      yield {
        ...about,
        kind: "runs-as-other",
        detail: `${shown} ${owner}`,
        message: `runs with the rights of ${owner} (mode ${shown})`,
        advice: "Keep it in the baseline with the reason, or take the bit away.",
      };
    }
    if ((mode & worldWritable) !== 0 && (type === "f" || (mode & sticky) === 0)) {
      yield {
        ...about,
        kind: "world-writable",
        detail: shown,
        message: `can be changed by anybody (mode ${shown})`,
        advice: "Take the write permission of others away in the manifest.",
      };
    }
    if (type === "f" && /^usr\/.*(?:\.conf|\.cfg|\.ini)$/.test(path) && (mode & 0o200) !== 0) {
      yield {
        ...about,
        kind: "writable-in-usr",
        detail: shown,
        message: "is configuration that looks writable, but /usr never is on SmartOS",
        advice: "Deliver it below /etc, or with mode 0444.",
      };
    }
  }
}
