// Invariant: wherever a sentence names a key it is the person's own.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commands } from "../../src/ui/keymap.ts";
import { initialUi, type UiState } from "../../src/ui/model.ts";
import { rowText } from "../../src/ui/present/cells.ts";
import { helpScreen } from "../../src/ui/present/help.ts";
import { outcomeRow } from "../../src/ui/present/outcome.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { applyKeymap } from "../../src/ui/user-keymap.ts";
import { modelBuild, modelOf } from "../support/console-model.ts";

const own: Readonly<Record<string, string>> = {
  "next-hit": "ctrl-n",
  "previous-hit": "ctrl-p",
  "more-context": "6",
  search: "7",
  "copy-line": "8",
  "help.down": "9",
  "help.filter-help": "0",
};
const wishes = Object.entries(own).map(([command, key]) => ({ command, keys: [key], line: 1 }));
const { table, complaints } = applyKeymap(wishes, "config.json");

const view = {
  stage: "live",
  attempt: 1,
  attempts: 1,
  file: "live.1.log",
  own: true,
  total: 9,
  lines: [],
  fresh: 0,
} as const;

function said(keymap: typeof commands, ui: Partial<UiState>): string {
  const log = {
    ...view,
    search: { text: "curl", at: 1, count: 2, complete: 1 },
    filter: { hidden: 1, shown: 8, context: 0, complete: 1 },
  };
  const model = modelOf(modelBuild(["live"]), 9, { keymap, log, ui: { ...initialUi, ...ui } });
  return rowText(outcomeRow(model) ?? []);
}

describe("keys in sentences", () => {
  it("are a person's own where the log is searched, filtered and copied", () => {
    assert.deepEqual(complaints, []);
    const narrowed = { isNarrowed: true, filter: ["cc"] };
    assert.equal(
      said(commands, narrowed),
      " /curl  1/2  n N next, previous  Esc back   &cc  1 line hidden  + - context",
    );
    assert.equal(
      said(table, narrowed),
      " /curl  1/2  ^N ^P next, previous  Esc back   &cc  1 line hidden  6 - context",
    );
    assert.match(said(commands, { isSelecting: true }), / {2}j k choose more {2}y copies {2}Esc/);
    assert.match(said(table, { isSelecting: true }), / {2}j k choose more {2}8 copies {2}Esc/);
  });

  it("are a person's own in the title of the help, and in reasons", () => {
    const model = modelOf(modelBuild(["live"]), 9, { keymap: table });
    const rows = helpScreen(model, themeFor({}), 80, 10, { top: 0, text: "", typing: false });
    assert.match(rowText(rows[0] ?? []), / Keys {2}1-9 of \d+ {2}9 k scroll {2}0 finds/);
    const reason = table.find(({ id }) => id === "next-hit")?.disabled?.(model);
    assert.equal(reason, "nothing is searched for, 7 begins");
  });
});
