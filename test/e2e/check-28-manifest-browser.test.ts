// Invariant: times are from the key to the screen of a real terminal; the best try counts. A time
// fails only beyond three times its limit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { ScreenBuild } from "../support/screen-build.ts";
import { realSizeTree } from "../support/real-size-tree.ts";
import { program } from "../support/smartbuild.ts";
import { Terminal } from "../support/tmux.ts";

const tries = 6;
const slack = 3;
const patienceMs = 30_000;
const closers: (() => void)[] = [];

after(() => {
  for (const close of closers.reverse()) close();
});

test("check 28: manifest browser", async (t) => {
  await t.test("25,000 entries open, are filtered and paged through at once", browseRealSize);
  await t.test("a compare view lists what differs from an earlier build", compareBuilds);
  await t.test("a FAILED line leads to its entry and back", jumpFromFailure);
});

/** Milliseconds from the key to a screen that fits. */
function timed(terminal: Terminal, keys: readonly string[], fits: RegExp): number {
  const began = performance.now();
  terminal.keys(...keys);
  for (;;) {
    const screen = terminal.screen();
    const wall = performance.now() - began;
    if (fits.test(screen)) return wall;
    if (wall > patienceMs) throw new Error(`${keys.join(" ")}: no ${String(fits)} in\n${screen}`);
  }
}

/** The best try counts: a busy machine makes others wait, too. */
function within(t: TestContext, what: string, tries: readonly number[], limitMs: number): void {
  const best = Math.min(...tries);
  t.diagnostic(`${what} ${best.toFixed(0)} ms (limit ${limitMs} ms)`);
  assert.ok(best <= limitMs * slack, `${what}: ${JSON.stringify(tries)}`);
}

async function browseRealSize(t: TestContext): Promise<void> {
  const tree = realSizeTree("modern");
  closers.push(() => {
    tree.remove();
  });
  const total = tree.entries.toLocaleString("en-US");
  const opened: number[] = [];
  let terminal: Terminal | undefined;
  for (let at = 0; at < 3; at++) {
    terminal?.close();
    terminal = Terminal.start([process.execPath, program], { cwd: tree.root });
    closers.push(terminal.close.bind(terminal));
    await terminal.waitFor("b build");
    opened.push(timed(terminal, ["3"], new RegExp(`${total} entries[^]*▸ kernel/`)));
  }
  assert.ok(terminal);
  within(t, "open", opened, 500);
  await terminal.waitFor((screen) => !screen.includes("looking for files"));

  const strokes: number[] = [];
  const words = ["usr", "lib", "amd64", "lib.so", "share/man", "zon"];
  for (const [index, word] of words.entries()) {
    terminal.keys("/", "C-u");
    terminal.keys("-l", word.slice(0, -1));
    await terminal.waitFor(new RegExp(`^ /${word.slice(0, -1)} +[\\d,]+ of ${total}`, "m"));
    const line = new RegExp(`^ /${word} +[\\d,]+ of ${total}`, "m");
    strokes.push(timed(terminal, ["-l", word.slice(-1)], line));
    if (index === 0) assert.match(terminal.screen(), /^ +usr\/ +0755/m);
    terminal.keys("Escape");
    await terminal.waitFor(new RegExp(`^ ${total} entries`, "m"));
  }
  within(t, "keystroke", strokes, 100);

  terminal.keys("*");
  await terminal.waitFor("▾");
  const ends: number[] = [];
  const pages: number[] = [];
  for (let at = 0; at < tries; at++) {
    terminal.keys("g");
    await terminal.waitFor(/^ \.smartdc_version$/m);
    ends.push(timed(terminal, ["G"], /^ var\/yp\/binding$/m));
    pages.push(timed(terminal, ["PageUp"], /^ var\/(?!yp)\S+$/m));
  }
  within(t, "G", ends, 50);
  within(t, "page", pages, 50);
  terminal.keys("q");
}

async function compareBuilds(): Promise<void> {
  const build = new ScreenBuild();
  closers.push(build.close.bind(build));
  assert.equal(build.run("run", "--plain").status, 0);
  const manifest = "projects/illumos/manifest";
  const text = readFileSync(join(build.tree.root, manifest), "utf8");
  assert.match(text, /^f usr\/bin\/hello /m);
  const edited = text.replace(/^f usr\/bin\/hello \d+/m, "f usr/bin/hello 0500");
  build.tree.write(manifest, `${edited}f usr/bin/second 0555 root bin\n`);
  build.tree.write("projects/local/kvm/manifest", "");
  build.tree.write("proto/usr/bin/second", "two\n");
  const again = build.run("run", "--plain", "manifest", "live");
  assert.equal(again.status, 0, again.output);

  const terminal = build.open([]);
  await terminal.waitFor("manifest");
  terminal.keys("3");
  await terminal.waitFor(/\d+ entries/);
  terminal.keys("c");
  await terminal.waitFor(/^ +2 {2}\d.*succeeded {2}the newest build$[^]*^ +1 {2}\d/m);
  terminal.keys("Enter");
  const screen = await terminal.waitFor(/1 added, 1 removed, 1 changed/);
  assert.match(screen, /^ \+ usr\/bin\/second +4 B$/m);
  assert.match(screen, /^ - usr\/bin\/kvm +4 B$/m);
  assert.match(screen, /^ ~ usr\/bin\/hello +mode 0\d{3} to 0500$/m);
  terminal.keys("G", "Enter");
  await terminal.waitFor(/^ usr\/bin\/second$[^]*^ line +projects\/illumos\/manifest:\d+/m);
}

async function jumpFromFailure(): Promise<void> {
  const usual =
    "for each in illumos illumos-extra; do cp projects/$each/manifest manifest.d/$each.manifest; done";
  const build = new ScreenBuild({
    manifest: [
      "mkdir -p manifest.d",
      usual,
      "cp overlay/generic/manifest manifest.d/generic.ov.manifest",
      "echo 'f usr/bin/ghost 0555 root bin' >> manifest.d/illumos-extra.manifest",
      "cat manifest.d/*.manifest | LC_ALL=C sort -k2,2 > manifest.gen",
    ],
  });
  closers.push(build.close.bind(build));
  assert.notEqual(build.run("run", "--plain").status, 0);
  const entry =
    /^ ✗ .*ghost[^]*^ usr\/bin\/ghost$[^]*^ line +manifest\.d\/illumos-extra\.manifest:2 /m;
  const failures = /^›✗ usr\/bin\/ghost[^]*j\/k failure/m;
  const log = /FILE: \[usr\/bin\/ghost\].*FAILED[^]*j\/k line/;
  const terminal = build.open([]);
  await terminal.waitFor(/f failures/);
  terminal.keys("f");
  await terminal.waitFor(failures);
  terminal.keys("m");
  await terminal.waitFor(entry);
  terminal.keys("Escape");
  await terminal.waitFor(failures);
  terminal.keys("Enter");
  await terminal.waitFor(log);
  terminal.keys("m");
  await terminal.waitFor(entry);
  terminal.keys("f");
  await terminal.waitFor(failures);
  terminal.keys("Enter");
  await terminal.waitFor(log);
  terminal.keys("m");
  await terminal.waitFor(entry);
  terminal.keys("Escape");
  await terminal.waitFor(log);
}
