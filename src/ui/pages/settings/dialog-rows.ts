// Invariant: pure; a list shows its entry at the cursor, whatever the room.
import { cell, fit, inverted, shorten, type Row } from "../../present/cells.ts";
import { beyond, withMoreMarks } from "../../present/more-marks.ts";
import type { Theme } from "../../theme.ts";
import type { SettingsView } from "./view.ts";
import { wrapped } from "./wrapped.ts";

/** The ordered list, the first entry first. */
export function listRows(
  list: NonNullable<SettingsView["list"]>,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const { label, items, at, reason } = list;
  const { marks } = theme;
  const nameWidth = Math.min(
    Math.max(8, ...items.map(({ name }) => name.length)),
    Math.max(8, Math.floor(width * 0.4)),
  );
  const head: readonly Row[] = [
    [cell(` ${label}`, "strong"), cell("  the first wins", "dim")],
    ...(reason === undefined
      ? []
      : wrapped(`${marks.problem} ${reason}`, width - 2).map((line): Row => [
          cell(` ${line}`, "failed"),
        ])),
  ];
  const room = Math.max(1, height - head.length);
  const from = Math.max(0, Math.min(at - room + 1, items.length - room));
  const rows = items.map(({ name, holds, isMissing }, index): Row => {
    const row = fit(
      [
        cell(index === at ? marks.cursor : " ", "accent"),
        cell(`${String(index + 1).padStart(3)}. `, "dim"),
        cell(
          shorten(name, nameWidth, marks.ellipsis).padEnd(nameWidth),
          isMissing ? "notice" : "plain",
        ),
        cell(`  ${isMissing ? "missing: " : ""}${holds}`, isMissing ? "notice" : "dim"),
      ],
      width,
      marks.ellipsis,
    );
    return index === at ? inverted(row) : row;
  });
  const empty: readonly Row[] = [[cell("  The list is empty; a adds a name.", "dim")]];
  const shown = rows.slice(from, from + room);
  const marked = withMoreMarks(shown, beyond(from, shown.length, rows.length), width, theme);
  return [...head, ...(items.length === 0 ? empty : marked)];
}

/** The question before the console is left with changes that are not written. */
export function leaveRows({ changes }: SettingsView, width: number): readonly Row[] {
  const what = changes === 1 ? "One file has changes" : `${changes} files have changes`;
  const text = `${what} that are not written. w writes them and leaves, x drops them and leaves, Esc stays.`;
  return [[], ...wrapped(text, width - 4).map((line): Row => [cell(`  ${line}`, "strong")])];
}
