// Invariant: every picture beside this file shows a real build of the bundled tree.
// Usage: npm run screens
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { screenSvg } from "../../test/support/screen-svg.ts";
import { Terminal } from "../../test/support/tmux.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const base = mkdtempSync(join(tmpdir(), "demo-"));
const tree = join(base, "mini-live");
const size = { cols: 110, rows: 28 };

function keep(terminal: Terminal, name: string): void {
  const picture = screenSvg(terminal.colours(), size.cols);
  writeFileSync(join(import.meta.dirname, `${name}.svg`), picture);
}

try {
  execFileSync(process.execPath, [cli, "demo", tree, "--no-run"], { cwd: base });
  const terminal = Terminal.start([process.execPath, cli, "run"], { ...size, cwd: tree });
  try {
    await terminal.waitFor(/illumos .*00:1[5-9]/, 180_000);
    keep(terminal, "build");
    await terminal.waitFor("succeeded", 300_000);
  } finally {
    terminal.close();
  }
  const source = join(tree, "projects/illumos-extra/curl/src/cookie.c");
  appendFileSync(source, "int cookie_count(void)\n{\n\treturn jar->count;\n}\n");
  const failing = Terminal.start([process.execPath, cli, "run", "extra/curl"], {
    ...size,
    cwd: tree,
  });
  try {
    await failing.waitFor("failed", 120_000);
    failing.keys("f");
    await failing.waitFor("Open the named file");
    keep(failing, "failures");
    failing.keys("Enter");
    await failing.waitFor(/problem 1\/\d/);
    keep(failing, "log");
  } finally {
    failing.close();
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}
