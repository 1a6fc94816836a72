// Invariant: access times are believed only where the file system says that it keeps them.
// Source: proc_pid_mountinfo(5) on Linux, mnttab(5) on illumos.
import { readFileSync } from "node:fs";

/** Whether the times of last access tell anything. */
export interface AccessTimes {
  readonly areKept: boolean;
  /** Why, a phrase, e.g. `ext4 mounted relatime`. */
  readonly why: string;
}

interface Mount {
  readonly at: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** What the file system that holds `path` (absolute, real) does with access times. */
export function accessTimesAt(path: string): AccessTimes {
  const [mount] = mounts()
    .filter(({ at }) => at === "/" || path === at || path.startsWith(`${at}/`))
    .sort((a, b) => b.at.length - a.at.length);
  if (mount === undefined)
    return { areKept: false, why: "the host does not say whether it keeps them" };
  const { type, options } = mount;
  if (options.includes("noatime")) return { areKept: false, why: `${type} mounted noatime` };
  if (options.includes("ro")) return { areKept: false, why: `${type} mounted read-only` };
  // The first access after each change is kept with relatime, too.
  return {
    areKept: true,
    why: `${type}${options.includes("relatime") ? " mounted relatime" : ""}`,
  };
}

/** Of two mounts at the same place the later one counts, and stands first. */
function mounts(): readonly Mount[] {
  const linux = textOf("/proc/self/mountinfo");
  const found = linux === undefined ? fromMnttab(textOf("/etc/mnttab")) : fromMountinfo(linux);
  return found.reverse();
}

function fromMountinfo(text: string): Mount[] {
  return text.split("\n").flatMap((line): Mount[] => {
    const [before = "", after = ""] = line.split(" - ");
    const [, , , , at, options = ""] = before.split(" ");
    const [type = ""] = after.split(" ");
    return at === undefined ? [] : [{ at: unescaped(at), type, options: options.split(",") }];
  });
}

function fromMnttab(text = ""): Mount[] {
  return text.split("\n").flatMap((line): Mount[] => {
    const [, at, type = "", options = ""] = line.split("\t");
    return at === undefined ? [] : [{ at, type, options: options.split(",") }];
  });
}

function unescaped(path: string): string {
  return path.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
