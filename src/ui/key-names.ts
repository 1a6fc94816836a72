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
  backspace: "Backspace",
  space: "Space",
};

/** The keys of one piece of input: several when they arrived together. */
export function keyNames(input: string, key: Key): readonly string[] {
  const special = specialName(key);
  if (special !== undefined) return [special];
  if (key.ctrl) return [`ctrl-${input}`];
  // Esc and a key right after it look like one key with Alt, which no command uses.
  if (key.meta) return ["esc", ...Array.from(input).flatMap((each) => nameOf(each) ?? [])];
  return Array.from(input).flatMap((character) => nameOf(character) ?? []);
}

/** Keys that stand as control characters among others that arrived with them. */
const controls: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\b": "backspace",
  "\u007f": "backspace",
  "\u001b": "esc",
  " ": "space",
};

function nameOf(character: string): string | undefined {
  const named = controls[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCodePoint(code + 0x60)}`;
  return /\p{Cc}/u.test(character) ? undefined : character;
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
  // Which of the two a terminal sends for the same key differs.
  if (key.backspace || key.delete) return "backspace";
  return undefined;
}

/** Whether a terminal can send a key of this name, and it is told apart from all others. */
export function isKeyName(name: string): boolean {
  if (Object.hasOwn(shown, name)) return true;
  // Ctrl-H, I, J, M and [ are other names for Backspace, Tab, Enter and Esc.
  if (/^ctrl-[a-gk-ln-z]$/.test(name)) return true;
  return Array.from(name).length === 1 && name !== " " && !/\p{Cc}/u.test(name);
}

/** A key as it is written on screen: `^C`, `PgUp`, `j`. */
export function shownKey(name: string): string {
  if (name.startsWith("ctrl-")) return `^${name.slice("ctrl-".length).toUpperCase()}`;
  return shown[name] ?? name;
}

/** Two keys, as they are written on screen, to be pressed one after the other. */
export function keysInTurn(first: string, second: string): string {
  return `${first}, then ${second}`;
}
