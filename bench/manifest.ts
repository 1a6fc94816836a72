// Invariant: times are from the key written to a real terminal to the drawn text, on a tree of real
// size; the console is the built program. Usage: manifest.ts [RUNS]; MANIFESTS=DIR takes another
// manifest.d.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { realSizeTree } from "../test/support/real-size-tree.ts";
import { median } from "./support/pairs.ts";

const cli = join(import.meta.dirname, "../dist/cli.js");
const runs = Math.max(5, Number(process.argv[2] ?? 7));
const environment = { ...process.env, CI: "", TERM: "xterm-256color", LANG: "C.UTF-8" };

/** The console in a terminal made by script(1); what it draws comes back as bytes. */
class Console {
  readonly #child: ChildProcess;
  #drawn = "";
  #heard: (() => void) | undefined;

  constructor(root: string) {
    const size = "stty rows 24 cols 80";
    this.#child = spawn(
      "script",
      ["-qfec", `${size}; exec ${process.execPath} ${cli} console --root ${root}`, "/dev/null"],
      { stdio: ["pipe", "pipe", "ignore"], env: environment },
    );
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#drawn += text;
      this.#heard?.();
    });
  }

  /** Milliseconds from these keys to a text that is drawn after them. */
  async time(keys: string, text: string | RegExp): Promise<number> {
    // Frames that follow each other closely are held back; a person's keys do not.
    await wait(150);
    this.#drawn = "";
    const began = performance.now();
    this.#child.stdin?.write(keys);
    await this.shows(text);
    return performance.now() - began;
  }

  /** Waits until a text was drawn. */
  async shows(text: string | RegExp): Promise<void> {
    const fits = (): boolean =>
      typeof text === "string" ? this.#drawn.includes(text) : text.test(this.#drawn);
    const isLate = AbortSignal.timeout(30_000);
    while (!fits()) {
      if (isLate.aborted) throw new Error(`no ${String(text)} in ${this.#drawn}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        isLate.onabort = () => {
          resolve();
        };
      });
    }
  }

  async close(): Promise<void> {
    const ended = once(this.#child, "close");
    this.#child.stdin?.write("q");
    this.#child.stdin?.end();
    await ended;
  }
}

function report(name: string, values: readonly number[], limit: number): void {
  const range = `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
  console.log(`${name}: median ${median(values).toFixed(0)} ms (${range}); to reach ${limit} ms`);
}

const tree = realSizeTree("modern", process.env["MANIFESTS"]);
try {
  const total = tree.entries.toLocaleString("en-US");
  console.log(`${total} entries`);
  const times = { open: [], stroke: [], end: [], page: [] } as Record<
    "open" | "stroke" | "end" | "page",
    number[]
  >;
  for (let run = 0; run < runs; run++) {
    const screen = new Console(tree.root);
    await screen.shows("build");
    times.open.push(await screen.time("3", `${total} entries`));
    await screen.time("/", "component: type:");
    for (const letter of "amd64") times.stroke.push(await screen.time(letter, /of|entries/));
    await screen.time("\x15", `${total} entries`);
    await screen.time("\r", "open");
    await screen.time("*", "▾");
    for (let at = 0; at < 3; at++) {
      times.end.push(await screen.time("G", "var"));
      times.page.push(await screen.time("\x15", "var"));
      await screen.time("g", "bin");
    }
    await screen.close();
  }
  report("open (key 3 to entries)", times.open, 500);
  report("keystroke in the filter", times.stroke, 100);
  report("G", times.end, 50);
  report("page up", times.page, 50);
} finally {
  tree.remove();
}
