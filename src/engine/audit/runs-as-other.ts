// Invariant: a program is new or changed only against a list that an earlier build kept; without one
// nothing is.
import type { AuditContext } from "./audit-context.ts";
import type { Rights } from "./earlier-rights.ts";

const setuid = 0o4000;
const setgid = 0o2000;

/** A program that is started with other rights than those of who starts it. */
export interface RunsAsOther extends Rights {
  readonly path: string;
  /** Empty for one that is gone. */
  readonly component: string;
  /** Since the earlier build. */
  readonly change: "none" | "new" | "changed" | "gone";
}

/** True for a file with the setuid or setgid bit. */
export function isRunAsOther(type: string, mode: number): boolean {
  return type === "f" && (mode & (setuid | setgid)) !== 0;
}

/** All such programs by path, and those of the earlier build that are such no more. */
export function runsAsOther({
  platform,
  earlier,
}: Pick<AuditContext, "platform" | "earlier">): readonly RunsAsOther[] {
  const now = [...platform.entries].flatMap((entry): RunsAsOther[] => {
    const { path, type, mode, owner, component } = entry;
    if (mode === undefined || !isRunAsOther(type, mode)) return [];
    const before = earlier?.byPath.get(path);
    const change =
      earlier === undefined
        ? "none"
        : before === undefined
          ? "new"
          : before.mode === mode && before.owner === owner
            ? "none"
            : "changed";
    return [{ path, mode, owner, component, change }];
  });
  const paths = new Set(now.map(({ path }) => path));
  const gone = [...(earlier?.byPath ?? [])]
    .filter(([path]) => !paths.has(path))
    .map(([path, rights]): RunsAsOther => ({ path, ...rights, component: "", change: "gone" }));
  return [...now, ...gone].sort((a, b) => (a.path < b.path ? -1 : 1));
}
