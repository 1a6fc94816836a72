// Invariant: the tree changes only when all scripts ended well, and by exactly the changes that the
// log lists.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { exitCodes } from "../../exit-codes.ts";
import type { ByteText } from "../../manifest/byte-text.ts";
import { fromText, pathIn } from "../../manifest/byte-text.ts";
import type { Result } from "../../result.ts";
import { fail, ok } from "../../result.ts";
import type { ImageLog } from "../image-log.ts";
import type { ImageTree, TreeNode } from "../image-tree.ts";
import { linkAttributes } from "../image-tree.ts";
import { WriteError } from "../write-error.ts";
import type { Owners } from "../owners.ts";
import { knowsIds } from "./known-ids.ts";
import type { StageJob, StageOutcome, StagedChange, StagedEntry, StagedNode, Way } from "./job.ts";
import { attributeText, jobFiles } from "./job.ts";
import type { StagedScript } from "./job.ts";

/** What is needed to run scripts on a copy. */
export interface StagedRun {
  readonly tree: ImageTree;
  readonly scripts: readonly StagedScript[];
  /** Folder to make for the copy; whoever owns it removes it. */
  readonly folder: string;
  readonly cwd: string;
  readonly owners: Owners;
  /** Command that starts smartbuild again. */
  readonly program: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly log: ImageLog;
  readonly signal: AbortSignal;
}

function works(program: string, args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  return spawnSync(program, args, { env, stdio: "ignore" }).status === 0;
}

/** The first way that this host has; `knowsOwners`: the image's owners can own files here. */
function wayToRun(env: NodeJS.ProcessEnv, knowsOwners: boolean): Way {
  if (!knowsOwners) return "recorded";
  if (process.getuid?.() === 0) return "root";
  if (works("pfexec", ["true"], env)) return "pfexec";
  return works("fakeroot", ["true"], env) ? "fakeroot" : "recorded";
}

const wrappers: Readonly<Record<Way, readonly string[]>> = {
  root: [],
  pfexec: ["pfexec"],
  fakeroot: ["fakeroot"],
  recorded: [],
};

/** How each way shows in the log. */
const wayText: Readonly<Record<Way, string>> = {
  root: "as root",
  pfexec: "through pfexec",
  fakeroot: "in fakeroot",
  recorded: "as an ordinary user; chown, chgrp and chmod are recorded",
};

/**
 * Runs scripts on a copy of the tree and takes over what they changed. Throws a WriteError when the
 * disk has no room for the copy.
 */
