// Invariant: a failure that was asked for is taken back before the next one, whatever was found.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  readonly builder: Injection["builder"];
  /** Summary of the first problem. */
  readonly first: string;
  readonly isCause: boolean;
  readonly retried: boolean;
  /** Devices still attached and processes still alive, in words. */
  readonly left: readonly string[];
  readonly seconds: number;
}

/** Shows one failure, looks what is said of it, removes its cause and retries the stage. */
export function tryInjection(place: Place, injection: Injection): Tried {
  const { zone, root, rules, scratch } = place;
  const { rule, stage, cause } = injection;
  const words = [rule.replace(/\W+/g, "-"), injection.builder ?? ""].join("-");
  const log = join(scratch, `${words}.log`);
  prepare(place, injection);
  writeFileSync(rules, `${rule}\n`);
  const failed = inZone(zone, root, log, [...program, "run", stage, "--plain"]);
  const first = firstProblem(root);
  const left = leftovers(place);
  writeFileSync(rules, "");
  remove(root, injection.cure ?? []);
  if (injection.cureStage !== undefined) {
    inZone(zone, root, `${log}.cure`, ["gmake", `0-${injection.cureStage}-stamp`]);
  }
  const again = inZone(zone, root, `${log}.retry`, [...program, "retry", stage, "--plain"]);
  return {
    rule,
    builder: injection.builder,
    first: failed.code === 0 ? "(did not fail)" : first.summary.replaceAll(root, "TREE"),
    isCause:
      failed.code !== 0 && first.stage === (injection.toldBy ?? stage) && cause.test(first.summary),
    retried: again.code === 0,
    left: [...left, ...leftovers(place)],
    seconds: failed.seconds + again.seconds,
  };
}

/** Makes the workspace one in which the stage has the work to do that is to fail. */
function prepare({ zone, root, scratch }: Place, injection: Injection): void {
  const { packages = [], builder = "native" } = injection;
  for (const name of packages) {
    inZone(zone, root, join(scratch, "packages.log"), ["/opt/local/sbin/pkg_delete", name]);
  }
  remove(root, injection.remove);
  const settings = join(root, "smartbuild.image");
  const line = `IMAGE_BUILDER=${builder}\n`;
  if (!existsSync(settings) || readFileSync(settings, "utf8") !== line) {
    writeFileSync(settings, line);
  }
}

function remove(root: string, globs: readonly string[]): void {
  for (const path of globSync([...globs], { cwd: root })) {
    rmSync(join(root, path), { recursive: true, force: true });
  }
}

interface First {
  readonly summary: string;
  readonly stage: string;
}

/** Summary of the problem that the console lands on, with the place it names. */
function firstProblem(root: string): First {
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
  if (line === "") return { summary: "(no problem)", stage: "" };
  const read: unknown = JSON.parse(line);
  const told = isRecord(read) && isRecord(read["problem"]) ? read["problem"] : read;
  const word = (name: string): string => {
    const value = isRecord(told) ? told[name] : undefined;
    return typeof value === "string" ? value : "";
  };
  return { summary: word("summary"), stage: word("stage") };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** What is there of a process, once it had the time to end that the end of a build takes. */
const endingMs = 5000;

function leftovers({ zone, root, scratch }: Place): string[] {
  const log = join(scratch, "lofi.log");
  inZone(zone, root, log, ["lofiadm"]);
  const devices = readFileSync(log, "utf8").match(/^\/dev\/lofi\/\d+/gm) ?? [];
  const began = performance.now();
  let alive = processesWith(`${root}/`);
  while (alive.length > 0 && performance.now() - began < endingMs) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    alive = processesWith(`${root}/`);
  }
  return [...devices, ...alive.map((pid) => `process ${String(pid)} (${commandOf(pid)})`)];
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "latin1")
      .replaceAll("\0", " ")
      .trim();
  } catch {
    return "gone";
  }
}
