// Invariant: pure; what was typed becomes the names of keys that the keymap is written in.
import type { Key } from "ink";

const shown: Readonly<Record<string, string>> = {
  up: "Up",
  down: "Down",
  left: "Left",
  right: "Right",
  pgup: "PgUp",
  pgdn: "PgDn",
  home: "Home",
  end: "End",
  tab: "Tab",
  enter: "Enter",
  esc: "Esc",
  space: "Space",
};

/** The keys of one piece of input: several when they arrived together. */
export function keyNames(input: string, key: Key): readonly string[] {
  const special = specialName(key);
  if (special !== undefined) return [special];
  if (key.ctrl) return [`ctrl-${input}`];
  return Array.from(input, (character) => (character === " " ? "space" : character));
}

function specialName(key: Key): string | undefined {
  if (key.upArrow) return "up";
  if (key.downArrow) return "down";
  if (key.leftArrow) return "left";
  if (key.rightArrow) return "right";
  if (key.pageUp) return "pgup";
  if (key.pageDown) return "pgdn";
  if (key.home) return "home";
  if (key.end) return "end";
  if (key.tab) return "tab";
  if (key.return) return "enter";
  if (key.escape) return "esc";
  return undefined;
}

/** A key as it is written on screen: `^C`, `PgUp`, `j`. */
export function shownKey(name: string): string {
  if (name.startsWith("ctrl-")) return `^${name.slice("ctrl-".length).toUpperCase()}`;
  return shown[name] ?? name;
}
