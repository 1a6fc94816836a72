// Invariant: whatever ends the console, the terminal is as it was before and the build goes on.
import type { ReadStream, WriteStream } from "node:tty";
import { summaryLines } from "../engine/host/summary.ts";
import type { BuildState } from "../engine/journal/state.ts";
import type { ReadUserConfig } from "../engine/settings/user-config.ts";
import { asciiText } from "./ascii.ts";
import type { Leaving } from "./control/action.ts";
import { ConsoleControl } from "./control/console-control.ts";
import { EndBell } from "./control/end-bell.ts";
import type { ConsoleModel, Size, WorkspaceName } from "./model.ts";
import type { ConsolePorts } from "./ports.ts";
import { folded } from "./present/folded.ts";
import { terminalWords } from "./present/terminal-words.ts";
import { createScreen } from "./terminal/ink-screen.tsx";
import { copyText } from "./terminal/clipboard.ts";
import { runLent } from "./terminal/lend.ts";
import { mendRawTerminal } from "./terminal/sane.ts";
import { mouseOff, mouseOn, restore } from "./terminal/sequences.ts";
import { TerminalSignals } from "./terminal/signals.ts";
import { themeFor } from "./theme.ts";
import { applyKeymap } from "./user-keymap.ts";

export interface ConsoleOptions {
  readonly workspace: WorkspaceName;
  /** The build to show; without one the console offers to start a build. */
  readonly buildFolder?: string;
  readonly stdout: WriteStream;
  readonly stdin: ReadStream;
  readonly env: NodeJS.ProcessEnv;
  /** The folder it was started in. */
  readonly cwd: string;
  readonly version: string;
  /** Draw ASCII only; a locale without UTF-8 asks for the same. */
  readonly ascii?: boolean;
  /** The person's own settings. */
  readonly user: ReadUserConfig;
  readonly ports: ConsolePorts;
}

/** How the console ended; the caller turns it into an exit code. */
export type ConsoleExit =
  | { readonly how: "quit"; readonly build: BuildState | undefined }
  | {
      readonly how: "signal";
      readonly signal: EndSignal;
      readonly build: BuildState | undefined;
    }
  | { readonly how: "error"; readonly error: Error; readonly build: BuildState | undefined };

/** Signals that end the console, never the build. */
export type EndSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

type End = "quit" | EndSignal | Error;

/**
 * Shows a build until its user leaves or the build's terminal goes away. Leaves a summary on the
 * normal screen.
 */
export async function runConsole(options: ConsoleOptions): Promise<ConsoleExit> {
  const { stdout, stdin } = options;
  const theme = themeFor(options.env, options.ascii, options.user.config.links);
  const { config, file, complaints: faults } = options.user;
  const { table, complaints } = applyKeymap(config.keymap, file);
  const told = [...faults, ...complaints];
  // They stay above the screen, for when it is gone.
  if (told.length > 0) stdout.write(told.map((each) => `smartbuild: ${each}\n`).join(""));
  const shown = (text: string): string => (theme.ascii ? asciiText(text) : text);
  const signals = new TerminalSignals((text) => stdout.write(shown(text)), config);
  let end: (how: End) => void = () => undefined;
  const ended = new Promise<End>((resolve) => {
    end = resolve;
  });
  const control = new ConsoleControl(
    {
      workspace: options.workspace,
      version: options.version,
      ascii: theme.ascii,
      ports: options.ports,
      keymap: table,
      complaints: told,
      mouseFromStart: config.mouse,
      mouse: (on) => {
        stdout.write(on ? mouseOn : mouseOff);
      },
      quietSeconds: config.quietSeconds,
      env: options.env,
      copy: (text) => copyText(text, stdout, options.env),
      lend: async (to) => {
        let failed: string | undefined;
        signals.leave();
        guard.hearInterrupts(false);
        await screen.lend(() => {
          if (to.greeting !== undefined) stdout.write(`${shown(to.greeting)}\n`);
          failed = runLent(to);
        });
        guard.hearInterrupts(true);
        signals.comeBack();
        onResize();
        return failed;
      },
      leave: (how: Leaving) => {
        if (how === "quit") end("quit");
        else {
          signals.leave();
          void screen.suspend().then(() => {
            signals.comeBack();
            onResize();
          });
        }
      },
    },
    options.buildFolder,
    sizeOf(stdout),
  );
  const guard = guardTerminal(stdout, end, signals);
  const screen = await createScreen({ control, theme, stdout, stdin, failed: end });
  const onResize = (): void => {
    screen.resize(sizeOf(stdout));
  };
  const bell = new EndBell(() => {
    signals.ring();
  });
  const tell = (model: ConsoleModel): void => {
    // An earlier build is only looked at: the terminal speaks of what goes on.
    if (model.past !== undefined) return;
    signals.show(terminalWords(model));
    bell.see(model.build, model.now);
  };
  const stopTelling = control.store.subscribe(tell);
  tell(control.store.getState());
  stdout.on("resize", onResize);
  control.start();
  const how = await ended;
  stdout.off("resize", onResize);
  stopTelling();
  control.close();
  await screen.close();
  if (how === "quit") mendRawTerminal();
  signals.leave();
  guard.release();
  const { build, buildFolder } = control;
  if (build !== undefined && buildFolder !== undefined && how !== "SIGHUP") {
    const lines = summaryLines(build, {
      buildFolder,
      cwd: options.cwd,
      now: options.ports.now(),
      ascii: theme.ascii,
    });
    const told = lines.flatMap((line) => folded(line, sizeOf(stdout).columns));
    stdout.write(shown(`${told.join("\n")}\n`));
  }
  if (how === "quit") return { how, build };
  return typeof how === "string"
    ? { how: "signal", signal: how, build }
    : { how: "error", error: how, build };
}

function sizeOf(stdout: WriteStream): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

/** Turns signals, errors nobody caught and a terminal that is gone into an orderly end. */
function guardTerminal(
  stdout: WriteStream,
  end: (how: End) => void,
  signals: TerminalSignals,
): {
  readonly release: () => void;
  /** While another program has the terminal, Ctrl-C there is meant for that. */
  readonly hearInterrupts: (on: boolean) => void;
} {
  let isHearing = true;
  const onInt = (): void => {
    if (isHearing) end("SIGINT");
  };
  const onTerm = (): void => {
    end("SIGTERM");
  };
  const onHup = (): void => {
    end("SIGHUP");
  };
  const onError = (error: unknown): void => {
    end(error instanceof Error ? error : new Error(String(error)));
  };
  const onExit = (): void => {
    signals.leave();
    stdout.write(restore);
  };
  process.on("SIGINT", onInt);
  process.on("SIGTERM", onTerm);
  process.on("SIGHUP", onHup);
  process.on("uncaughtException", onError);
  process.on("unhandledRejection", onError);
  process.on("exit", onExit);
  stdout.on("error", onHup);
  return {
    hearInterrupts(on) {
      // Those that came meanwhile are delivered only now.
      if (on) {
        setTimeout(() => {
          isHearing = true;
        }, 100);
      } else isHearing = false;
    },
    release() {
      process.off("SIGINT", onInt);
      process.off("SIGTERM", onTerm);
      process.off("SIGHUP", onHup);
      process.off("uncaughtException", onError);
      process.off("unhandledRejection", onError);
      process.off("exit", onExit);
    },
  };
}
