// Invariant: every key that is typed is given on by its name in the keymap, in the order typed.
import { useInput } from "ink";
import { keyNames } from "../key-names.ts";

/** Reads keys while the component is on screen. */
export function useKeys(onKey: (name: string) => void): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) onKey(name);
  });
}
