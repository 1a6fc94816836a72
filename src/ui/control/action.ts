// Invariant: what an action may use of the console; actions know nothing of who performs them.
import type { Command } from "../model.ts";
import type { ConsolePorts } from "../ports.ts";
import type { LentTo } from "../terminal/lend.ts";
import type { ViewState } from "./view-state.ts";

/** How the console was left by its user. */
export type Leaving = "quit" | "suspend";

export interface ActionContext {
  readonly view: ViewState;
  readonly ports: ConsolePorts;
  readonly leave: (how: Leaving) => void;
  readonly isRunning: boolean;
  /** The console's own environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Gives the terminal to a program until it ends; a sentence when that failed. */
  readonly lend: (to: LentTo) => Promise<string | undefined>;
  /** Copies a text; the sentence that says how. */
  readonly copy: (text: string) => string;
  /** Asks for a frame, after something that took a while. */
  readonly shown: () => void;
  /** Does what a command does, unless it says that it can do nothing now. */
  readonly perform: (command: Command) => void;
  /** Has the terminal report the mouse, or leave it alone. */
  readonly mouse: (on: boolean) => void;
  /** Turns to a build that was just started. */
  readonly started: (folder: string) => void;
}

export type Action = (context: ActionContext) => void;
