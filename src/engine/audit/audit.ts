// Invariant: a rule that is not asked for is not run; findings come in the order of the rules, then of
// the paths.
import type { AuditContext, Rule } from "./audit-context.ts";
import { auditRules, type AuditFinding, type AuditRule } from "./finding.ts";
import { hostLeaksRule } from "./rules/host-leaks.ts";
import { interpretersRule } from "./rules/interpreters.ts";
import { librariesRule } from "./rules/libraries.ts";
import { linksRule } from "./rules/links.ts";
import { modesRule } from "./rules/modes.ts";
import { orphansRule } from "./rules/orphans.ts";
import { rpathRule } from "./rules/rpath.ts";

const rules: Readonly<Record<AuditRule, Rule>> = {
  rpath: rpathRule,
  libraries: librariesRule,
  interpreters: interpretersRule,
  links: linksRule,
  "host-leaks": hostLeaksRule,
  orphans: orphansRule,
  modes: modesRule,
};

/** All findings of the rules asked for. */
export function audit(
  context: AuditContext,
  wanted: readonly AuditRule[] = auditRules,
): readonly AuditFinding[] {
  return auditRules
    .filter((rule) => wanted.includes(rule))
    .flatMap((rule) => [...rules[rule](context)].sort((a, b) => (a.path < b.path ? -1 : 1)))
    .map((finding) => ({ ...finding, detail: inAnyCheckout(finding.detail, context) }));
}

/** A baseline is part of the tree, which others check out elsewhere. */
function inAnyCheckout(detail: string, { buildFolders }: AuditContext): string {
  return buildFolders.reduce((text, folder) => text.replaceAll(folder, "$WORKSPACE"), detail);
}
