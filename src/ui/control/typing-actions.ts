// Invariant: what erases or leaves a typed text does the same wherever one is typed.
import type { TypingCommandId } from "../command-ids.ts";
import type { Overlay } from "../model.ts";
import type { Action } from "./action.ts";
import { typedText, withText } from "./prompt.ts";

export const typingActions: Readonly<Record<TypingCommandId, Action>> = {
  "take-help-filter": ({ view }) => {
    const { overlay } = view.ui;
    if (overlay?.kind === "help") view.set({ overlay: { ...overlay, typing: false } });
  },
  "leave-prompt": ({ view }) => {
    view.set({ overlay: left(view.ui.overlay) });
  },
  "erase-character": ({ view }) => {
    const { overlay } = view.ui;
    const text = typedText(overlay);
    if (overlay === undefined || text === undefined) return;
    const shorter = Array.from(text).slice(0, -1).join("");
    view.set({ overlay: text === "" ? left(overlay) : withText(overlay, shorter) });
  },
  "erase-text": ({ view }) => {
    const { overlay } = view.ui;
    if (overlay !== undefined) view.set({ overlay: withText(overlay, "") });
  },
};

/** What stands there when typing was given up. */
function left(overlay: Overlay | undefined): Overlay | undefined {
  return overlay?.kind === "help" ? { kind: "help", top: 0, text: "", typing: false } : undefined;
}
