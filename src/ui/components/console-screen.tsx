// Invariant: exactly as many lines as the terminal has; what stands in them was made by pure
// functions from the model.
import { Text } from "ink";
import type { ReactNode } from "react";
import { useKeys } from "../hooks/use-keys.ts";
import { screenRows } from "../present/screen.ts";
import { useConsoleModel, type ConsoleStore } from "../store.ts";
import type { HeldText } from "../terminal/held-text.ts";
import { paint, type Theme } from "../theme.ts";

/** The whole screen. */
export function ConsoleScreen(props: {
  readonly store: ConsoleStore;
  readonly theme: Theme;
  readonly held: HeldText;
  readonly onKey: (name: string) => void;
}): ReactNode {
  const { store, theme, held, onKey } = props;
  const model = useConsoleModel(store);
  useKeys(onKey);
  const lines = screenRows(model, theme).map((row) => held.hold(paint(row, theme)));
  return <Text>{lines.join("\n")}</Text>;
}
