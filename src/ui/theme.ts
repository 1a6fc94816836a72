// Invariant: the only place that knows colours and glyphs; everything else speaks of tones. No text
// it makes moves the cursor, and with colour off it sets attributes (bold, dim, inverse) only.
import spinners from "cli-spinners";
import type { RunState } from "../engine/journal/events.ts";
import type { LogColour, LogStyle } from "../engine/logs/style.ts";
import { isAsciiLocale } from "../engine/settings/locale.ts";
import { asciiText } from "./ascii.ts";
import type { Cell, Row, Tone } from "./present/cells.ts";

interface Look {
  /** SGR parameters with the 16 colours of the terminal. */
  readonly colour: string;
  /** SGR parameters without colour. */
  readonly plain: string;
}

const looks: Readonly<Record<Tone, Look>> = {
  plain: { colour: "", plain: "" },
  dim: { colour: "2", plain: "2" },
  strong: { colour: "1", plain: "1" },
  accent: { colour: "36", plain: "1" },
  border: { colour: "2", plain: "2" },
  key: { colour: "36", plain: "1" },
  notice: { colour: "33", plain: "1" },
  pending: { colour: "2", plain: "2" },
  running: { colour: "36;1", plain: "1" },
  succeeded: { colour: "32", plain: "" },
  failed: { colour: "31;1", plain: "1" },
  skipped: { colour: "2", plain: "2" },
  interrupted: { colour: "33", plain: "1" },
  "log-cause": { colour: "31;1", plain: "1" },
  "log-follow-on": { colour: "2", plain: "2" },
  hit: { colour: "30;43", plain: "7" },
  "log-failure": { colour: "31", plain: "" },
  "log-warning": { colour: "33", plain: "" },
  "log-consequence": { colour: "31", plain: "" },
};

/** Signs, in the character set of the terminal. */
export interface Marks {
  readonly state: Readonly<Record<RunState, string>>;
  readonly spinner: readonly string[];
  readonly vertical: string;
  readonly horizontal: string;
  /** Where the line under the header meets the one between the panes, and at its other end. */
  readonly teeDown: string;
  readonly teeUp: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly cursor: string;
  readonly problem: string;
  readonly logFailure: string;
  readonly logWarning: string;
  /** Of the scroll bar: the part on screen, and the rest. */
  readonly thumb: string;
  readonly track: string;
  readonly hit: string;
  /** A list goes on beyond the rows on screen. */
  readonly above: string;
  readonly below: string;
  readonly corners: readonly [string, string, string, string];
}

const unicodeMarks: Marks = {
  state: {
    pending: "·",
    running: "●",
    succeeded: "✓",
    failed: "✗",
    skipped: "-",
    interrupted: "!",
  },
  spinner: spinners.dots.frames,
  vertical: "│",
  horizontal: "─",
  teeDown: "┬",
  teeUp: "┴",
  ellipsis: "…",
  dot: "·",
  cursor: "›",
  problem: "✗",
  logFailure: "✗",
  logWarning: "!",
  thumb: "┃",
  track: "│",
  hit: "•",
  above: "▲",
  below: "▼",
  corners: ["┌", "┐", "└", "┘"],
};

const asciiMarks: Marks = {
  state: {
    pending: ".",
    running: "*",
    succeeded: "+",
    failed: "x",
    skipped: "-",
    interrupted: "!",
  },
  spinner: spinners.line.frames,
  vertical: "|",
  horizontal: "-",
  teeDown: "+",
  teeUp: "+",
  ellipsis: "~",
  dot: "-",
  cursor: ">",
  problem: "x",
  logFailure: "x",
  logWarning: "!",
  thumb: "#",
  track: "|",
  hit: "o",
  above: "^",
  below: "v",
  corners: ["+", "+", "+", "+"],
};

/** How the screens look in one terminal. */
export interface Theme {
  readonly colour: boolean;
  readonly ascii: boolean;
  readonly marks: Marks;
  /** File names carry their addresses (OSC 8). */
  readonly links: boolean;
}

/** The theme for an environment: NO_COLOR, TERM=dumb and a locale without UTF-8 are obeyed. */
export function themeFor(env: NodeJS.ProcessEnv, ascii = false, links = false): Theme {
  const isAscii = ascii || isAsciiLocale(env);
  return {
    colour: !env["NO_COLOR"],
    ascii: isAscii,
    marks: isAscii ? asciiMarks : unicodeMarks,
    links,
  };
}

/** The text of a row with its colours, ready for the terminal. */
export function paint(row: Row, theme: Theme): string {
  let painted = "";
  let open = "";
  let address = "";
  for (const cell of row) {
    if (cell.text === "") continue;
    const link = theme.links ? (cell.link ?? "") : "";
    if (link !== address) painted += linkTo(link);
    address = link;
    const wanted = parameters(cell, theme);
    if (wanted !== open) {
      if (open !== "") painted += "\x1b[0m";
      if (wanted !== "") painted += `\x1b[${wanted}m`;
      open = wanted;
    }
    // Names and messages of others, too: the marks of a theme are ASCII anyway.
    painted += theme.ascii ? asciiText(cell.text) : cell.text;
  }
  if (address !== "") painted += linkTo("");
  return open === "" ? painted : `${painted}\x1b[0m`;
}

/** Begins a link, or ends one with an empty address. Addresses are percent-encoded: ASCII only. */
function linkTo(address: string): string {
  return `\x1b]8;;${address}\x1b\\`;
}

function parameters(cell: Cell, theme: Theme): string {
  if (cell.inverse === true) return theme.colour ? selected(cell.tone) : "7";
  const look = looks[cell.tone];
  const parts = theme.colour ? look.colour : look.plain;
  if (cell.style === undefined) return parts;
  const style = styleParameters(cell.style, theme.colour);
  return parts === "" || style === "" ? parts + style : `${parts};${style}`;
}

/** White on blue from end to end, whatever it is elsewhere: other colours are hard to read there. */
function selected(tone: Tone): string {
  return looks[tone].plain === "1" ? "1;37;44" : "37;44";
}

/** The SGR parameters of text that a build coloured itself. */
function styleParameters(style: LogStyle, colour: boolean): string {
  const parts: string[] = [];
  if (style.bold) parts.push("1");
  if (style.dim || style.mark) parts.push("2");
  if (style.italic) parts.push("3");
  if (style.underline) parts.push("4");
  if (style.inverse) parts.push("7");
  if (colour && style.foreground !== undefined) parts.push(colourParameters(style.foreground, 30));
  if (colour && style.background !== undefined) parts.push(colourParameters(style.background, 40));
  return parts.join(";");
}

function colourParameters(colour: LogColour, base: 30 | 40): string {
  if (typeof colour === "string") {
    const value = Number.parseInt(colour.slice(1), 16);
    return `${base + 8};2;${value >> 16};${(value >> 8) & 255};${value & 255}`;
  }
  if (colour < 8) return String(base + colour);
  return colour < 16 ? String(base + 52 + colour) : `${base + 8};5;${colour}`;
}
