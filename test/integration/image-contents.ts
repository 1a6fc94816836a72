// Invariant: reads a boot archive as the running system sees it: usr.lgz stands at usr.
import { closeSync, openSync } from "node:fs";
import type { ByteSource } from "../../src/engine/image/format/bytes-io.ts";
import { fileSource } from "../../src/engine/image/format/bytes-io.ts";
import { openLofi } from "../../src/engine/image/format/lofi/reader.ts";
import { openUfs } from "../../src/engine/image/format/ufs/reader.ts";
import type { Result } from "../../src/engine/result.ts";

/** What stands at a path. */
export interface ImageEntry {
  /** `MODE UID:GID`, the mode in octal with its type as ls shows it: `-4511 5:5`. */
  readonly shown: string;
  readonly modified: number;
  readonly links: number;
  /** Bytes of a file, text of a symbolic link. */
  readonly bytes: Buffer;
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const letters = { directory: "d", file: "-", symlink: "l" } as const;

function readVolume(source: ByteSource, prefix: string, into: Map<string, ImageEntry>): void {
  const image = value(openUfs(source));
  for (const { path, stat } of value(image.paths())) {
    const { type, mode, uid, gid, inode } = stat;
    if (type !== "directory" && type !== "file" && type !== "symlink") throw new Error(type);
    let bytes = Buffer.alloc(type === "file" ? stat.size : 0);
    if (type === "file") value(image.open(inode)).read(bytes, 0);
    if (type === "symlink") bytes = Buffer.from(value(image.target(inode)), "latin1");
    const shown = `${letters[type]}${mode.toString(8).padStart(4, "0")} ${uid}:${gid}`;
    into.set(prefix + path, { shown, modified: stat.modified, links: stat.links, bytes });
  }
  const { mode, uid, gid, modified, links } = value(image.stat(2));
  const shown = `d${mode.toString(8).padStart(4, "0")} ${uid}:${gid}`;
  into.set(prefix.replace(/\/$/, ""), { shown, modified, links, bytes: Buffer.alloc(0) });
}

/** Everything in a boot archive: `system` by path with usr mounted, `bare` as before that. */
export function readImage(archive: string): {
  readonly system: ReadonlyMap<string, ImageEntry>;
  readonly bare: ReadonlyMap<string, ImageEntry>;
} {
  const file = openSync(archive, "r");
  try {
    const bare = new Map<string, ImageEntry>();
    readVolume(fileSource(file), "", bare);
    const system = new Map([...bare].filter(([path]) => !path.startsWith("usr/")));
    const lgz = bare.get("usr.lgz")?.bytes ?? Buffer.alloc(0);
    const compressed: ByteSource = {
      size: lgz.length,
      read: (into, position) => {
        into.set(lgz.subarray(position, position + into.length));
      },
    };
    readVolume(value(openLofi(compressed)), "usr/", system);
    return { system, bare };
  } finally {
    closeSync(file);
  }
}
