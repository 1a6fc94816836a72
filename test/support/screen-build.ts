// Invariant: a build for tests of the console stands still in `extra` until it is released, and
// nothing of it is left when the test is over.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Terminal, type TerminalOptions } from "./tmux.ts";
import { tinyTree, type Recipes, type TinyTree } from "./tiny-tree.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");

/** A tiny workspace, and terminals in it. */
export class ScreenBuild {
  readonly tree: TinyTree;
  readonly #terminals: Terminal[] = [];

  constructor(recipes: Recipes = {}) {
    this.tree = tinyTree(recipes);
  }

  /** smartbuild in a terminal of its own, in the workspace. */
  open(argv: readonly string[], options: TerminalOptions = {}): Terminal {
    return this.shell([process.execPath, cli, ...argv], options);
  }

  /** Any command in a terminal of its own, in the workspace. */
  shell(argv: readonly string[], options: TerminalOptions = {}): Terminal {
    const terminal = Terminal.start(argv, { cwd: this.tree.root, ...options });
    this.#terminals.push(terminal);
    return terminal;
  }

  /** The words that start smartbuild. */
  get program(): string {
    return `${process.execPath} ${cli}`;
  }

  /** smartbuild without a terminal; what it printed. */
  run(...argv: readonly string[]): { readonly status: number | null; readonly output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
      cwd: this.tree.root,
      encoding: "utf8",
    });
    return { status, output: stdout + stderr };
  }

  /** Lets a build with `holding` go on. */
  release(): void {
    this.tree.write("go", "");
  }

  close(): void {
    this.release();
    for (const terminal of this.#terminals) terminal.close();
    this.run("stop");
    this.tree.remove();
  }
}

/** Shell lines that wait until the build is released. */
export const holding: readonly string[] = ["while [ ! -e go ]; do sleep 0.05; done"];

/** Shell lines that print numbered lines. */
export function counting(lines: number): readonly string[] {
  return [`for i in $(seq ${lines}); do echo "cc -O2 -c file$i.c"; done`];
}
