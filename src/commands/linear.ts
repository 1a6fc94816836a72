// Invariant: all that the console does can be done here by typed numbers and texts; the output is
// append-only, and leaving never touches the build.
import { join } from "node:path";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import type { BuildState } from "../engine/journal/state.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { Dialog, type Choice } from "../ui/linear/dialog.ts";
import { LineInput } from "../ui/linear/line-input.ts";
import { plainAscii } from "./ascii-output.ts";
import type { Io } from "./io.ts";
import { readLog } from "./linear-log.ts";
import { watchPlain } from "./watch-plain.ts";

/** What the parts of the conversation share. */
interface Talk {
  readonly io: Io;
  readonly workspace: Workspace;
  readonly dialog: Dialog;
  readonly input: LineInput;
  readonly ascii: boolean;
  /** Events of a build that were said already, by its folder. */
  readonly said: Map<string, number>;
}

interface Item extends Choice {
  readonly act: (talk: Talk) => Promise<void> | void;
}

/** The console as a conversation. With `watch` it begins by telling how the build goes. */
export async function openLinear(
  given: Io,
  workspace: Workspace,
  options: { readonly ascii: boolean; readonly watch: boolean },
): Promise<number> {
  const io = options.ascii ? { ...given, stdout: plainAscii(given.stdout) } : given;
  const input = new LineInput(io.stdin);
  const dialog = new Dialog(input, (text) => io.stdout.write(text));
  const talk: Talk = { io, workspace, dialog, input, ascii: options.ascii, said: new Map() };
  dialog.say(`smartbuild ${io.version}, ${workspace.layout} tree in ${workspace.root}`);
  try {
    if (options.watch) await watch(talk);
    while (!input.hasEnded) {
      const items = itemsFor(talk);
      const chosen = await dialog.choose(stateText(talk), items, "nothing to hear the state again");
      const item = items[chosen ?? -1];
      if (item === items.at(-1)) break;
      await item?.act(talk);
    }
  } finally {
    input.close();
  }
  return newest(talk)?.state.exitCode ?? 0;
}

function newest({ workspace }: Talk): { folder: string; state: BuildState } | undefined {
  const folder = buildFolders(workspace.paths.smartbuildLog)[0];
  const state = folder === undefined ? undefined : readBuild(folder);
  return folder === undefined || state === undefined ? undefined : { folder, state };
}

/** How things stand, in a sentence or two. */
function stateText(talk: Talk): string {
  const state = newest(talk)?.state;
  if (state === undefined) return "Nothing has been built here yet.";
  const done = state.stages.filter((stage) => stage.state === "succeeded").length;
  const running = state.stages.find((stage) => stage.state === "running")?.name;
  const failed = state.stages.filter((stage) => stage.state === "failed").map(({ name }) => name);
  const planned = state.stages.filter((stage) => stage.planned).length;
  return [
    `Build ${state.build}: ${state.state}.`,
    `${String(done)} of ${String(planned)} stages are done.`,
    ...(running === undefined ? [] : [`${running} is running.`]),
    ...(failed.length === 0 ? [] : [`Failed: ${failed.join(", ")}.`]),
    ...(state.problems.length === 0 ? [] : [`Problems: ${String(state.problems.length)}.`]),
  ].join(" ");
}

/** The menu; its numbers never change. */
function itemsFor(talk: Talk): readonly Item[] {
  const state = newest(talk)?.state;
  const isRunning = state?.state === "running";
  const noBuild = state === undefined ? "nothing has been built yet" : undefined;
  const failed = state?.stages.some(({ state: is }) => is === "failed" || is === "interrupted");
  return [
    {
      text: "Build what is stale",
      act: build,
      reason: isRunning ? "a build is running" : undefined,
    },
    { text: "Watch the build", act: watch, reason: noBuild },
    {
      text: "Problems",
      act: problems,
      reason: noBuild ?? (state?.problems.length === 0 ? "there are none" : undefined),
    },
    { text: "Lines of a log", act: logLines, reason: noBuild },
    {
      text: "Run a failed stage again",
      act: retry,
      reason: failed === true ? undefined : "no stage failed",
    },
    { text: "Settings", act: settings },
    { text: "What ships, and why", act: manifest },
    { text: "Past builds", act: history, reason: noBuild },
    { text: "Stop the build", act: stop, reason: isRunning ? undefined : "no build is running" },
    { text: "Quit; a running build goes on", act: () => undefined },
  ];
}

