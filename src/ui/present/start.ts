// Invariant: pure; what is shown before anything was built always names a key that goes on.
import type { CommandId } from "../command-ids.ts";
import type { ConsoleModel } from "../model.ts";
import { keyIn } from "./hints.ts";
import { cell, tall, type Row } from "./cells.ts";

/** The body of the screen while the workspace has no build. */
export function startRows(model: ConsoleModel, height: number): readonly Row[] {
  const rows: readonly Row[] = [
    [],
    [cell("   Nothing has been built here yet.", "strong")],
    [],
    [cell("   Workspace  ", "dim"), cell(model.workspace.root)],
    [cell("   Layout     ", "dim"), cell(model.workspace.layout)],
    [],
    ...keyRow("build", "configure, build the world and make the platform image", model),
    ...keyRow("help", "all keys", model),
    ...keyRow("detach", "quit", model),
    [],
    [cell("   smartbuild plan", "accent"), cell(" says what would run and why.", "dim")],
  ];
  return tall(rows, height);
}

function keyRow(id: CommandId, words: string, { keymap }: ConsoleModel): readonly Row[] {
  const key = keyIn("start", id, keymap);
  return key === undefined ? [] : [[cell(`   ${key}`, "key"), cell(`  ${words}`)]];
}
