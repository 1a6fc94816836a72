// Invariant: exactly as tall as the terminal; knows bands and panes, not what stands in them.
import { Box } from "ink";
import { Fragment, type ReactNode } from "react";
import { useKeys } from "../hooks/use-keys.ts";
import { screenOf, type Band } from "../present/screen.ts";
import { useConsoleModel, type ConsoleStore } from "../store.ts";
import type { HeldText } from "../terminal/held-text.ts";
import type { Theme } from "../theme.ts";
import { Divider } from "./divider.tsx";
import { PaneText } from "./pane-text.tsx";

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
  const { bands, divider } = screenOf(model, theme);
  return (
    <Box flexDirection="column" width={model.size.columns} height={model.size.rows}>
      {bands.map((band, index) => (
        <BandRow key={index} band={band} divider={divider} theme={theme} held={held} />
      ))}
    </Box>
  );
}

function BandRow(props: {
  readonly band: Band;
  readonly divider: string;
  readonly theme: Theme;
  readonly held: HeldText;
}): ReactNode {
  const { band, divider, theme, held } = props;
  return (
    <Box flexShrink={0}>
      {band.map((pane, index) => (
        <Fragment key={index}>
          {index > 0 && <Divider mark={divider} height={pane.height} theme={theme} />}
          <PaneText pane={pane} theme={theme} held={held} />
        </Fragment>
      ))}
    </Box>
  );
}
