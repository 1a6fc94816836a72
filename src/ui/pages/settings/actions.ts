// Invariant: every command of the settings page has exactly one effect, written here.
import type { SettingsCommandId } from "../../command-ids.ts";
import type { Action, ActionContext } from "../../control/action.ts";
import { keymapOf } from "../../keymap.ts";
import { withKeys } from "../../present/hints.ts";
import { editorCommand } from "../../terminal/lend.ts";
import type { SettingsPage } from "./page.ts";

/** An action on the page; the sentence that it returns is shown. */
function on(act: (page: SettingsPage) => string | undefined): Action {
  return ({ view }) => {
    const said = act(view.pages.settings);
    if (said !== undefined) tell(view, said);
  };
}

/** A sentence of the page, with the keys that hold now. */
function tell(view: ActionContext["view"], said: string): void {
  view.set({ notice: withKeys(said, "settings", keymapOf(view.model())) });
}

function does(act: (page: SettingsPage) => void): Action {
  return ({ view }) => {
    act(view.pages.settings);
  };
}

export const settingsActions: Readonly<Record<SettingsCommandId, Action>> = {
  "settings-change": on((page) => page.change()),
  "settings-find": does((page) => {
    page.find();
  }),
  "settings-review": does((page) => {
    page.review();
  }),
  "settings-undo": on((page) => page.undo()),
  "settings-default": on((page) => page.toDefault()),
  "settings-create": on((page) => page.create()),
  "settings-open": (context) => {
    void openEditor(context);
  },
  "settings-add": on((page) => page.addProject()),
  "settings-reload": on((page) => page.reload()),
  "settings-take": on((page) => page.take()),
  "settings-cancel": does((page) => {
    page.cancel();
  }),
  "settings-erase": does((page) => {
    page.edit("erase");
  }),
  "settings-erase-word": does((page) => {
    page.edit("erase-word");
  }),
  "settings-erase-all": does((page) => {
    page.edit("erase-all");
  }),
  "settings-left": does((page) => {
    page.edit("left");
  }),
  "settings-right": does((page) => {
    page.edit("right");
  }),
  "settings-start": does((page) => {
    page.edit("start");
  }),
  "settings-end": does((page) => {
    page.edit("end");
  }),
  "settings-turn": does((page) => {
    page.turn();
  }),
  "settings-up": does((page) => {
    page.step(-1);
  }),
  "settings-down": does((page) => {
    page.step(1);
  }),
  "settings-page-up": does((page) => {
    page.turnPage(-1);
  }),
  "settings-page-down": does((page) => {
    page.turnPage(1);
  }),
  "settings-move-up": does((page) => {
    page.moveItem(-1);
  }),
  "settings-move-down": does((page) => {
    page.moveItem(1);
  }),
  "settings-add-item": does((page) => {
    page.addItem();
  }),
  "settings-remove-item": does((page) => {
    page.removeItem();
  }),
  "settings-write": ({ view, leave }) => {
    const { said, leaves } = view.pages.settings.write();
    tell(view, said);
    if (leaves) leave("quit");
  },
  "settings-drop": ({ view, leave }) => {
    view.pages.settings.drop();
    leave("quit");
  },
};

async function openEditor({ view, env, lend, shown }: ActionContext): Promise<void> {
  const page = view.pages.settings;
  const place = page.placeToEdit();
  if (typeof place === "string") {
    tell(view, place);
    return;
  }
  const argv = editorCommand(env, place.file, Math.max(1, place.line));
  const failed = await lend({ argv, cwd: place.root, env });
  page.enter();
  if (failed !== undefined) view.set({ notice: failed });
  shown();
}
