// Invariant: what is in the proto area for other components to build with (headers, static libraries,
// lint libraries) is told apart from what somebody forgot to deliver.
import { posix } from "node:path";
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";

interface Group {
  readonly kind: "orphan-headers" | "orphan-archives" | "orphan-files";
  readonly folder: string;
  readonly paths: string[];
}

const words = {
  "orphan-headers": "headers",
  "orphan-archives": "static libraries",
  "orphan-files": "files",
} as const;

/** What the proto area has and nobody delivers, a finding a folder; and entries nobody installs. */
export function* orphansRule(context: AuditContext): Generator<AuditFinding> {
  for (const { kind, folder, paths } of groupsOf(context.undelivered)) {
    const [first = ""] = paths;
    yield {
      rule: "orphans",
      kind,
      path: folder,
      detail: "",
      component: "",
      message: `${String(paths.length)} ${words[kind]} in the proto area are delivered by nobody, e.g. ${first}`,
      advice:
        kind === "orphan-files"
          ? "Add them to the manifest of the component that installs them, or stop installing them."
          : "Nothing needs to be done where only the build reads them.",
    };
  }
  for (const { path, component } of context.uninstalled) {
    yield {
      rule: "orphans",
      kind: "entry-uninstalled",
      path,
      detail: "",
      component,
      message: "is in the manifest, and no component installs it any more",
      advice: "Take the entry out of the manifest, or let the component install it.",
    };
  }
}

function groupsOf(paths: readonly string[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const path of paths) {
    const kind = kindOf(path);
    const folder = posix.dirname(path).split("/").slice(0, 3).join("/");
    const key = `${kind} ${folder}`;
    const group = groups.get(key) ?? { kind, folder, paths: [] };
    group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function kindOf(path: string): Group["kind"] {
  if (/^usr\/include\/|\.h$/.test(path)) return "orphan-headers";
  return /\.(?:a|ln|la|o)$|\/llib-/.test(path) ? "orphan-archives" : "orphan-files";
}
