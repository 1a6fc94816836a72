// Invariant: reads the 64-bit psinfo_t of illumos (sys/procfs.h, proc(5)) and nothing else; the
// offsets stand in one table.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LiveProcess, ProcessTable } from "./process-table.ts";

/** Byte offsets in psinfo_t as the 64-bit kernel writes it, little endian. */
const psinfo = {
  lwps: 4,
  pid: 8,
  parent: 12,
  group: 16,
  session: 20,
  effectiveUser: 28,
  startSeconds: 88,
  startNanoseconds: 96,
  name: 136,
  nameLength: 16,
  /** Beginning of the command line, its words joined by blanks (pr_psargs). */
  arguments: 152,
  argumentsLength: 80,
} as const;

/** The process table below `proc`, normally `/proc`. The zone's init tells one boot from another. */
export function sunosProcessTable(proc: string): ProcessTable {
  const boot = startOf(read(join(proc, "1/psinfo")) ?? read(join(proc, "0/psinfo"))) ?? "unknown";
  const find = (pid: number): LiveProcess | undefined => {
    const bytes = read(join(proc, String(pid), "psinfo"));
    return bytes === undefined ? undefined : parsePsinfo(bytes, boot);
  };
  return {
    find,
    all: () =>
      readdirSync(proc)
        .filter((name) => /^\d+$/.test(name))
        .map((name) => find(Number(name)))
        .filter((found) => found !== undefined),
    userOf: (pid) => read(join(proc, String(pid), "psinfo"))?.readInt32LE(psinfo.effectiveUser),
    // The environment lies in the address space (pr_envp); illumos lets only tools like pargs read it.
    environmentOf: () => undefined,
    argvOf: (pid) => {
      const bytes = read(join(proc, String(pid), "psinfo"));
      const text =
        bytes === undefined ? "" : textAt(bytes, psinfo.arguments, psinfo.argumentsLength);
      return text.split(" ").filter((word) => word !== "");
    },
    ageOf: ({ start }, now) => Math.max(0, now - Number(BigInt(start) / 1_000_000n)),
  };
}

/** Reads a psinfo file; undefined when it is too short or the process is a zombie (no lwps left). */
export function parsePsinfo(bytes: Buffer, boot: string): LiveProcess | undefined {
  const start = startOf(bytes);
  if (start === undefined || bytes.readInt32LE(psinfo.lwps) === 0) return undefined;
  return {
    pid: bytes.readInt32LE(psinfo.pid),
    start,
    boot,
    parent: bytes.readInt32LE(psinfo.parent),
    group: bytes.readInt32LE(psinfo.group),
    session: bytes.readInt32LE(psinfo.session),
    name: textAt(bytes, psinfo.name, psinfo.nameLength),
  };
}

/** A text that ends at its first NUL, or with its field. */
function textAt(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString("latin1", 0, end === -1 ? field.length : end);
}

function startOf(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || bytes.length < psinfo.name + psinfo.nameLength) return undefined;
  const seconds = bytes.readBigInt64LE(psinfo.startSeconds);
  const nanoseconds = bytes.readBigInt64LE(psinfo.startNanoseconds);
  return String(seconds * 1_000_000_000n + nanoseconds);
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
