// Invariant: what is chosen in the list of all actions is done as if its key had been pressed.
import type { PaletteCommandId } from "../command-ids.ts";
import { paletteEntries } from "./entries.ts";
import type { Action, ActionContext } from "../control/action.ts";

export const paletteActions: Readonly<Record<PaletteCommandId, Action>> = {
  palette: ({ view }) => {
    view.set({ overlay: { kind: "palette", text: "", selected: 0 } });
  },
  "take-action": ({ view, perform }) => {
    const { overlay } = view.ui;
    if (overlay?.kind !== "palette") return;
    const entry = paletteEntries(view.model(), overlay.text)[overlay.selected];
    if (entry === undefined) return;
    // What cannot be done stays in sight, with the reason under it.
    if (entry.reason !== undefined) return;
    view.set({ overlay: undefined });
    perform(entry.command);
  },
  "next-action": (context) => {
    choose(context, 1);
  },
  "previous-action": (context) => {
    choose(context, -1);
  },
};

function choose({ view }: ActionContext, by: 1 | -1): void {
  const { overlay } = view.ui;
  if (overlay?.kind !== "palette") return;
  const count = paletteEntries(view.model(), overlay.text).length;
  if (count === 0) return;
  view.set({ overlay: { ...overlay, selected: (overlay.selected + by + count) % count } });
}
