// Invariant: memory is that of a process and all below it together; what they share counts for each,
// so the figure is rather too large. Where the system has no /proc the peak is 0.
import { readdirSync, readFileSync } from "node:fs";

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

function descendants(pid: number): number[] {
  let names: string[];
  try {
    names = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  const children = names.flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(descendants)];
}

function kibOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Looks at a process and all below it again and again; `peak()` ends that and says the most KiB. */
export function watchMemory(pid: number, everyMs = 100): { readonly peak: () => number } {
  let most = 0;
  const look = (): void => {
    most = Math.max(
      most,
      descendants(pid).reduce((sum, each) => sum + kibOf(each), 0),
    );
  };
  const timer = setInterval(look, everyMs);
  return {
    peak: () => {
      clearInterval(timer);
      return most;
    },
  };
}
