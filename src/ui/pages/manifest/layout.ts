// Invariant: pure; the parts of the page never overlap and together fill exactly its room.
import type { PageSize } from "../page.ts";
import type { ManifestView } from "./view.ts";

/** Where the list and the detail stand. Sizes in cells and rows. */
export interface ManifestLayout {
  readonly listWidth: number;
  /** Rows of the list alone. */
  readonly listHeight: number;
  /** A row over the list says what its columns are. */
  readonly hasHead: boolean;
  readonly hasNote: boolean;
  readonly detail: "none" | "right" | "below" | "all";
  readonly detailWidth: number;
  readonly detailHeight: number;
}

/** Below this there is one column and nothing but the list. */
const narrow = 60;
/** From here on the detail stands beside the list. */
const wide = 120;

/** How the room is divided. */
export function manifestLayout(
  { columns, rows }: PageSize,
  { panel, note }: Pick<ManifestView, "panel" | "note">,
): ManifestLayout {
  const hasNote = note !== undefined && rows >= 8;
  const hasHead = columns >= narrow && rows >= 10 && (panel === "entries" || panel === "totals");
  const body = Math.max(1, rows - 1 - Number(hasNote));
  const list = Math.max(1, body - Number(hasHead));
  const common = { hasNote, hasHead, listWidth: columns, listHeight: list };
  if (panel === "detail") {
    return { ...common, detail: "all", detailWidth: columns, detailHeight: body };
  }
  if (panel !== "entries" || columns < narrow) {
    return { ...common, detail: "none", detailWidth: 0, detailHeight: 0 };
  }
  if (columns >= wide) {
    const detailWidth = Math.min(70, Math.floor(columns * 0.36));
    const listWidth = columns - detailWidth - 1;
    return { ...common, listWidth, detail: "right", detailWidth, detailHeight: body };
  }
  if (rows < 15) return { ...common, detail: "none", detailWidth: 0, detailHeight: 0 };
  const detailHeight = Math.min(8, Math.floor(rows * 0.36));
  // A line stands between them.
  const listHeight = list - detailHeight - 1;
  return { ...common, listHeight, detail: "below", detailWidth: columns, detailHeight };
}
