// Invariant: a link is judged where it leads on the running platform, not on the build host.
import { posix } from "node:path";
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";
import type { PlatformEntry } from "../platform.ts";

/** Filled while the platform runs: nobody can tell here what will be there. */
const atRunTime =
  /^(?:proc|dev|devices|system|tmp|var\/(?:run|tmp|svc|db|adm|log|spool|mail)|etc\/(?:svc\/volatile|svc\/mnttab|mnttab|dfs)|zones|opt|usbkey|mnt|media|root|home|export)(?:\/|$)/;

/** Links that lead nowhere, in a circle or out of the platform, and hard links that cannot be. */
export function* linksRule(context: AuditContext): Generator<AuditFinding> {
  const { platform, isInProto, hardLinks } = context;
  for (const { path, target, component } of hardLinks) {
    if (isInUsr(path) === isInUsr(target)) continue;
    yield {
      ...{ rule: "links", kind: "hard-link-across", path, detail: target, component },
      message: `is a hard link to ${target}, and only one of them is in /usr, a file system of its own`,
      advice: "Deliver it as a symbolic link (s), or as a file.",
    };
  }
  for (const entry of platform.entries) {
    if (entry.type !== "s") continue;
    const target = entry.target ?? "";
    if (climbsOut(entry.path, target)) {
      yield {
        ...about(entry, target),
        kind: "link-outside",
        message: `leads to ${target}, above the root of the platform`,
      };
    }
    const found = platform.resolve(entry.path);
    if (found.kind === "loop") {
      yield { ...about(entry, target), kind: "link-loop", message: "leads in a circle" };
    } else if (found.kind === "missing" && !atRunTime.test(found.path)) {
      const where = isInProto(found.path)
        ? "which is in the proto area, but in no manifest"
        : "which nothing delivers";
      yield {
        ...about(entry, target),
        kind: "link-dangling",
        message: `leads to ${found.path}, ${where}`,
      };
    }
  }
}

function about(
  { path, component }: PlatformEntry,
  target: string,
): Omit<AuditFinding, "kind" | "message"> {
  return {
    rule: "links",
    path,
    detail: target,
    component,
    advice: "Deliver what it leads to, or take the link out of the manifest.",
  };
}

function isInUsr(path: string): boolean {
  return path.startsWith("usr/");
}

/** A relative target with more `..` than there are folders above the link. */
function climbsOut(path: string, target: string): boolean {
  if (target.startsWith("/")) return false;
  const depth = posix.dirname(path) === "." ? 0 : posix.dirname(path).split("/").length;
  let at = depth;
  for (const part of target.split("/")) {
    if (part === "..") at--;
    else if (part !== "" && part !== ".") at++;
    if (at < 0) return true;
  }
  return false;
}
