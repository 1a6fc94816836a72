// Invariant: the format of `smartbuild audit --lines`, which commands/audit.ts prints.
import type { Form } from "../form.ts";

/** Each new finding is a problem of its own; what a baseline names is none. */
export const auditForms: readonly Form[] = [
  {
    kind: "audit-finding",
    role: "certain",
    anchors: ["audit finding: "],
    pattern: /^audit finding: (?<what>.+) \[(?<name>[a-z-]+ .+)\]$/,
    say: ({ what }) => what ?? "An audit found something new",
  },
];
