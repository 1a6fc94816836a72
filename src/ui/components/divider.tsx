// Invariant: one column wide, as tall as the panes that it stands between.
import { Box, Text } from "ink";
import { memo, type ReactNode } from "react";
import { paint, type Theme } from "../theme.ts";

/** The line between two panes. */
export const Divider = memo(function Divider(props: {
  readonly mark: string;
  readonly height: number;
  readonly theme: Theme;
}): ReactNode {
  const line = paint([{ text: props.mark, tone: "border" }], props.theme);
  return (
    <Box width={1} height={props.height} flexShrink={0}>
      <Text>{Array.from({ length: props.height }, () => line).join("\n")}</Text>
    </Box>
  );
});
