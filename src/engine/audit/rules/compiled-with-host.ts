// Invariant: a log is read once, piece by piece; a line counts once for each folder it names.
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";
import type { PrintedLog } from "../printed/printed-logs.ts";

/** A search folder of the build host on a compile or link line; those of the proto area are longer. */
const hostFolder =
  /\s["']?-(?:I|L|isystem|idirafter)\s*["']?(\/opt\/local(?:\/[^\s"']*)?|\/usr\/(?:local\/)?(?:include|lib)(?:\/[^\s"']*)?)(?=["'\s]|$)/g;

/** One finding for each component and folder of the host, with how many lines of its log have it. */
export function* compiledWithHost({
  printedLogs,
}: Pick<AuditContext, "printedLogs">): Generator<AuditFinding> {
  for (const log of printedLogs()) {
    const { component, folder, stage, build, isStrap } = log;
    for (const [host, count] of linesByFolder(log)) {
      const lines = count === 1 ? "a line that looks" : `${count} lines that look`;
      yield {
        rule: "host-leaks",
        kind: isStrap ? "strap-compiled-with-host" : "compiled-with-host",
        path: folder,
        detail: host,
        component,
        message: `its log (stage ${stage}, build ${build}) has ${lines} for headers or libraries in ${host} of the build host`,
        advice: isStrap
          ? "What ships is not made of it; let it use what the strap area has where that is possible."
          : "Let its configure see the proto area alone: PKG_CONFIG_LIBDIR, CPPFLAGS, LDFLAGS.",
      };
    }
  }
}

function linesByFolder({ pieces }: PrintedLog): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const piece of pieces()) {
    const counted = new Map<string, number>();
    // A line may begin with the option itself.
    const text = `\n${piece}`;
    for (const match of text.matchAll(hostFolder)) {
      const [, host = ""] = match;
      const line = text.lastIndexOf("\n", match.index);
      if (counted.get(host) === line) continue;
      counted.set(host, line);
      counts.set(host, (counts.get(host) ?? 0) + 1);
    }
  }
  return counts;
}
