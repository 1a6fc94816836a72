// Invariant: what the keymap promises is what the help, the key bar and the keys do.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commandFor, commands, commandsOf, keyConflicts } from "../../src/ui/keymap.ts";
import { keyNames, shownKey } from "../../src/ui/key-names.ts";
import { initialUi, type ConsoleModel, noFacts } from "../../src/ui/model.ts";
import { rowText, rowWidth } from "../../src/ui/present/cells.ts";
import { helpRows, helpScreen, lastHelpTop } from "../../src/ui/present/help.ts";
import { keyBar } from "../../src/ui/present/key-bar.ts";
import { themeFor } from "../../src/ui/theme.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const nothingBuilt: ConsoleModel = {
  workspace: { root: "/build/smartos-live", layout: "classic" },
  version: "0.1.0",
  build: undefined,
  log: undefined,
  facts: noFacts,
  ui: initialUi,
  size: { columns: 80, rows: 24 },
  now: 0,
  beat: 0,
};
const noKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

describe("the keymap", () => {
  it("gives no key two meanings in one view", () => {
    assert.deepEqual(keyConflicts(), []);
  });

  it("leaves alone what tmux and terminals take for themselves", () => {
    const keys = commands.flatMap((command) => command.keys);
    assert.deepEqual(
      keys.filter((key) => /^ctrl-[bsq]$|^f\d+$/.test(key)),
      [],
    );
  });

  it("describes each command in one sentence", () => {
    for (const { description } of commands) assert.match(description, /^[A-Z].*\.$/);
  });

  it("reads keys that arrive together one by one", () => {
    assert.deepEqual(keyNames("jjG", noKey), ["j", "j", "G"]);
    assert.deepEqual(keyNames("ab\r\u007f\u0001\u0000", noKey), [
      "a",
      "b",
      "enter",
      "backspace",
      "ctrl-a",
    ]);
    assert.deepEqual(keyNames("c", { ...noKey, ctrl: true }), ["ctrl-c"]);
    assert.deepEqual(keyNames("", { ...noKey, pageDown: true }), ["pgdn"]);
    assert.deepEqual(keyNames(" ", noKey), ["space"]);
    assert.equal(commandFor("build", "pgdn")?.id, "page-down");
    assert.equal(commandFor("stop", "ctrl-c")?.id, "stop");
    assert.equal(commandFor("start", "j"), undefined);
  });
});

const closed = { top: 0, text: "", typing: false };

function helpWith(text: string): readonly string[] {
  const overlay = { kind: "help", top: 0, text, typing: true } as const;
  return helpRows({ ...nothingBuilt, ui: { ...initialUi, overlay } }, 80).map(rowText);
}

describe("the help", () => {
  it("lists every key of the view that it was opened in, and no other", () => {
    const rows = helpRows(nothingBuilt, 80).map(rowText);
    const listed = rows.map((row) => row.slice(2, 20).trimEnd()).filter((keys) => keys !== "");
    const expected = commandsOf("start").map(({ keys }) => keys.map(shownKey).join(" "));
    assert.deepEqual(listed, expected);
  });

  it("cuts no sentence, however narrow the terminal", () => {
    for (const width of [80, 40, 24]) {
      const rows = helpRows(nothingBuilt, width).map(rowText);
      assert.ok(rows.every((row) => rowWidth([{ text: row, tone: "plain" }]) <= width));
      const words = rows.join(" ").split(/\s+/).join(" ");
      for (const { description } of commandsOf("start")) {
        const last = description.split(" ").at(-1) ?? "";
        assert.ok(words.includes(last), `${last} at ${width}`);
      }
    }
  });

  it("can be scrolled to its last key in a low terminal", () => {
    const last = lastHelpTop(nothingBuilt, 4);
    const rows = helpScreen(nothingBuilt, theme, 80, 4, { ...closed, top: last }).map(rowText);
    assert.equal(rows.length, 4);
    const shown = commandsOf("start").at(-1)?.description.split(" ").at(-1) ?? "";
    assert.ok(rows.at(-1)?.includes(shown));
  });

  it("lists only what fits the filter, by words, keys or names", () => {
    assert.match(helpWith("ctrl-c").join("\n"), /^$/);
    assert.match(helpWith("^C").join("\n"), /stop the build, detach or cancel/);
    assert.deepEqual(
      helpWith("past builds").map((row) => row.slice(2, 20).trimEnd()),
      ["5"],
    );
    assert.deepEqual(helpWith("no such words"), []);
  });

  it("tells what is wrong in the person's settings", () => {
    const rows = helpRows({ ...nothingBuilt, complaints: ["config.json:3: there is no x."] }, 80);
    assert.match(rows.map(rowText).join("\n"), /config\.json:3: there is no x\./);
  });
});

describe("the key bar", () => {
  it("shows whole entries only, the most important first", () => {
    assert.equal(rowText(keyBar(nothingBuilt, 80)).trim(), "b build  q quit  : actions  ? keys");
    assert.equal(rowText(keyBar(nothingBuilt, 20)).trim(), "b build  ? keys");
  });
});
