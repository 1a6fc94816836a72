// Invariant: judges the modes of the manifest, which are those of the image.
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";
import { runsAsOther } from "../runs-as-other.ts";

const sticky = 0o1000;
const worldWritable = 0o002;

/** Programs that came to run with other rights since the last build, and what anybody can change. */
export function* modesRule(context: AuditContext): Generator<AuditFinding> {
  const { platform, earlier } = context;
  for (const { path, mode, owner, component, change } of runsAsOther(context)) {
    if (change !== "new" && change !== "changed") continue;
    const shown = `0${mode.toString(8)}`;
    const before = earlier?.byPath.get(path);
    const was = before === undefined ? "did not" : `had mode 0${before.mode.toString(8)}`;
    yield {
      rule: "modes",
      kind: "runs-as-other",
      path,
      detail: `${shown} ${owner}`,
      component,
      message: `runs with the rights of ${owner} (mode ${shown}); in build ${earlier?.build ?? ""} it ${was}`,
      advice: "Keep it in the baseline with the reason, or take the bit away.",
    };
  }
  for (const { path, type, mode, component } of platform.entries) {
    if (mode === undefined) continue;
    const about = { rule: "modes", path, component } as const;
    const shown = `0${mode.toString(8)}`;
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
