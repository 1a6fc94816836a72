// Invariant: a path below one of these folders can come into being only on a running system, so no
// link to it can be called broken.
import type { ByteText } from "../../manifest/byte-text.ts";

/** Mounted or filled when a SmartOS machine boots. */
const folders = [
  ...["dev", "devices", "proc", "system", "tmp", "opt", "zones", "usbkey", "mnt", "home", "cdrom"],
  ...[
    "etc/svc/volatile",
    "var/run",
    "var/tmp",
    "etc/mnttab",
    "etc/dfs/sharetab",
    "native",
    "var/adm/utmpx",
  ],
];

const pattern = new RegExp(`^(?:${folders.join("|")})(?:/|$)`);

/** Whether a path (relative to the image's root) is made when the system runs. */
export function isMadeAtRunTime(path: ByteText): boolean {
  return pattern.test(path);
}
