// Invariant: pure; the outcome is a table without conflicts, whatever a person wrote: what cannot be
// is left out and told.
import type { UserKeys } from "../engine/settings/user-config.ts";
import { isKeyName, shownKey } from "./key-names.ts";
import { commands, keyConflicts } from "./keymap.ts";
import type { Command } from "./model.ts";
import type { View } from "./views.ts";

/** The table with a person's own keys in it. */
export interface UserKeymap {
  readonly table: readonly Command[];
  /** A sentence for each wish that could not be met, with file and line. */
  readonly complaints: readonly string[];
}

/** Without these nobody would get out. */
const neededViews: readonly View[] = ["stop", "help", "prompt", "palette", "help-filter"];
const neededIds: readonly string[] = ["interrupt", "detach", "help"];

/** Puts a person's keys in the place of the table's own. */
export function applyKeymap(wishes: readonly UserKeys[], file: string): UserKeymap {
  const complaints: string[] = [];
  let kept = wishes.filter((wish) => {
    const fault = faultOf(wish);
    if (fault !== undefined) complaints.push(`${file}:${wish.line}: ${fault}`);
    return fault === undefined;
  });
  for (;;) {
    const table = kept.reduce(withKeys, commands);
    const [conflict] = keyConflicts(table);
    if (conflict === undefined) return { table, complaints };
    const { key, view, ids } = conflict;
    const culprit = kept.findLast(
      (wish) => wish.keys.includes(key) && ids.some((id) => partsOf(wish).id === id),
    );
    // The table itself has no conflict, so there is always a wish to blame.
    if (culprit === undefined) return { table: commands, complaints };
    kept = kept.filter((wish) => wish !== culprit);
    const other = ids.find((id) => id !== partsOf(culprit).id) ?? partsOf(culprit).id;
    complaints.push(
      `${file}:${culprit.line}: ${shownKey(key)} is the key of ${other} in ${view} too; ` +
        `${culprit.command} keeps its own until one of them gets another key.`,
    );
  }
}

function partsOf({ command }: UserKeys): {
  readonly view: string | undefined;
  readonly id: string;
} {
  const dot = command.indexOf(".");
  return dot === -1
    ? { view: undefined, id: command }
    : { view: command.slice(0, dot), id: command.slice(dot + 1) };
}

function targets(wish: UserKeys, table: readonly Command[]): readonly Command[] {
  const { view, id } = partsOf(wish);
  return table.filter(
    (command) =>
      command.id === id && (view === undefined || command.views.some((one) => one === view)),
  );
}

function withKeys(table: readonly Command[], wish: UserKeys): readonly Command[] {
  const { view } = partsOf(wish);
  const chosen = new Set(targets(wish, table));
  return table.flatMap((command): readonly Command[] => {
    if (!chosen.has(command)) return [command];
    const there = command.views.filter((one) => view === undefined || one === view);
    const elsewhere = command.views.filter((one) => !there.includes(one));
    const changed = { ...command, keys: wish.keys, views: there };
    return elsewhere.length === 0 ? [changed] : [changed, { ...command, views: elsewhere }];
  });
}

/** Why a wish cannot be met, whatever the others are. */
function faultOf(wish: UserKeys): string | undefined {
  const { view, id } = partsOf(wish);
  const chosen = targets(wish, commands);
  if (chosen.length === 0) {
    return commands.some((command) => command.id === id)
      ? `there is no ${id} in ${view ?? ""}; it is in ${viewsOf(id).join(", ")}.`
      : `there is no command ${id}; docs/keys.md lists them all.`;
  }
  const unknown = wish.keys.find((key) => !isKeyName(key));
  if (unknown !== undefined) {
    return `${JSON.stringify(unknown)} is no key; keys are a character, ctrl-r, or a name like pgup or esc.`;
  }
  const views = chosen
    .flatMap((command) => command.views)
    .filter((one) => view === undefined || one === view);
  const typing = views.find(isTyping);
  const character = wish.keys.find((key) => Array.from(key).length === 1 || key === "space");
  if (typing !== undefined && character !== undefined) {
    return `${character} can be part of what is typed in ${typing}; give ${id} a key that is no character.`;
  }
  const isNeeded = neededIds.includes(id) || views.some((one) => neededViews.includes(one));
  if (isNeeded && wish.keys.length === 0) return `${id} needs a key, or nobody could leave.`;
  return undefined;
}

function viewsOf(id: string): readonly View[] {
  return commands.flatMap((command) => (command.id === id ? command.views : []));
}

/** Texts are typed there: none of its own keys is a character. */
function isTyping(view: View): boolean {
  return commands
    .filter(({ views }) => views.includes(view))
    .every(({ keys }) => keys.every((key) => Array.from(key).length > 1));
}
