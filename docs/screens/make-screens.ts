// Invariant: every picture beside this file shows a real build of the bundled tree, at the sizes in
// its name. Usage: npm run screens
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { screenSvg } from "../../test/support/screen-svg.ts";
import { Terminal } from "../../test/support/tmux.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const base = mkdtempSync(join(tmpdir(), "demo-"));
const tree = join(base, "smartos-live");

/** One console a size; the middle one is for the pictures that README.md shows. */
const sizes = [
  { cols: 80, rows: 24 },
  { cols: 160, rows: 45 },
  { cols: 110, rows: 28 },
] as const;
const shownInReadme = ["build", "failures", "log"];

/** A busy machine builds the tree for many minutes. */
const longestMs = 1_800_000;

interface Console {
  readonly terminal: Terminal;
  readonly size: (typeof sizes)[number];
}

type Step = readonly [keys: readonly string[], shows: string | RegExp];

function keep({ terminal, size }: Console, name: string): void {
  const { cols, rows } = size;
  const picture = screenSvg(whole(terminal), cols);
  const file = cols === 110 ? name : `${name}-${cols}x${rows}`;
  if (cols !== 110 || shownInReadme.includes(name)) {
    writeFileSync(join(import.meta.dirname, `${file}.svg`), picture);
  }
}

/** The screen between two frames: one that was caught while it was drawn has torn rows. */
function whole(terminal: Terminal): string {
  for (let before = terminal.colours(), tries = 0; ; tries++) {
    const now = terminal.colours();
    if (now === before || tries === 50) return now;
    before = now;
  }
}

function smartbuild(...argv: readonly string[]): void {
  execFileSync(process.execPath, [cli, ...argv], { cwd: tree });
}

/** Goes the same way in every console and keeps what stands there at its end. */
async function show(
  consoles: readonly Console[],
  name: string,
  ...steps: readonly Step[]
): Promise<void> {
  for (const one of consoles) {
    for (const [keys, shows] of steps) {
      if (keys.length > 0) one.terminal.keys(...keys);
      await one.terminal.waitFor(shows, longestMs);
    }
    keep(one, name);
  }
}

/** Opens a console a size, and closes them whatever happens. */
async function watching(shows: (consoles: readonly Console[]) => Promise<void>): Promise<void> {
  const env = { SHELL: "/bin/bash" };
  const consoles = sizes.map((size): Console => {
    const argv = [process.execPath, cli, "attach"];
    return { size, terminal: Terminal.start(argv, { ...size, cwd: tree, env }) };
  });
  try {
    await shows(consoles);
  } finally {
    for (const { terminal } of consoles) terminal.close();
  }
}

try {
  execFileSync(process.execPath, [cli, "demo", tree, "--no-run"], { cwd: base });
  smartbuild("run", "--detach");
  await watching(async (consoles) => {
    await show(consoles, "build", [[], /illumos .*00:1\d/]);
    await show(consoles, "stop", [["C-c"], "[cancel]"]);
    await show(consoles, "done", [["Escape"], "Done: output/platform-"]);
  });
  const source = join(tree, "projects/illumos-extra/curl/src/cookie.c");
  appendFileSync(source, "int cookie_count(void)\n{\n\treturn jar->count;\n}\n");
  smartbuild("run", "--detach");
  await watching(async (consoles) => {
    await show(consoles, "failed", [[], /^ extra failed\./m]);
    await show(consoles, "failures", [["f"], "Open the named file"]);
    await show(consoles, "log", [["Enter"], /problem 1\/\d/]);
    await show(consoles, "help", [["?"], /Next stage/]);
    await show(consoles, "palette", [["Escape", ":"], "find an action"]);
    await show(consoles, "manifest", [
      ["Escape", "3"],
      /^ [\d,]+ entries(?![^]*looking for files)/m,
    ]);
    await show(consoles, "settings", [["4"], /OVERLAYS/]);
    await show(consoles, "builds", [["5"], "2 builds,"]);
    await show(consoles, "comparison", [["c"], "is marked"], [["j", "c"], /Build 1 and build 2/]);
    await show(
      consoles,
      "image",
      [["Escape"], "2 builds,"],
      [["v"], "clean, verified"],
      [["i"], "The image of build 1"],
    );
    await show(consoles, "past", [["Escape"], "2 builds,"], [["Enter"], "build 1 of 2"]);
  });
} finally {
  rmSync(base, { recursive: true, force: true });
}
