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

/** Takes pasted text; false when there is no prompt. Its first line is all that a prompt can hold. */
export function pasteInPrompt(view: ViewState, pasted: string): boolean {
  const { overlay } = view.ui;
  if (overlay?.kind !== "prompt") return false;
  const [line = ""] = pasted.split(/\r\n|\r|\n/, 1);
  view.set({ overlay: { ...overlay, text: overlay.text + line.replace(/\p{Cc}/gu, "") } });
  return true;
}
