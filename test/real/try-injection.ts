// Invariant: a failure that was asked for is taken back before the next one, whatever was found.
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processesWith } from "../support/smartbuild.ts";
import type { Injection } from "./injections.ts";
import type { Zone } from "./zone.ts";
import { inZone, program } from "./zone.ts";

/** A workspace in which failures are shown. */
export interface Place {
  readonly zone: Zone;
  readonly root: string;
  /** The file of rules that the zone reads. */
  readonly rules: string;
  /** For logs of commands. */
  readonly scratch: string;
}

/** What came of one failure. */
export interface Tried {
  readonly rule: string;
  /** Summary of the first problem. */
  readonly first: string;
  readonly isCause: boolean;
  readonly retried: boolean;
  /** Devices still attached and processes still alive, in words. */
  readonly left: readonly string[];
  readonly seconds: number;
}

const downloads = ["projects/illumos/on-closed-bin*", "illumos-adjunct*"];

/** Shows one failure, looks what is said of it, removes its cause and retries the stage. */
export function tryInjection(place: Place, { rule, stage, remove, cause }: Injection): Tried {
  const { zone, root, rules, scratch } = place;
  for (const path of globSync([...remove], { cwd: root })) {
    rmSync(join(root, path), { recursive: true });
  }
  const log = join(scratch, `${rule.replace(/\W+/g, "-")}.log`);
  writeFileSync(rules, `${rule}\n`);
  const failed = inZone(zone, root, log, [...program, "run", stage, "--plain"]);
  const first = firstProblem(root);
  const left = leftovers(place);
  writeFileSync(rules, "");
  // Half an archive is part of the cause: configure does not fetch again what is there.
  for (const path of globSync([...downloads], { cwd: root })) rmSync(join(root, path));
  const again = inZone(zone, root, `${log}.retry`, [...program, "retry", stage, "--plain"]);
  return {
    rule,
    first: failed.code === 0 ? "(did not fail)" : first,
    isCause: failed.code !== 0 && cause.test(first),
    retried: again.code === 0,
    left: [...left, ...leftovers(place)],
    seconds: failed.seconds + again.seconds,
  };
}

/** Summary of the problem that the console lands on, with the place it names. */
function firstProblem(root: string): string {
  const [command, cli] = program;
  let text: string;
  try {
    text = execFileSync(command, [cli, "problems", "--json"], {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    // It ends with 1 when there are problems.
    text = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
  }
  const [line = ""] = text.split("\n");
  if (line === "") return "(no problem)";
  const read: unknown = JSON.parse(line);
  const told = isRecord(read) && isRecord(read["problem"]) ? read["problem"] : read;
  return isRecord(told) && typeof told["summary"] === "string" ? told["summary"] : line;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function leftovers({ zone, root, scratch }: Place): string[] {
  const log = join(scratch, "lofi.log");
  inZone(zone, root, log, ["lofiadm"]);
  const devices = readFileSync(log, "utf8").match(/^\/dev\/lofi\/\d+/gm) ?? [];
  const alive = processesWith(`${root}/`).filter((pid) => pid !== process.pid);
  return [...devices, ...alive.map((pid) => `process ${String(pid)}`)];
}
