// Invariant: help and palette show the keys that work, as the keymap and the person's own say.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { shownKey } from "../../src/ui/key-names.ts";
import { commands, commandsOf } from "../../src/ui/keymap.ts";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const build = new ScreenBuild({ "1-extra-stamp": [...counting(60), ...holding] });
after(() => {
  build.close();
});

/** Keys that the help lists, read by scrolling through it. */
async function helpKeys(terminal: Terminal): Promise<readonly string[]> {
  const seen: string[] = [];
  terminal.keys("?");
  let screen = await terminal.waitFor(/^ Keys/m);
  for (;;) {
    // Two rows of header, the title, and two rows of footer are no keys.
    for (const row of screen.split("\n").slice(3, 22)) {
      const keys = row.slice(2, 20).trim();
      if (/^ {2}\S/.test(row) && keys !== "" && !seen.includes(keys)) seen.push(keys);
    }
    const place = /(\d+)-(\d+) of (\d+)/.exec(screen);
    if (place === null || place[2] === place[3]) break;
    terminal.keys("PageDown");
    const before = place[0];
    screen = await terminal.waitFor((now) => /\d+-\d+ of \d+/.test(now) && !now.includes(before));
  }
  terminal.keys("q");
  await terminal.waitFor((now) => !/^ Keys/m.test(now));
  return seen;
}

function expected(view: "build" | "log"): readonly string[] {
  return commandsOf(view).map(({ keys }) => keys.map(shownKey).join(" "));
}

test("check 29: help lists exactly the active keys, palette does every action", async (t) => {
  const taken = commands
    .flatMap(({ keys }) => keys)
    .filter((key) => /^ctrl-[bsq]$|^f\d+$/.test(key));
  assert.deepEqual(taken, [], "nothing on the prefix of tmux, flow control or function keys");

  const terminal = build.open(["run"]);
  await terminal.waitFor("file60.c");
  const inBuild = await helpKeys(terminal);
  assert.deepEqual([...inBuild].sort(), [...new Set(expected("build"))].sort());
  terminal.keys("l");
  await terminal.waitFor((screen) => !screen.includes("✓ strap"));
  assert.deepEqual([...(await helpKeys(terminal))].sort(), [...new Set(expected("log"))].sort());
  terminal.keys("1");

  // It filters, and each Esc takes one thing back.
  terminal.keys("?");
  await terminal.waitFor(/^ Keys/m);
  terminal.keys("/", "suspe");
  await terminal.waitFor(
    (screen) => /^ Keys {2}\/suspe/m.test(screen) && !screen.includes("j k scroll"),
  );
  terminal.keys("nd", "Enter");
  const found = await terminal.waitFor(/\^Z +Put the console to sleep/);
  assert.doesNotMatch(found, /Retry|Run the selected stage/);
  terminal.keys("Escape");
  await terminal.waitFor("j k scroll");
  terminal.keys("Escape");
  await terminal.waitFor("✓ strap");

  // The palette: filter as one types, the reason of what cannot be done, Enter does it.
  terminal.keys(":");
  await terminal.waitFor("type to find an action");
  terminal.keys("retry");
  await terminal.waitFor(/Not now: \S+ did not fail; /);
  terminal.keys("Enter");
  await terminal.waitFor(/:retry/);
  terminal.keys("C-u", "times");
  await terminal.waitFor(/T +Show or hide when each line was received/);
  terminal.keys("Enter");
  await terminal.waitFor(/│.*\d\d:\d\d:\d\d.*file60\.c/);
  terminal.keys(":");
  await terminal.waitFor("type to find an action");
  terminal.keys("manifest");
  await terminal.waitFor(/3 +What ships/);
  terminal.keys("Escape");
  await terminal.waitFor("✓ strap");
  terminal.keys("q");
  await terminal.waitFor("exit=0");

  // A person's own keys, everywhere; what cannot be is told with its line.
  build.tree.write(
    "config/smartbuild/config.json",
    '{\n  "keymap": {\n    "follow": ["x"],\n    "open-log": ["F"],\n    "times": ["e"],\n    "fly": ["u"]\n  }\n}\n',
  );
  const own = build.open(["attach"], { env: { XDG_CONFIG_HOME: `${build.tree.root}/config` } });
  await own.waitFor(/config\.json:6: there is no command fly/);
  own.keys("?");
  await own.waitFor(/^ {2}x +Follow the running stage/m);
  own.keys("G");
  const words = (screen: string): string => screen.split(/\s+/).join(" ");
  const told = await own.waitFor((screen) =>
    words(screen).includes("e is the key of next-failure"),
  );
  assert.match(words(told), /config\.json:6: there is no command fly/);
  assert.match(
    words(told),
    /config\.json:5: e is the key of next-failure in build too; times keeps/,
  );
  own.keys("Escape", "F");
  await own.waitFor((screen) => !screen.includes("✓ strap"));
  own.keys("q");
  await own.waitFor("exit=0");
  assert.match(own.scrollback().replace(/\s+/g, ""), /smartbuild:\/\S*config\.json:5:eisthekeyof/);
  t.diagnostic(
    `${String(inBuild.length)} keys on the build screen, ${String(commands.length)} in all`,
  );
});
