// Invariant: what is typed in the prompt stands there as typed, and nothing else reads it.
import type { ViewState } from "./view-state.ts";

/** Takes a key that is no command as a character; false when there is no prompt. */
export function typeInPrompt(view: ViewState, name: string): boolean {
  const { overlay } = view.ui;
  if (overlay?.kind !== "prompt") return false;
  const typed = name === "space" ? " " : Array.from(name).length === 1 ? name : "";
  view.set({ overlay: { ...overlay, text: overlay.text + typed } });
  return true;
}