async function build(talk: Talk): Promise<void> {
  const { startTargets } = await import("./start-targets.ts");
  const started = await startTargets(talk.io, talk.workspace, []);
  if ("folder" in started) await watch(talk);
  else talk.dialog.say(started.refused);
}

async function watch(talk: Talk): Promise<void> {
  const found = newest(talk);
  if (found === undefined) return;
  talk.dialog.say("What happens is said as it happens. Enter goes to the menu; the build goes on.");
  const leave = new AbortController();
  // While nobody can type, it is watched to its end.
  const typed = talk.input.next().then((line) => {
    if (line === undefined) return;
    leave.abort();
    if (line.trim() !== "") talk.input.putBack(line);
  });
  await watchPlain(talk.io, found.folder, "plain", "leave", {
    leave: leave.signal,
    after: talk.said.get(found.folder) ?? 0,
    ascii: talk.ascii,
  });
  talk.input.giveUp();
  await typed;
  talk.said.set(found.folder, readBuild(found.folder)?.lastSeq ?? 0);
}

async function problems(talk: Talk): Promise<void> {
  const found = newest(talk);
  if (found === undefined) return;
  const { problemsCommand } = await import("./problems.ts");
  const { logsCommand } = await import("./logs.ts");
  await problemsCommand(["--root", talk.workspace.root], talk.io);
  for (;;) {
    const list = found.state.problems;
    const chosen = await talk.dialog.choose(
      "The lines that prove a problem:",
      list.map(({ stage, summary }) => ({ text: `${stage}: ${summary}` })),
    );
    const problem = list[chosen ?? -1];
    if (problem === undefined) return;
    const own = list.filter(
      ({ stage, attempt }) => stage === problem.stage && attempt === problem.attempt,
    );
    const which = ["--problem", String(own.indexOf(problem) + 1)];
    await logsCommand(["--root", talk.workspace.root, problem.stage, ...which], talk.io);
  }
}

async function logLines(talk: Talk): Promise<void> {
  const found = newest(talk);
  const logs = (found?.state.stages ?? []).flatMap(({ name, attempts }) =>
    attempts.map(({ number, log, state }) => ({
      text:
        attempts.length === 1
          ? `${name}, ${state}`
          : `${name}, attempt ${String(number)}, ${state}`,
      log,
    })),
  );
  const chosen = await talk.dialog.choose("The log of which stage?", logs);
  const log = logs[chosen ?? -1]?.log;
  if (log !== undefined && found !== undefined) {
    await readLog(talk.dialog, join(found.folder, log), talk.ascii);
  }
}

async function retry(talk: Talk): Promise<void> {
  const stages = (newest(talk)?.state.stages ?? []).filter(
    ({ state }) => state === "failed" || state === "interrupted",
  );
  const chosen = await talk.dialog.choose(
    "Run which stage again?",
    stages.map(({ name, state }) => ({ text: `${name}, ${state}` })),
  );
  const stage = stages[chosen ?? -1];
  const found = newest(talk);
  if (stage === undefined || found === undefined) return;
  const { retryStage } = await import("./retry-stage.ts");
  const sent = await retryStage(talk.io, found.folder, found.state, stage.name);
  if (sent.ok) await watch(talk);
  else talk.dialog.say(sent.failure.message);
}

async function settings(talk: Talk): Promise<void> {
  const { openSettingsForm } = await import("./settings-form.ts");
  const { talkOfSettings } = await import("./linear-settings.ts");
  await talkOfSettings(talk.dialog, openSettingsForm(talk.io, talk.workspace));
}

async function manifest(talk: Talk): Promise<void> {
  const path = await talk.dialog.ask(
    "A path that ships, like usr/bin/curl, or nothing to go back:",
  );
  if (path === undefined || path === "") return;
  const { manifestCommand } = await import("./manifest.ts");
  await manifestCommand(["why", path, "--root", talk.workspace.root], talk.io);
}

async function history(talk: Talk): Promise<void> {
  const { historyCommand } = await import("./history.ts");
  await historyCommand(["--root", talk.workspace.root], talk.io);
}

async function stop(talk: Talk): Promise<void> {
  const chosen = await talk.dialog.choose("Stop the build? Every process of it is ended.", [
    { text: "Stop it" },
    { text: "Let it go on" },
  ]);
  if (chosen !== 0) return;
  const { stopCommand } = await import("./stop.ts");
  await stopCommand(["--root", talk.workspace.root], talk.io);
}
