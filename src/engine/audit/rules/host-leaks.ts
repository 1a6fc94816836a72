// Invariant: every byte of a delivered file is looked at once, in pieces that overlap.
import type { AuditContext } from "../audit-context.ts";
import type { AuditFinding } from "../finding.ts";
import type { PlatformEntry } from "../platform.ts";
import { compiledWithHost } from "./compiled-with-host.ts";

const pieceBytes = 1024 * 1024;

/** Paths of the build that stand in delivered files, and components compiled with the host's. */
export function* hostLeaksRule(context: AuditContext): Generator<AuditFinding> {
  yield* compiledWithHost(context);
  const { platform, buildFolders } = context;
  const wanted = [...buildFolders, "/opt/local/"];
  // One buffer for all files: they are many, and each would leave its own behind.
  const longest = Math.max(...wanted.map((text) => Buffer.byteLength(text)));
  const buffer = Buffer.allocUnsafe(pieceBytes + longest);
  for (const entry of platform.entries) {
    if (entry.type !== "f") continue;
    for (const folder of textsIn(entry, wanted, buffer)) {
      yield {
        rule: "host-leaks",
        kind: folder === "/opt/local/" ? "path-of-host" : "path-of-build",
        path: entry.path,
        detail: folder,
        component: entry.component,
        message: `holds the path ${folder} of the ${folder === "/opt/local/" ? "build host" : "build"}`,
        advice:
          "Build it with a path of the platform: -ffile-prefix-map of the compiler, --prefix of configure.",
      };
    }
  }
}

/** Which of the texts a file holds. */
function textsIn(
  entry: PlatformEntry,
  wanted: readonly string[],
  buffer: Buffer,
): readonly string[] {
  const content = entry.open();
  if (content === undefined) return [];
  const found = new Set<string>();
  try {
    const { size } = content.source;
    for (let at = 0; at < size; at += pieceBytes) {
      const piece = buffer.subarray(0, Math.min(buffer.length, size - at));
      content.source.read(piece, at);
      for (const text of wanted) if (piece.includes(text)) found.add(text);
    }
  } finally {
    content.close();
  }
  return [...found];
}
