// Invariant: a finding has the same key in every build as long as nothing about it changes, so that
// a baseline can name it.

/** The rules, in the order in which their findings are shown. */
export const auditRules = [
  "rpath",
  "libraries",
  "interpreters",
  "links",
  "host-leaks",
  "orphans",
  "modes",
] as const;

export type AuditRule = (typeof auditRules)[number];

/** One thing that is not sound about a delivered object. */
export interface AuditFinding {
  readonly rule: AuditRule;
  /** Stable name, e.g. `rpath-workspace`. */
  readonly kind: string;
  /** Delivered path, below the root of the image; of a component without one its folder. */
  readonly path: string;
  /** What exactly, e.g. the library's name; tells findings of a kind in one object apart. */
  readonly detail: string;
  /** Whose manifest delivers the object; empty where none does. */
  readonly component: string;
  /** One sentence: why it is not sound. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly advice: string;
}

/** What a baseline calls the finding. */
export function findingKey({ kind, path, detail }: AuditFinding): string {
  return [kind, path, ...(detail === "" ? [] : [detail])].join(" ");
}
