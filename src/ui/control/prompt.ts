// Invariant: what is typed or pasted stands there as one line, and nothing else reads it.
import type { Overlay } from "../model.ts";
import type { ViewState } from "./view-state.ts";

/** The text that is typed now; undefined while none is. */
export function typedText(overlay: Overlay | undefined): string | undefined {
  switch (overlay?.kind) {
    case "prompt":
    case "palette":
      return overlay.text;
    case "help":
      return overlay.typing ? overlay.text : undefined;
    case "stop":
    case undefined:
      return undefined;
  }
}

/** The overlay with another text, at the start of what the text leaves over. */
export function withText(overlay: Overlay, text: string): Overlay {
  switch (overlay.kind) {
    case "prompt":
      return { ...overlay, text };
    case "palette":
      return { ...overlay, text, selected: 0 };
    case "help":
      return { ...overlay, text, top: 0 };
    case "stop":
      return overlay;
  }
}

/** Takes a key that is no command as a character; false when nothing is typed. */
export function typeInPrompt(view: ViewState, name: string): boolean {
  const typed = name === "space" ? " " : Array.from(name).length === 1 ? name : "";
  return add(view, typed);
}

/** Takes the first line of what was pasted; false when nothing is typed. */
export function pasteInPrompt(view: ViewState, text: string): boolean {
  const [line = ""] = text.split(/\r\n|[\r\n]/);
  return add(view, line.replace(/\p{Cc}/gu, ""));
}

function add(view: ViewState, more: string): boolean {
  const { overlay } = view.ui;
  const text = typedText(overlay);
  if (overlay === undefined || text === undefined) return false;
  view.set({ overlay: withText(overlay, text + more) });
  return true;
}
