// Invariant: runs in a process of its own, perhaps as root or in fakeroot, and ends with its
// starter: its stdin is a pipe that closes when that one dies.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import * as fs from "node:fs";
import { delimiter, join } from "node:path";
import { exitCodes } from "../../exit-codes.ts";
import { isDiskFull } from "../../host/disk.ts";
import { fromText } from "../../manifest/byte-text.ts";
import { compareCopies } from "./compare.ts";
import type { StageJob, StageOutcome, StagedScript } from "./job.ts";
import { jobFiles } from "./job.ts";
import { recordedEffects } from "./recorded-owners.ts";
import { readRecord, writeShims } from "./shims.ts";
import { makeCopy, walk } from "./stage.ts";

/** A group of its own in this session, so that all of a script can be ended. */
const inGroup = 'set -m; "$@" 3>&- & echo $! >&3; exec 3>&-; set +m; wait $!';

/**
 * Does the job in the folder: copies, runs the scripts (their output goes to stdout and stderr),
 * compares, and writes the outcome. Resolves to the exit code; 73: the disk has no room for the copy.
 */
export async function stageChild(folder: string): Promise<number> {
  const job = JSON.parse(readFileSync(join(folder, jobFiles.job), "utf8")) as StageJob;
  try {
    const outcome = await runJob(job, folder);
    writeFileSync(join(folder, jobFiles.outcome), JSON.stringify(outcome));
    return 0;
  } catch (error) {
    // There is no room for words either: the starter knows what the status means.
    if (isDiskFull(error)) return exitCodes["cannot-write"];
    throw error;
  } finally {
    // Also what failed: whoever started this removes it all, and is not root.
    if (job.way === "pfexec") handOver(job.reader, folder);
  }
}

async function runJob(job: StageJob, folder: string): Promise<StageOutcome> {
  const { way } = job;
  const [image, shims, record] = [jobFiles.image, jobFiles.shims, jobFiles.record].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const recording = way === "recorded";
  makeCopy(image, job.nodes, !recording);
  const before = walk(image, way === "fakeroot");
  const path = process.env["PATH"] ?? "";
  writeShims(shims, { ...job, record, path });
  const environment = { ...process.env, PATH: `${shims}${delimiter}${path}` };
  for (const script of job.scripts) {
    const status = await runScript(script, image, job.cwd, environment);
    if (status !== "exit status 0") return { kind: "failed", script: script.name, status };
  }
  const after = walk(image, way === "fakeroot");
  const paths = [...after.keys()].filter((each) => each !== "");
  const context = { image: fromText(image), paths, users: job.users, groups: job.groups };
  const recorded = recording ? recordedEffects(readRecord(record), context) : undefined;
  const changes = compareCopies({
    ...{ image, nodes: job.nodes, before, after },
    ...(recorded !== undefined && { recorded }),
  });
  if (typeof changes === "string") return { kind: "refused", reason: changes };
  return { kind: "done", changes, remarks: [...(recorded?.remarks ?? [])] };
}

async function runScript(
  script: StagedScript,
  image: string,
  cwd: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const argv = script.argv.map((word) => (word === "%s" ? image : word));
  const child = spawn("bash", ["-c", inGroup, "bash", ...argv], {
    cwd,
    env: { ...environment, ...script.environment },
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  let group = "";
  let orphaned = false;
  const endOrphan = (): void => {
    if (!orphaned || !group.endsWith("\n")) return;
    try {
      process.kill(-Number(group), "SIGKILL");
    } catch {
      // It ended by itself.
    }
  };
  child.stdio[3]?.on("data", (text: Buffer) => {
    group += text.toString();
    endOrphan();
  });
  const starterEnded = (): void => {
    orphaned = true;
    endOrphan();
  };
  const starter = process.stdin.resume().once("end", starterEnded);
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  starter.off("end", starterEnded).pause();
  return code === null ? (signal ?? "unknown") : `exit status ${code}`;
}

/** Gives a folder and all in it to the one who is to read and remove it, without privileges. */
function handOver(reader: number, path: string | Buffer): void {
  fs.lchownSync(path, reader, -1);
  const stats = fs.lstatSync(path);
  if (stats.isSymbolicLink()) return;
  fs.chmodSync(path, stats.mode | (stats.isDirectory() ? 0o700 : 0o400));
  if (!stats.isDirectory()) return;
  const folder = Buffer.concat([Buffer.from(path), Buffer.from("/")]);
  for (const name of fs.readdirSync(path, { encoding: "buffer" }))
    handOver(reader, Buffer.concat([folder, name]));
}
