// Invariant: this is the one place that knows the stand-in images of the simulated zone (a line of 512
// bytes, then a tar archive, compressed for /usr); the product never learns that format.
import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { openImage } from "../../../src/engine/image/inspect/open-image.ts";
import { MountedImage } from "../../../src/engine/image/inspect/mounted-image.ts";
import { folderFileSystem } from "./folder-file-system.ts";

/** A platform image as a running system sees it, and its root alone, beneath /usr. */
export interface AnyImage {
  readonly tree: MountedImage;
  readonly bare: MountedImage;
}

const lineBytes = 512;

/** Opens the boot archive of a platform folder; `scratch`: an empty folder to unpack into. */
export function openAnyImage(platform: string, scratch: string): AnyImage {
  const archive = join(platform, "i86pc/amd64/boot_archive");
  if (!isStandIn(archive)) {
    const opened = openImage(archive);
    if (!opened.ok) throw new Error(opened.failure.message);
    return opened.value;
  }
  const [root, usr] = [join(scratch, "root"), join(scratch, "usr")];
  for (const folder of [root, usr]) mkdirSync(folder, { recursive: true });
  const skip = `tail -c +${lineBytes + 1}`;
  const unpack = "tar --numeric-owner --same-owner -xpf - -C";
  execFileSync("sh", ["-c", `${skip} "$1" | ${unpack} "$2"`, "unpack", archive, root]);
  const bare = new MountedImage(folderFileSystem(root));
  const nested = join(root, "usr.lgz");
  if (!existsSync(nested)) return { tree: bare, bare };
  const line = `${skip} "$1" | gzip -dc | ${skip} | ${unpack} "$2"`;
  execFileSync("sh", ["-c", line, "unpack", nested, usr]);
  return { tree: new MountedImage(folderFileSystem(root), folderFileSystem(usr)), bare };
}

function isStandIn(archive: string): boolean {
  const file = openSync(archive, "r");
  const start = Buffer.alloc(6);
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return start.toString("latin1") === "simufs";
}
