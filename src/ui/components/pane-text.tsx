// Invariant: draws rows that were made elsewhere; one text a pane, drawn anew only when it changed.
import { Box, Text } from "ink";
import { memo, type ReactNode } from "react";
import type { Pane } from "../present/screen.ts";
import type { HeldText } from "../terminal/held-text.ts";
import { paint, type Theme } from "../theme.ts";

const Block = memo(function Block(props: {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  return (
    <Box width={props.width} height={props.height} flexShrink={0} overflow="hidden">
      <Text wrap="truncate-end">{props.text}</Text>
    </Box>
  );
});

/** A pane of the screen. */
export function PaneText(props: {
  readonly pane: Pane;
  readonly theme: Theme;
  readonly held: HeldText;
}): ReactNode {
  const { pane, theme, held } = props;
  const painted = pane.rows.map((row) => paint(row, theme));
  const lines = pane.isLog === true ? painted.map((line) => held.hold(line)) : painted;
  return <Block text={lines.join("\n")} width={pane.width} height={pane.height} />;
}
