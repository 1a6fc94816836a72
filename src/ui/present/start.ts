// Invariant: pure; what is shown before anything was built always names a key that goes on.
import type { ConsoleModel } from "../model.ts";
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
    [cell("   b", "key"), cell("  configure, build the world and make the platform image")],
    [cell("   ?", "key"), cell("  all keys")],
    [cell("   q", "key"), cell("  quit")],
    [],
    [cell("   smartbuild plan", "accent"), cell(" says what would run and why.", "dim")],
  ];
  return tall(rows, height);
}
