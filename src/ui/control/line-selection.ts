// Invariant: whoever stops choosing lines, copied or not, follows the log again if they did before.
import { rawText } from "../log/raw-line.ts";
import type { ActionContext } from "./action.ts";

const mostCopied = 64 << 20;

/** Begins to choose lines at the cursor. */
export function beginSelection({ view }: ActionContext): void {
  const { log } = view;
  if (log === undefined) return;
  view.selectionOrigin = { place: log.place, follow: view.ui.follow };
  log.beginRange(view.logHeight);
  view.set({ follow: false, pane: "log", isSelecting: true });
}

/** Chooses none any more; false where none were chosen. */
export function endSelection({ view }: ActionContext): boolean {
  const { log, selectionOrigin: origin } = view;
  if (!view.ui.isSelecting) return false;
  log?.endRange();
  if (origin?.follow === true) log?.goTo(origin.place);
  view.set({ isSelecting: false, ...(origin === undefined ? {} : { follow: origin.follow }) });
  view.selectionOrigin = undefined;
  return true;
}

/** Copies the chosen lines; false where none are chosen. */
export function copySelection(context: ActionContext): boolean {
  const { view, copy } = context;
  const range = view.log?.range(view.logHeight);
  const path = view.log?.reader.path;
  if (!view.ui.isSelecting || range === undefined || path === undefined) return false;
  if (range.bytes > mostCopied) {
    view.set({ notice: "These are more than 64 MB: take them from the log file itself." });
    return true;
  }
  const text = rawText(path, range.offset, range.bytes);
  endSelection(context);
  view.set({ notice: text === undefined ? `Cannot read ${path}.` : copy(text) });
  return true;
}
