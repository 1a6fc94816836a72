// Invariant: pure; the rows of whichever page is on screen.
import type { Command } from "../model.ts";
import type { Row } from "../present/cells.ts";
import type { Theme } from "../theme.ts";
import { buildsDivider, buildsRows } from "./builds/rows.ts";
import { manifestRows } from "./manifest/rows.ts";
import type { PageView } from "./page-view.ts";
import type { PageSize } from "./page.ts";
import { settingsRows } from "./settings/rows.ts";

/** Where a line divides the page from top to bottom, if one does: cells on its left. */
export function pageDivider(view: PageView, columns: number): number | undefined {
  return view.kind === "builds" ? buildsDivider(view, columns) : undefined;
}

/** The body of the screen for a page. */
export function pageRows(
  view: PageView,
  theme: Theme,
  size: PageSize,
  keymap?: readonly Command[],
): readonly Row[] {
  switch (view.kind) {
    case "manifest":
      return manifestRows(view, theme, size);
    case "settings":
      return settingsRows(view, theme, size, keymap);
    case "builds":
      return buildsRows(view, theme, size);
  }
}
