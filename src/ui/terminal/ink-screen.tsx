// Invariant: the one place that starts and ends Ink; at most one frame is on its way at a time.
import { once } from "node:events";
import type { ReadStream, WriteStream } from "node:tty";
import type { Suspend } from "../components/console-screen.tsx";
import type { ConsoleControl } from "../control/console-control.ts";
import { loadInk } from "../load-ink.ts";
import type { Size } from "../model.ts";
import type { Theme } from "../theme.ts";
import { HeldText } from "./held-text.ts";
import { withoutMouse } from "./mouse-input.ts";
import { screenStream } from "./screen-stream.ts";
import { clearScreen, mouseOff, mouseOn, wrapOff, wrapOn } from "./sequences.ts";

/** The screen while the console is open. */
export interface ConsoleTerminal {
  resize(size: Size): void;
  /** Gives the terminal back to the shell until the console is woken up. */
  suspend(): Promise<void>;
  /** Gives the terminal away while `during` runs, then draws the screen as it was. */
  lend(during: () => void): Promise<void>;
  close(): Promise<void>;
}

export async function createScreen(options: {
  readonly control: ConsoleControl;
  readonly theme: Theme;
  readonly stdout: WriteStream;
  readonly stdin: ReadStream;
  readonly failed: (error: Error) => void;
}): Promise<ConsoleTerminal> {
  const { control, theme, stdout, stdin } = options;
  const { render } = await loadInk();
  const { ConsoleScreen } = await import("../components/console-screen.tsx");
  const held = new HeldText();
  const first = control.store.getState().size;
  const screen = screenStream(stdout, held, first.rows);
  let suspend: Suspend | undefined;
  const takeTerminal = (): void => {
    stdout.write(control.store.getState().ui.mouse ? wrapOff + mouseOn : wrapOff);
  };
  const giveBack = (): void => {
    stdout.write(control.store.getState().ui.mouse ? wrapOn + mouseOff : wrapOn);
  };
  takeTerminal();
  const ink = render(
    <ConsoleScreen
      store={control.store}
      theme={theme}
      held={held}
      onKey={(name) => {
        control.key(name);
      }}
      onPaste={(text) => {
        control.paste(text);
      }}
      onReady={(given) => {
        suspend = given;
      }}
    />,
    {
      stdout: screen.stream,
      stdin: withoutMouse(stdin, (event) => {
        control.mouse(event);
      }),
      exitOnCtrlC: false,
      patchConsole: false,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      isScreenReaderEnabled: false,
      maxFps: 20,
    },
  );
  const ended = ink.waitUntilExit().catch((error: unknown) => {
    options.failed(error instanceof Error ? error : new Error(String(error)));
  });
  let pending: NodeJS.Timeout | undefined;
  return {
    resize(size) {
      clearTimeout(pending);
      // Dragging a corner gives many sizes; only the one it comes to rest at is drawn.
      pending = setTimeout(() => {
        ink.clear();
        stdout.write(clearScreen);
        screen.resize(size.rows);
        control.resize(size);
      }, 30);
    },
    async suspend() {
      await suspend?.(async () => {
        giveBack();
        const awake = once(process, "SIGCONT");
        // To the whole foreground job, as the terminal itself does on Ctrl-Z; builds are not in it.
        process.kill(0, "SIGTSTP");
        await awake;
        takeTerminal();
      });
    },
    async lend(during) {
      await suspend?.(async () => {
        giveBack();
        during();
        takeTerminal();
        return Promise.resolve();
      });
    },
    async close() {
      clearTimeout(pending);
      giveBack();
      ink.unmount();
      await ended;
    },
  };
}
