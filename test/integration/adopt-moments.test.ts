// Invariant: a build that was left at a given moment (files as a dead host, a dead machine or a pid
// used twice leaves them) goes on, or ends as what it was; it never takes another's processes for its
// own.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { prepareStatusFile } from "../../src/engine/process/status-file.ts";
import {
  buildEnd,
  eventsOf,
  eventsOfType,
  hostPid,
  isLive,
  logged,
  newestBuild,
  openGate,
  processesWith,
  run,
  treeFor,
  until,
} from "../support/smartbuild.ts";
import type { TinyTree } from "../support/tiny-tree.ts";

const held = { "0-livesrc-stamp": ["echo waiting", "read x < gate", "echo through"] };

/** A build of src alone that waits at its gate and whose host is dead. */
async function hostless(t: TestContext): Promise<TinyTree & { readonly folder: string }> {
  const tree = treeFor(t, held);
  tree.gate("gate");
  assert.equal((await run(["run", "--detach", "src"], { cwd: tree.root })).code, 0);
  await logged(tree.root, "src.1.log", "waiting");
  await kill([hostPid(tree.root)]);
  return { ...tree, folder: newestBuild(tree.root) ?? "" };
}

async function kill(pids: readonly number[]): Promise<void> {
  for (const pid of pids) if (isLive(pid)) process.kill(pid, "SIGKILL");
  await until("they are dead", () => !pids.some(isLive));
}

function wrapperPid(root: string): number {
  return eventsOfType(root, "stage-process").at(-1)?.wrapper.pid ?? 0;
}

/** Ends what runs of the build, the wrapper first, or its last act would be a new host. */
async function reset({ root }: TinyTree): Promise<void> {
  await kill([wrapperPid(root)]);
  await kill(processesWith(`${root}/`));
}

/** Rewrites the journal: undefined takes an event, and all after it, away. */
function rewrite(folder: string, change: (event: JournalEvent) => JournalEvent | undefined): void {
  const path = join(folder, "journal.jsonl");
  const lines: string[] = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line === "") continue;
    const event = change(JSON.parse(line) as JournalEvent);
    if (event === undefined) break;
    lines.push(`${JSON.stringify(event)}\n`);
  }
  writeFileSync(path, lines.join(""));
}

/** Takes away what came after the journal's word that src starts. */
function forgetStart({ folder }: { readonly folder: string }): void {
  rewrite(folder, (event) =>
    event.type === "stage-process" && event.stage === "src" ? undefined : event,
  );
  for (const name of ["src.1.status", "src.1.log", "src.1.go"]) {
    rmSync(join(folder, name), { force: true });
  }
}

void describe("a build left", { concurrency: 3 }, () => {
  for (const [moment, prepare] of [
    ["between the word that a stage starts and its files", () => undefined],
    [
      "between the files of a stage and its wrapper",
      (folder: string) => {
        prepareStatusFile(join(folder, "src.1.status"), join(folder, "src.1.go"));
      },
    ],
  ] as const) {
    void test(`${moment} starts the stage, in the same attempt`, async (t) => {
      const tree = await hostless(t);
      const { root, folder } = tree;
      await reset(tree);
      forgetStart(tree);
      prepare(folder);
      assert.equal((await run(["status"], { cwd: root })).code, 0);
      await openGate(join(root, "gate"));
      const state = await buildEnd(root);
      assert.equal(state.state, "succeeded");
      assert.equal(state.stages.find(({ name }) => name === "src")?.attempts.length, 1);
      assert.equal(readFileSync(join(folder, "src.1.log"), "utf8"), "waiting\nthrough\n");
      assert.equal(eventsOf(root).filter(({ type }) => type === "stage-started").length, 2);
      assert.ok(!existsSync(join(folder, "src.1.go")), "an early wrapper finds nothing to do");
    });
  }

  void test("between two stages goes on with the next one", async (t) => {
    const tree = await hostless(t);
    const { root, folder } = tree;
    await reset(tree);
    rewrite(folder, (event) =>
      event.type === "stage-started" && event.stage === "src" ? undefined : event,
    );
    for (const name of ["src.1.status", "src.1.log"]) rmSync(join(folder, name));
    await run(["status"], { cwd: root });
    await openGate(join(root, "gate"));
    const state = await buildEnd(root);
    assert.equal(state.state, "succeeded");
    assert.deepEqual(
      eventsOfType(root, "stage-started").map(({ stage, attempt }) => `${stage}.${attempt}`),
      ["configure.1", "src.1"],
    );
  });

  void test("by a machine that was reset is interrupted, whatever has its pids now", async (t) => {
    const tree = await hostless(t);
    const { root, folder } = tree;
    const alike = processesWith(`${root}/log/smartbuild`);
    assert.ok(alike.includes(wrapperPid(root)));
    // What was started before the reset has another boot id, and pids that others may have now.
    rewrite(folder, (event) => {
      if (event.type === "stage-process")
        return { ...event, wrapper: { ...event.wrapper, boot: "before the reset" } };
      if (event.type === "host-started")
        return { ...event, host: { ...event.host, boot: "before the reset" } };
      return event;
    });
    await run(["status"], { cwd: root });
    const state = await buildEnd(root);
    assert.equal(state.state, "interrupted");
    const end = eventsOfType(root, "stage-ended").at(-1);
    assert.match(end?.reason ?? "", /without leaving a status/);
    assert.equal(end?.leftovers, undefined);
    assert.ok(alike.every(isLive), "processes of the same pids are none of the build's");
    await openGate(join(root, "gate"));
  });

  void test("with a wrapper whose pid was used again is interrupted; the other lives", async (t) => {
    const tree = await hostless(t);
    const { root, folder } = tree;
    const pid = wrapperPid(root);
    rewrite(folder, (event) =>
      event.type === "stage-process" && event.wrapper.pid === pid
        ? { ...event, wrapper: { ...event.wrapper, start: `${Number(event.wrapper.start) - 1}` } }
        : event,
    );
    assert.equal((await run(["stop"], { cwd: root })).code, 0);
    const state = await buildEnd(root);
    assert.equal(state.state, "interrupted");
    assert.ok(isLive(pid), "a stop does not reach a process that only has the pid");
    await openGate(join(root, "gate"));
  });
});
