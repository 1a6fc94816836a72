// Invariant: pure; the title holds no control character, whatever the names of stages and folders.
import { basename } from "node:path";
import type { BuildState } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import { buildWord } from "./header.ts";
import { stageToFollow } from "./selection.ts";

/** What the terminal's title and its tab or task bar say of the build. */
export interface TerminalWords {
  readonly title: string;
  /** Absent while nothing runs and nothing has failed. */
  readonly progress?: { readonly percent: number; readonly failed: boolean };
}

/** `extra 42 % - smartos-live`: first what changes, for titles are cut at the end. */
export function terminalWords(model: ConsoleModel): TerminalWords {
  const { build, facts, workspace } = model;
  const tree = basename(workspace.root);
  if (build === undefined) return { title: plain(`smartbuild - ${tree}`) };
  const title = plain(`${saying(build, facts.percent)} - ${tree}`);
  const failed = build.stages.some(({ state }) => state === "failed");
  if (build.state !== "running" && !failed) return { title };
  return { title, progress: { percent: facts.percent, failed } };
}

function saying(build: BuildState, percent: number): string {
  const stage = stageToFollow(build)?.name ?? "";
  if (build.state === "running") return `${stage} ${percent} %`;
  return build.state === "succeeded" ? "built" : `${stage} ${buildWord(build)}`;
}

function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, "?");
}
