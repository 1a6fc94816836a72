// Invariant: exactly as many lines as the terminal has; what stands in them was made by pure
// functions from the model.
import { Text, useApp } from "ink";
import { useEffect, type ReactNode } from "react";
import { useKeys } from "../hooks/use-keys.ts";
import { screenRows } from "../present/screen.ts";
import { useConsoleModel, type ConsoleStore } from "../store.ts";
import type { HeldText } from "../terminal/held-text.ts";
import { paint, type Theme } from "../theme.ts";

/** Gives the terminal away while `during` lasts, and draws the whole screen again afterwards. */
export type Suspend = (during: () => Promise<void>) => Promise<void>;

/** The whole screen. */
export function ConsoleScreen(props: {
  readonly store: ConsoleStore;
  readonly theme: Theme;
  readonly held: HeldText;
  readonly onKey: (name: string) => void;
  readonly onPaste: (text: string) => void;
  /** Gets the way to give the terminal away for a while. */
  readonly onReady: (suspend: Suspend) => void;
}): ReactNode {
  const { store, theme, held, onKey, onPaste, onReady } = props;
  const model = useConsoleModel(store);
  const { suspendTerminal } = useApp();
  useKeys(onKey, onPaste);
  useEffect(() => {
    onReady(suspendTerminal);
  }, [onReady, suspendTerminal]);
  const lines = screenRows(model, theme).map((row) => held.hold(paint(row, theme)));
  return <Text>{lines.join("\n")}</Text>;
}
