// Invariant: pure; the rows of the builds page fill exactly the room they are given.
import { tall, type Row } from "../../present/cells.ts";
import type { Theme } from "../../theme.ts";
import type { PageSize } from "../page.ts";
import type { BuildsView } from "./view.ts";

/** The body of the screen while the page is on it. */
export function buildsRows(_view: BuildsView, _theme: Theme, { rows }: PageSize): readonly Row[] {
  return tall([], rows);
}
