// Invariant: pure; the question that Ctrl-C asks, in the middle of the space it gets.
import type { ConsoleModel, StopChoice } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, inverted, rowWidth, tall, type Row } from "./cells.ts";

export const stopChoices: readonly StopChoice[] = ["stop", "detach", "cancel"];

const explained: Readonly<Record<StopChoice, string>> = {
  stop: "End every process of the build.",
  detach: "Leave the console; the build goes on.",
  cancel: "Go back; nothing changes.",
};

/** The dialog in a space of `width` times `height` cells. */
export function stopDialog(
  choice: StopChoice,
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const inner = Math.max(10, Math.min(44, width < 34 ? width - 4 : width - 6));
  const running = model.build?.stages.find(({ state }) => state === "running")?.name;
  const question = running === undefined ? "Stop the build?" : `Stop the build (${running} runs)?`;
  const content: readonly Row[] = [
    [cell(question, "strong")],
    [],
    stopChoices.flatMap((each, index) => [
      ...(index === 0 ? [] : [cell(" ")]),
      ...button(each, each === choice, inner >= 24),
    ]),
    [],
    [cell(explained[choice], "dim")],
    [cell("Ctrl-C again stops.", "dim")],
  ];
  const isTight = height < content.length + 2;
  const tight = content.filter((row) => row.length > 0).slice(0, Math.max(2, height - 2));
  const box = frame(isTight ? tight : content, inner, theme);
  const left = Math.max(0, Math.floor((width - inner - 4) / 2));
  const above = Math.max(0, Math.floor((height - box.length) / 2));
  const indented = box.map((row): Row => [cell(" ".repeat(left)), ...row]);
  return tall([...Array.from({ length: above }, (): Row => []), ...indented], height);
}

function button(choice: StopChoice, isChosen: boolean, hasRoom: boolean): Row {
  const other = hasRoom ? ` ${choice} ` : choice;
  const text: Row = [cell(isChosen ? `[${choice}]` : other, isChosen ? "strong" : "plain")];
  return isChosen ? inverted(text) : text;
}

function frame(content: readonly Row[], inner: number, theme: Theme): readonly Row[] {
  const { corners, horizontal, vertical, ellipsis } = theme.marks;
  const line = horizontal.repeat(inner + 2);
  const side = cell(vertical, "border");
  return [
    [cell(`${corners[0]}${line}${corners[1]}`, "border")],
    ...content.map((row): Row => {
      const fitted = fit(row, inner, ellipsis);
      return [side, cell(" "), ...fitted, cell(" ".repeat(inner - rowWidth(fitted) + 1)), side];
    }),
    [cell(`${corners[2]}${line}${corners[3]}`, "border")],
  ];
}
