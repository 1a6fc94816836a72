// Invariant: pure; the rows of the manifest page fill exactly the room they are given.
import { tall, type Row } from "../../present/cells.ts";
import type { Theme } from "../../theme.ts";
import type { PageSize } from "../page.ts";
import type { ManifestView } from "./view.ts";

/** The body of the screen while the page is on it. */
export function manifestRows(
  _view: ManifestView,
  _theme: Theme,
  { rows }: PageSize,
): readonly Row[] {
  return tall([], rows);
}
