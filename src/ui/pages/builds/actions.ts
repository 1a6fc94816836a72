// Invariant: every command of the builds page has exactly one effect, written here.
import type { Action } from "../../control/actions.ts";
import type { BuildsCommandId } from "./keys.ts";

export const buildsActions: Readonly<Record<BuildsCommandId, Action>> = {
  "newest-build": ({ view }) => {
    view.openNewest();
    view.poll();
  },
};
