// Invariant: draws exactly the cells a terminal shows: every run of one style is one text of known
// width, so that columns align in any monospace font.

/** A run of cells of one style. */
interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: Style;
}

interface Style {
  readonly colour: string;
  readonly background: string | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

const palette = [
  "#3b4252",
  "#e06c75",
  "#98c379",
  "#e5c07b",
  "#61afef",
  "#c678dd",
  "#56b6c2",
  "#d8dee9",
];
const foreground = "#d8dee9";
const background = "#1e222a";
const plain: Style = { colour: foreground, background: undefined, bold: false, dim: false };
const cell = { width: 8.4, height: 18 };
const margin = 14;

/** An SVG of a screen of `columns`, given as `tmux capture-pane -e` prints it. */
export function screenSvg(captured: string, columns: number): string {
  const rows = captured.replace(/\n$/, "").split("\n");
  let style = plain;
  const drawn = rows.flatMap((row, index) => {
    const [runs, last] = runsOf(row, style);
    style = last;
    return runs.map((run) => drawRun(run, index));
  });
  const width = columns * cell.width + 2 * margin;
  const height = rows.length * cell.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">`,
    `<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

function runsOf(row: string, first: Style): [Run[], Style] {
  const runs: Run[] = [];
  let style = first;
  let column = 0;
  for (const part of row.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith("\u001b")) {
      style = restyled(style, part.slice(2, -1).split(";").map(Number));
    } else if (part !== "") {
      runs.push({ column, text: part, style });
      column += Array.from(part).length;
    }
  }
  return [runs, style];
}

function restyled(from: Style, codes: readonly number[]): Style {
  let style = from;
  for (const code of codes) {
    if (code === 0) style = plain;
    else if (code === 1) style = { ...style, bold: true };
    else if (code === 2) style = { ...style, dim: true };
    else if (code === 22) style = { ...style, bold: false, dim: false };
    else if (code === 39) style = { ...style, colour: foreground };
    else if (code === 49) style = { ...style, background: undefined };
    else if (code >= 30 && code <= 37)
      style = { ...style, colour: palette[code - 30] ?? foreground };
    else if (code >= 90 && code <= 97)
      style = { ...style, colour: palette[code - 90] ?? foreground };
    else if (code >= 40 && code <= 47) style = { ...style, background: palette[code - 40] };
  }
  return style;
}

function drawRun({ column, text, style }: Run, row: number): string {
  const x = margin + column * cell.width;
  const y = margin + row * cell.height;
  const width = Array.from(text).length * cell.width;
  const filled =
    style.background === undefined
      ? ""
      : `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${cell.height}" fill="${style.background}"/>`;
  if (text.trim() === "") return filled;
  const weight = style.bold ? ' font-weight="bold"' : "";
  const opacity = style.dim ? ' opacity="0.6"' : "";
  return (
    filled +
    `<text x="${x.toFixed(1)}" y="${y + 13}" textLength="${width.toFixed(1)}" fill="${style.colour}"${weight}${opacity}>${escaped(text)}</text>`
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
