// Invariant: the part of the table of keys that is about the settings page; see keymap.ts.
import type { Command, ConsoleModel } from "../../model.ts";
import type { SettingsKeys, SettingsView } from "./view.ts";

const fixed = (text: string) => (): string => text;

/** The page, when it is what is on screen. */
function pageOf({ page }: ConsoleModel): SettingsView | undefined {
  return page?.kind === "settings" ? page : undefined;
}

function noChange(model: ConsoleModel): string | undefined {
  return pageOf(model)?.changes === 0 ? "there is no change to write" : undefined;
}

function noUndo(model: ConsoleModel): string | undefined {
  return pageOf(model)?.canUndo === false ? "there is no change to take back" : undefined;
}

function noUnset(model: ConsoleModel): string | undefined {
  return pageOf(model)?.detail?.canUnset === false ? "nothing sets it that could go" : undefined;
}

function noSuggestion(model: ConsoleModel): string | undefined {
  const edit = pageOf(model)?.edit;
  const isAny = edit?.halves !== undefined || (edit?.suggestions.length ?? 0) > 0;
  return isAny ? undefined : "there is nothing to choose from";
}

function noProjects(model: ConsoleModel): string | undefined {
  return pageOf(model)?.layout === "classic"
    ? "this tree has no list of projects; Enter on OVERLAYS adds overlays"
    : undefined;
}

function takeLabel(model: ConsoleModel): string {
  return pageOf(model)?.keys === "settings-filter" ? "keep" : "take it";
}

const typing: readonly SettingsKeys[] = ["settings-edit", "settings-filter"];
const choosing: readonly SettingsKeys[] = ["settings-choice", "settings-list"];

const browseKeys: readonly Command[] = [
  {
    id: "settings-change",
    keys: ["enter"],
    label: fixed("change"),
    description: "Change the setting: a switch toggles, a choice and a list open, a text is typed.",
    views: ["settings"],
    bar: 1,
  },
  {
    id: "settings-review",
    keys: ["w"],
    label: fixed("write"),
    description: "Show what would be written, line by line; a second time writes it.",
    views: ["settings"],
    bar: 1,
    disabled: noChange,
  },
  {
    id: "settings-find",
    keys: ["/"],
    label: fixed("find"),
    description: "Show only settings with these words in name, value, heading or help.",
    views: ["settings"],
    bar: 1,
  },
  {
    id: "settings-default",
    keys: ["x"],
    label: fixed("default"),
    description: "Take away what sets the setting, so that its default holds; remove the project.",
    views: ["settings"],
    bar: 3,
    disabled: noUnset,
  },
  {
    id: "settings-undo",
    keys: ["u"],
    label: fixed("undo"),
    description: "Take back the last change; without one, the last write.",
    views: ["settings"],
    bar: 1,
    disabled: noUndo,
  },
  {
    id: "settings-open",
    keys: ["o"],
    label: fixed("editor"),
    description: "Open the file in your editor, at the line where the setting stands.",
    views: ["settings"],
    bar: 4,
  },
  {
    id: "settings-create",
    keys: ["C"],
    label: fixed("create"),
    description: "Make configure.local (modern trees: configure-build) from the example.",
    views: ["settings"],
  },
  {
    id: "settings-add",
    keys: ["a"],
    label: fixed("add project"),
    description: "Add a project to configure-projects.",
    views: ["settings"],
    disabled: noProjects,
  },
  {
    id: "settings-reload",
    keys: ["R"],
    label: fixed("read again"),
    description: "Read all files again; changes that are not written are made anew in them.",
    views: ["settings"],
  },
];

