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
  // Two bytes behind a text belong to it, since they tell whether the name goes on.
  const longest = Math.max(...wanted.map((text) => Buffer.byteLength(text))) + 2;
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

/** True when the path stands there, and not that of a folder beside it whose name begins alike. */
function holds(piece: Buffer, path: string): boolean {
  const bytes = Buffer.byteLength(path);
  for (let at = piece.indexOf(path); at >= 0; at = piece.indexOf(path, at + 1)) {
    const behind = piece.toString("latin1", at + bytes, at + bytes + 2);
    // A dot may end a sentence.
    if (path.endsWith("/") || !/^(?:[\w~+-]|\.\w)/.test(behind)) return true;
  }
  return false;
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
      for (const text of wanted) if (!found.has(text) && holds(piece, text)) found.add(text);
    }
  } finally {
    content.close();
  }
  return [...found];
}
