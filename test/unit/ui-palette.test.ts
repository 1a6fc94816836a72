// Invariant: the list of all actions holds every action there is, and says of each what it can do.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commands } from "../../src/ui/keymap.ts";
import { initialUi, type ConsoleModel, noFacts } from "../../src/ui/model.ts";
import { paletteEntries } from "../../src/ui/palette/entries.ts";
import { paletteScreen } from "../../src/ui/palette/rows.ts";
import { rowText, rowWidth } from "../../src/ui/present/cells.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { screens } from "../../src/ui/views.ts";

const model: ConsoleModel = {
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
const ids = (text: string): readonly string[] =>
  paletteEntries(model, text).map(({ command }) => command.id);

describe("the list of all actions", () => {
  it("holds every action of every screen once, what can be done now first", () => {
    const all = commands
      .filter(
        ({ id, views }) =>
          id !== "palette" &&
          views.some((view) => screens.includes(view as (typeof screens)[number])),
      )
      .map(({ id }) => id);
    assert.deepEqual([...ids("")].sort(), [...new Set(all)].sort());
    const reasons = paletteEntries(model, "").map(({ reason }) => reason === undefined);
    assert.ok(reasons.lastIndexOf(true) < reasons.indexOf(false));
  });

  it("says why an action can do nothing, also where it is of another screen", () => {
    const [retry] = paletteEntries(model, "retry");
    assert.equal(retry?.command.id, "retry");
    assert.match(retry.reason ?? "", /^only in: build, log, failures$/);
    const [log] = paletteEntries(model, "show-log");
    assert.equal(log?.reason, "this stage has no log yet");
  });

  it("finds by any words, by name first, and by key", () => {
    assert.equal(ids("settings tree")[0], "show-settings");
    assert.equal(ids("show b")[0], "show-build");
    assert.equal(ids("^c")[0], "interrupt");
    assert.deepEqual(ids("xyzzy"), []);
  });

  it("fills exactly its room at any size, the chosen action in sight", () => {
    const theme = themeFor({ LANG: "C.UTF-8" });
    const count = ids("").length;
    for (const [width, height] of [
      [80, 21],
      [40, 9],
      [20, 3],
      [200, 57],
    ] as const) {
      for (const selected of [0, Math.floor(count / 2), count - 1]) {
        const rows = paletteScreen(model, theme, width, height, { text: "", selected });
        assert.equal(rows.length, height);
        assert.ok(
          rows.every((row) => rowWidth(row) <= width),
          `${width}x${height}`,
        );
        const chosen = rows.slice(1).filter((row) => row.some(({ inverse }) => inverse === true));
        assert.equal(chosen.length, 1, `${width}x${height} ${selected}`);
      }
    }
    const foot = paletteScreen(model, theme, 80, 21, { text: "show-log", selected: 0 });
    assert.match(foot.map(rowText).join("\n"), /Not now: this stage has no log yet\./);
  });
});
