// Invariant: every terminal has a tmux server of its own, which its test ends; nothing waits for a
// time, only for what is on the screen.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 40;
const defaultTimeoutMs = 20_000;

export interface TerminalOptions {
  readonly cols?: number;
  readonly rows?: number;
  /** Added to the environment of the test; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** A real terminal: a pane of tmux, driven by keys and read as a person sees it. */
export class Terminal {
  readonly #socket: string;
  readonly #folder: string;

  private constructor(socket: string, folder: string) {
    this.#socket = socket;
    this.#folder = folder;
  }

  /** Starts a command in a new terminal. The pane stays when the command ends. */
  static start(argv: readonly string[], options: TerminalOptions = {}): Terminal {
    const folder = mkdtempSync(join(tmpdir(), "smartbuild-tmux-"));
    const terminal = new Terminal(join(folder, "socket"), folder);
    const { cols = 80, rows = 24, env = {}, cwd = process.cwd() } = options;
    const settings = Object.entries({
      LANG: "C.UTF-8",
      LC_ALL: undefined,
      CI: undefined,
      // Not the settings of whoever runs the tests.
      XDG_CONFIG_HOME: join(folder, "config"),
      ...env,
    });
    const unset = settings.flatMap(([name, value]) => (value === undefined ? ["-u", name] : []));
    const set = settings.flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${value}`],
    );
    // The shell stays behind the command, as it does for a person.
    const command = [["env", ...unset, ...set, ...argv].map(quoted).join(" "), "exec cat"];
    terminal.#tmux([
      ...["-f", "/dev/null", "new-session", "-d", "-x", String(cols), "-y", String(rows)],
      ...["-c", cwd, command.join("; echo exit=$?; ")],
    ]);
    terminal.#tmux(["set-option", "-g", "remain-on-exit", "on"]);
    return terminal;
  }

  /** Types keys by the names tmux has for them: `q`, `C-c`, `Down`, `Enter` … */
  keys(...names: readonly string[]): void {
    this.#tmux(["send-keys", ...names]);
  }

  /** Pastes a text as a terminal does: between marks where the program asked for them. */
  paste(text: string): void {
    this.#tmux(["set-buffer", "-b", "pasted", text]);
    this.#tmux(["paste-buffer", "-p", "-r", "-d", "-b", "pasted"]);
  }

  /** The screen as text, a line a row. */
  screen(): string {
    return this.#tmux(["capture-pane", "-p"]);
  }

  /** The screen with its colours as SGR sequences, and the blanks at the end of its lines. */
  colours(): string {
    return this.#tmux(["capture-pane", "-p", "-e", "-N"]);
  }

  /** The screen and all that scrolled out of it above. */
  scrollback(): string {
    return this.#tmux(["capture-pane", "-p", "-S", "-"]);
  }

  rows(): readonly string[] {
    return this.screen().replace(/\n$/, "").split("\n");
  }

  resize(cols: number, rows: number): void {
    this.#tmux(["resize-window", "-x", String(cols), "-y", String(rows)]);
  }

  /** What tmux knows of the pane, e.g. `alternate_on`, `cursor_flag`, `pane_pid`. */
  property(name: string): string {
    return this.#tmux(["display-message", "-p", `#{${name}}`]).trim();
  }

  /** Sets an option of the server. */
  option(name: string, value: string): void {
    this.#tmux(["set-option", "-s", name, value]);
  }

  /** What was copied last; empty when nothing was. */
  buffer(): string {
    return this.#tmux(["list-buffers"]) === "" ? "" : this.#tmux(["show-buffer"]);
  }

  /** Writes all bytes that the pane gets from now on to a file, and returns its path. */
  record(): string {
    const path = join(this.#folder, "bytes");
    this.#tmux(["pipe-pane", `cat >> ${quoted(path)}`]);
    return path;
  }

  /** Process ids of the pane's children, and theirs, whose command line holds a text. */
  pids(text: string): readonly number[] {
    const table = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
      .split("\n")
      .flatMap((line) => {
        const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
        return match === null
          ? []
          : [{ pid: Number(match[1]), parent: Number(match[2]), args: match[3] ?? "" }];
      });
    const found: number[] = [];
    const open = [Number(this.property("pane_pid"))];
    for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
      for (const child of table.filter((process) => process.parent === parent)) {
        open.push(child.pid);
        if (child.args.includes(text) && !child.args.startsWith("sh -c")) found.push(child.pid);
      }
    }
    return found;
  }

  /** Waits until the screen shows a text, or fits a condition; throws with the screen when it never does. */
  async waitFor(
    wanted: string | RegExp | ((screen: string) => boolean),
    timeoutMs = defaultTimeoutMs,
  ): Promise<string> {
    const fits =
      typeof wanted === "function"
        ? wanted
        : (screen: string): boolean =>
            typeof wanted === "string" ? screen.includes(wanted) : wanted.test(screen);
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const screen = this.screen();
      if (fits(screen)) return screen;
      if (performance.now() > deadline) {
        throw new Error(
          `not on screen after ${timeoutMs} ms: ${String(wanted)}\n${framed(screen)}`,
        );
      }
      await sleep(pollMs);
    }
  }

  close(): void {
    spawnSync("tmux", ["-S", this.#socket, "kill-server"], { stdio: "ignore" });
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #tmux(argv: readonly string[]): string {
    return execFileSync("tmux", ["-S", this.#socket, ...argv], {
      encoding: "utf8",
      // Without SHELL tmux takes the user's login shell, which for `nobody` starts nothing.
      env: { ...process.env, SHELL: "/bin/sh", LC_ALL: "C.UTF-8", TMUX: "" },
    });
  }
}

function quoted(text: string): string {
  return /^[\w./:=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function framed(screen: string): string {
  const rows = screen.replace(/\n$/, "").split("\n");
  return rows.map((row, index) => `${String(index + 1).padStart(3)}|${row}`).join("\n");
}
