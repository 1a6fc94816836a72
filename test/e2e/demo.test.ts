// Invariant: what the README promises of the demo, in a real terminal, with the bundled tree.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Terminal } from "../support/tmux.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const minutes = 60_000;

for (const { layout, stages } of [
  { layout: "classic", stages: 13 },
  { layout: "modern", stages: 15 },
]) {
  void test(`the ${layout} demo reaches its tarball, though its console is killed on the way`, async (t) => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-demo-")));
    t.after(() => {
      rmSync(base, { recursive: true, force: true });
    });
    const began = performance.now();
    const first = Terminal.start([process.execPath, cli, "demo", "--layout", layout], {
      cwd: base,
    });
    t.after(() => {
      first.close();
    });
    await first.waitFor(/Building OS-Net|Building tools/, 2 * minutes);
    const [console] = first.pids("cli.js demo");
    assert.ok(console !== undefined, "the console runs in the terminal");
    process.kill(console, "SIGKILL");

    const tree = join(base, `demo-${layout}`);
    const second = Terminal.start([process.execPath, cli, "attach"], {
      cwd: tree,
      cols: 100,
      rows: 30,
    });
    t.after(() => {
      second.close();
    });
    await second.waitFor(/✓ configure[^]*illumos/, 10_000);
    const end = await second.waitFor(/Done: output\/\S+\.tgz|failed\./, 10 * minutes);
    assert.ok(end.includes(`${stages} of ${stages} stages`), end);
    second.keys("q");
    await second.waitFor(/succeeded after/);
    t.diagnostic(`built in ${((performance.now() - began) / 1000).toFixed(0)} s`);

    const output = readdirSync(join(tree, "output"));
    const tarball = output.find((name) => /^platform-\d{8}T\d{6}Z\.tgz$/.test(name));
    assert.ok(tarball !== undefined, output.join(" "));
    assert.ok(statSync(join(tree, "output", tarball)).size > 100_000);

    const again = Terminal.start([process.execPath, cli, "demo", "--layout", layout], {
      cwd: base,
    });
    t.after(() => {
      again.close();
    });
    await again.waitFor(`Done: output/${tarball}`);
  });
}

void test("what is broken on purpose is told once, when the console is left", async (t) => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-demo-")));
  t.after(() => {
    rmSync(base, { recursive: true, force: true });
  });
  const broken = [process.execPath, cli, "demo", "--inject", "bad-fragment"];
  const terminal = Terminal.start(broken, { cwd: base });
  t.after(() => {
    terminal.close();
  });
  await terminal.waitFor("configure failed.", minutes);
  terminal.keys("q");
  await terminal.waitFor(/exit=2/);
  const told = terminal.scrollback().match(/Broken on purpose/g);
  assert.equal(told?.length, 1, terminal.scrollback());
});
