// Invariant: pure; the parts of the page never overlap and together fill exactly its room.
import type { PageSize } from "../page.ts";

/** How the page is divided; sizes in cells and rows. One row above is the page's title. */
export interface SettingsRoom {
  readonly isSide: boolean;
  readonly listWidth: number;
  readonly listHeight: number;
  readonly detailWidth: number;
  readonly detailHeight: number;
}

const sideBySide = 110;

/** Form and details beside each other in a wide terminal, else one above the other. */
export function settingsRoom({ columns, rows }: PageSize): SettingsRoom {
  const body = Math.max(0, rows - 1);
  if (columns >= sideBySide) {
    const listWidth = Math.floor(columns * 0.58);
    const detailWidth = columns - listWidth - 1;
    return { isSide: true, listWidth, listHeight: body, detailWidth, detailHeight: body };
  }
  // The line between them takes one.
  const detailHeight = Math.max(2, Math.min(10, Math.floor((body - 1) * 0.45)));
  const listHeight = Math.max(1, body - 1 - detailHeight);
  return {
    isSide: false,
    listWidth: columns,
    listHeight,
    detailWidth: columns,
    detailHeight: Math.max(0, body - 1 - listHeight),
  };
}
