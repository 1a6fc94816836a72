// Invariant: what a state is can be read without colour and without Unicode.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { themeFor } from "../../src/ui/theme.ts";
import { ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const coloured =
  "printf 'file\\303\\251.c: \\033[31;1merror:\\033[0m caf\\303\\251 \\342\\234\\223 \\033[38;5;200mpink\\033[0m\\n'";
const build = new ScreenBuild({ "1-extra-stamp": [coloured, "exit 1"] });
after(() => {
  build.close();
});

/** All bytes of a console that is led through every screen. */
async function bytesOf(argv: string, env: Record<string, string | undefined>): Promise<string> {
  const terminal = build.shell(["sh", "-i"], { env: { PS1: "ready ", ...env } });
  await terminal.waitFor("ready");
  const path = terminal.record();
  terminal.keys("-l", `${build.program} ${argv}`);
  terminal.keys("Enter");
  await terminal.waitFor(/^ extra failed\./m);
  await everyScreen(terminal);
  terminal.keys("q");
  await terminal.waitFor(/To go on from here/);
  const bytes = readFileSync(path, "latin1");
  assert.ok(bytes.length > 10_000, "the screens were drawn");
  return bytes;
}

async function everyScreen(terminal: Terminal): Promise<void> {
  for (const [keys, wanted] of [
    ["l", /error:/],
    ["f", /extra/],
    ["3", /entries/],
    ["4", /OVERLAYS/],
    ["5", /0001|failed/],
    ["1", /^ extra failed\./m],
    ["?", /^ Keys/m],
    ["Escape", /^ extra failed\./m],
    [":", /type to find/],
    ["Escape", /^ extra failed\./m],
    ["M", /mouse/],
    ["M", /again/],
  ] as const) {
    terminal.keys(keys);
    await terminal.waitFor(wanted);
  }
}

/** Parameters of SGR sequences that set a colour. */
function colours(bytes: string): readonly string[] {
  return [...bytes.matchAll(/\u001b\[([\d;]*)m/g)]
    .map(([, parameters = ""]) => parameters)
    .filter((parameters) =>
      parameters.split(";").some((each) => /^(3[0-8]|4[0-8]|9[0-7]|10[0-7])$/.test(each)),
    );
}

test("check 24: no colour with NO_COLOR, ASCII only where asked, a mark for each state", async (t) => {
  build.run("run", "--plain");

  const plain = await bytesOf("", { NO_COLOR: "1" });
  assert.deepEqual(colours(plain), []);
  assert.match(plain, /\u001b\[1m/, "attributes are still used");

  const posix = await bytesOf("", { LANG: "C", LC_ALL: undefined });
  assert.doesNotMatch(posix, /[\x80-\xff]/);
  const asked = await bytesOf("--ascii", {});
  assert.doesNotMatch(asked, /[\x80-\xff]/);

  // 16 colours: the console itself uses no others.
  const colour = await bytesOf("", {});
  const own = colours(colour).filter((each) => !/38;5;200/.test(each));
  assert.ok(own.length > 0);
  assert.deepEqual(
    own.filter((each) => /\b[34]8;/.test(each)),
    [],
  );

  // On screen the states differ in monochrome, too.
  const terminal = build.open([], { env: { NO_COLOR: "1" } });
  const screen = await terminal.waitFor(/^ extra failed\./m);
  assert.match(screen, /✓ strap/);
  assert.match(screen, /✗ extra/);
  assert.match(screen, /- live|- manifest/);
  for (const ascii of [false, true]) {
    const { marks } = themeFor({ LANG: "C.UTF-8" }, ascii);
    const all = Object.values(marks.state);
    assert.equal(new Set(all).size, all.length, all.join(" "));
  }
  t.diagnostic(
    `${String(plain.length)} bytes without a colour, ${String(posix.length + asked.length)} without a byte above 0x7f`,
  );
});