export async function runStaged(run: StagedRun): Promise<Result<readonly StagedChange[]>> {
  const { folder, log, program, env, signal, tree } = run;
  mkdirSync(folder);
  const knowsOwners = knowsIds(folder, idsOf(run));
  const way = wayToRun(env, knowsOwners);
  log.line(`CUSTOMIZE: on a copy of the image, ${wayText[way]}`);
  if (!knowsOwners) {
    log.line("CUSTOMIZE: this system (a container?) does not know all owners of the image's files");
  }
  writeFileSync(join(folder, jobFiles.job), JSON.stringify(jobOf(run, way)), { mode: 0o600 });
  await log.flush();
  const argv = [...wrappers[way], ...program, "image", "stage-copy", folder];
  const child = spawn(argv[0] ?? process.execPath, argv.slice(1), {
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stop = (): void => {
    child.stdin.destroy();
  };
  child.on("error", () => undefined);
  signal.addEventListener("abort", stop);
  const closed = once(child, "close");
  await Promise.all([child.stdout, child.stderr].map((stream) => forward(stream, log)));
  const [code] = (await closed) as [number | null];
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  let outcome: StageOutcome;
  try {
    outcome = JSON.parse(readFileSync(join(folder, jobFiles.outcome), "utf8")) as StageOutcome;
  } catch {
    if (code === exitCodes["cannot-write"]) {
      const cause = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      throw new WriteError(join(folder, jobFiles.image), cause);
    }
    return fail(
      "build-failed",
      `the customize scripts could not be run: exit status ${String(code)}`,
    );
  }
  switch (outcome.kind) {
    case "failed": {
      const what = `${outcome.script} failed on the copy of the image`;
      return fail(
        "build-failed",
        `${what} (${outcome.status})`,
        "Its output is above, in the log.",
      );
    }
    case "refused":
      return fail("build-failed", `customize: ${outcome.reason}`);
    case "done":
      for (const remark of outcome.remarks) log.line(`CUSTOMIZE: ${remark}`);
      for (const change of outcome.changes) {
        log.bytes(changeLine(change));
        absorb(tree, change, join(folder, jobFiles.image));
      }
      return ok(outcome.changes);
  }
}

/** Hands on what scripts say as they say it. */
async function forward(stream: NodeJS.ReadableStream, log: ImageLog): Promise<void> {
  for await (const line of createInterface({ input: stream })) {
    log.line(line);
    await log.flush();
  }
}

/** Ids that files of the image have, and that scripts may give them by name. */
function idsOf({ tree, owners }: StagedRun): readonly number[] {
  const nodes = [tree.root, ...tree.nodes()];
  const own = nodes.flatMap((node) => (node.type === "hardlink" ? [] : [node.uid, node.gid]));
  return [...owners.users.values(), ...owners.groups.values(), ...own];
}

function jobOf({ tree, scripts, folder, cwd, owners }: StagedRun, way: Way): StageJob {
  const nodes = [tree.root, ...tree.nodes()];
  return {
    ...{ way, folder, cwd, scripts, nodes: nodes.map((node) => stagedNode(tree, node)) },
    users: Object.fromEntries(owners.users),
    groups: Object.fromEntries(owners.groups),
    reader: process.getuid?.() ?? 0,
  };
}

function stagedNode(tree: ImageTree, node: TreeNode): StagedNode {
  switch (node.type) {
    case "directory":
    case "symlink":
      return node;
    case "hardlink": {
      const { mode, uid, gid } = tree.inodeAt(node.path) ?? linkAttributes;
      return { ...node, mode, uid, gid };
    }
    case "file": {
      const { path, mode, uid, gid, content } = node;
      const { type } = node;
      if (content.kind === "bytes") {
        const base64 = Buffer.from(content.bytes).toString("base64");
        return { path, type, mode, uid, gid, base64 };
      }
      const source =
        typeof content.path === "string" ? fromText(content.path) : content.path.toString("latin1");
      return { path, type, mode, uid, gid, source };
    }
  }
}

/** `CUSTOMIZE: added PATH (MODE UID:GID)`, `changed …`, `removed …`. */
function changeLine(change: StagedChange): ByteText {
  switch (change.kind) {
    case "removed":
      return `CUSTOMIZE: removed ${change.path}`;
    case "attributes": {
      const { entry, before } = change;
      return `CUSTOMIZE: attributes of ${shown(entry.path)}: ${before} => ${attributeText(entry)}`;
    }
    case "added":
    case "changed": {
      const { entry, kind } = change;
      const link = entry.target === undefined ? "" : ` => ${entry.target}`;
      return `CUSTOMIZE: ${kind} ${entry.type} ${shown(entry.path)}${link} (${attributeText(entry)})`;
    }
  }
}

function shown(path: ByteText): ByteText {
  return path === "" ? "/" : path;
}

function absorb(tree: ImageTree, change: StagedChange, image: string): void {
  if (change.kind === "removed") {
    tree.delete(change.path);
    return;
  }
  const { entry } = change;
  const { path, mode, uid, gid } = entry;
  const old = tree.get(path);
  if (change.kind === "attributes" && old !== undefined && old.type !== "hardlink") {
    tree.set({ ...old, mode, uid, gid });
    return;
  }
  tree.set(nodeOf(entry, image));
}

function nodeOf(entry: StagedEntry, image: string): TreeNode {
  const { path, mode, uid, gid, size, target = "" } = entry;
  switch (entry.type) {
    case "directory":
      return { type: "directory", path, mode, uid, gid };
    case "symlink":
      return { type: "symlink", path, mode, uid, gid, target };
    case "hardlink":
      return { type: "hardlink", path, target };
    case "file": {
      const content = { kind: "source", path: pathIn(image, path), size } as const;
      return { type: "file", path, mode, uid, gid, content };
    }
  }
}
