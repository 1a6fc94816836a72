// Invariant: every key that is typed is given on by its name in the keymap, in the order typed; what
// is pasted is given on as one text and is never taken for keys.
import { useInput, usePaste } from "ink";
import { keyNames } from "../key-names.ts";

/** Reads keys and pastes (bracketed paste) while the component is on screen. */
export function useKeys(onKey: (name: string) => void, onPaste: (text: string) => void): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) onKey(name);
  });
  usePaste(onPaste);
}