const typingKeys: readonly Command[] = [
  {
    id: "settings-take",
    keys: ["enter"],
    label: takeLabel,
    description: "Take what was typed.",
    views: typing,
    bar: 1,
  },
  {
    id: "settings-cancel",
    keys: ["esc", "ctrl-c"],
    label: fixed("leave it"),
    description: "Leave the setting as it was; end the search.",
    views: [...typing, ...choosing],
    bar: 2,
  },
  {
    id: "settings-turn",
    keys: ["tab"],
    label: fixed("next"),
    description: "The next suggestion; of a project, the other half.",
    views: ["settings-edit"],
    bar: 4,
    disabled: noSuggestion,
  },
  {
    id: "settings-up",
    keys: ["up"],
    label: fixed("previous"),
    description: "Previous suggestion, or previous setting that was found.",
    views: typing,
  },
  {
    id: "settings-down",
    keys: ["down"],
    label: fixed("suggestions"),
    description: "Next suggestion, or next setting that was found.",
    views: typing,
  },
  {
    id: "settings-erase",
    keys: ["backspace"],
    label: fixed("erase"),
    description: "Erase the character before the cursor.",
    views: typing,
  },
  {
    id: "settings-erase-word",
    keys: ["ctrl-w"],
    label: fixed("erase word"),
    description: "Erase the word before the cursor.",
    views: typing,
  },
  {
    id: "settings-erase-all",
    keys: ["ctrl-u"],
    label: fixed("erase all"),
    description: "Erase the whole text.",
    views: typing,
    bar: 3,
  },
  {
    id: "settings-left",
    keys: ["left"],
    label: fixed("left"),
    description: "One character to the left.",
    views: typing,
  },
  {
    id: "settings-right",
    keys: ["right"],
    label: fixed("right"),
    description: "One character to the right.",
    views: typing,
  },
  {
    id: "settings-start",
    keys: ["home", "ctrl-a"],
    label: fixed("start"),
    description: "To the start of the text.",
    views: typing,
  },
  {
    id: "settings-end",
    keys: ["end", "ctrl-e"],
    label: fixed("end"),
    description: "To the end of the text.",
    views: typing,
  },
];

const dialogKeys: readonly Command[] = [
  {
    id: "settings-take",
    keys: ["enter"],
    label: fixed("take it"),
    description: "Take what is chosen, or the list as it stands.",
    views: choosing,
    bar: 1,
  },
  {
    id: "settings-up",
    keys: ["k", "up"],
    label: fixed("up"),
    description: "One up.",
    views: [...choosing, "settings-diff"],
  },
  {
    id: "settings-down",
    keys: ["j", "down"],
    label: fixed("down"),
    description: "One down.",
    views: [...choosing, "settings-diff"],
  },
  {
    id: "settings-move-up",
    keys: ["K", "-"],
    label: fixed("earlier"),
    description: "Move the entry up: earlier ones win.",
    views: ["settings-list"],
    bar: 4,
  },
  {
    id: "settings-move-down",
    keys: ["J", "+"],
    label: fixed("later"),
    description: "Move the entry down.",
    views: ["settings-list"],
    bar: 4,
  },
  {
    id: "settings-add-item",
    keys: ["a"],
    label: fixed("add"),
    description: "Add an entry above the selected one.",
    views: ["settings-list"],
    bar: 3,
  },
  {
    id: "settings-remove-item",
    keys: ["x"],
    label: fixed("remove"),
    description: "Remove the entry from the list.",
    views: ["settings-list"],
    bar: 3,
  },
  {
    id: "settings-page-up",
    keys: ["pgup", "ctrl-u"],
    label: fixed("page up"),
    description: "One page up.",
    views: ["settings-diff"],
  },
  {
    id: "settings-page-down",
    keys: ["pgdn", "ctrl-d", "space"],
    label: fixed("page down"),
    description: "One page down.",
    views: ["settings-diff"],
    bar: 3,
  },
  {
    id: "settings-write",
    keys: ["enter", "w", "y"],
    label: fixed("write it"),
    description: "Write what is shown.",
    views: ["settings-diff"],
    bar: 1,
  },
  {
    id: "settings-cancel",
    keys: ["esc", "q", "n", "ctrl-c"],
    label: fixed("not yet"),
    description: "Back to the form; nothing is written.",
    views: ["settings-diff"],
    bar: 2,
  },
  {
    id: "settings-write",
    keys: ["w", "y"],
    label: fixed("write and leave"),
    description: "Write the changes, then leave the console.",
    views: ["settings-leave"],
    bar: 1,
  },
  {
    id: "settings-drop",
    keys: ["x", "n", "ctrl-c"],
    label: fixed("drop them"),
    description: "Leave the console; the files stay as they are.",
    views: ["settings-leave"],
    bar: 2,
  },
  {
    id: "settings-cancel",
    keys: ["esc", "c"],
    label: fixed("stay"),
    description: "Back to the form; the changes wait.",
    views: ["settings-leave"],
    bar: 3,
  },
];

export const settingsCommands: readonly Command[] = [...browseKeys, ...typingKeys, ...dialogKeys];
