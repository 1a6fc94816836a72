// Invariant: every command of the manifest page has exactly one effect, written here.
import { join } from "node:path";
import type { ManifestCommandId } from "../../command-ids.ts";
import type { Action, ActionContext } from "../../control/action.ts";
import type { ViewState } from "../../control/view-state.ts";
import { parseImageEntry } from "../../../engine/logs/image-entry.ts";
import { selectedProblem } from "../../present/problems.ts";
import { editorCommand } from "../../terminal/lend.ts";
import type { ManifestPage } from "./page.ts";

const on =
  (act: (page: ManifestPage) => void): Action =>
  ({ view }) => {
    act(view.pages.manifest);
  };

export const manifestActions: Readonly<Record<ManifestCommandId, Action>> = {
  "manifest-open": on((page) => {
    page.open();
  }),
  "manifest-close": on((page) => {
    page.closeFolder();
  }),
  "manifest-all": on((page) => {
    page.toggleAll();
  }),
  "manifest-filter": on((page) => {
    page.beginFilter();
  }),
  "manifest-next": on((page) => {
    page.nextFault(1);
  }),
  "manifest-previous": on((page) => {
    page.nextFault(-1);
  }),
  "manifest-edit": (context) => {
    void edit(context);
  },
  "manifest-failure": ({ view }) => {
    showFailure(view);
  },
  "manifest-compare": on((page) => {
    page.toggleCompare();
  }),
  "manifest-totals": on((page) => {
    page.toggleTotals();
  }),
  "manifest-undelivered": on((page) => {
    page.toggleUndelivered();
  }),
  "manifest-again": on((page) => {
    page.readAgain();
  }),
  "manifest-take-filter": on((page) => {
    page.endFilter(true);
  }),
  "manifest-leave-filter": on((page) => {
    page.endFilter(false);
  }),
  "manifest-filter-up": on((page) => {
    page.move({ rows: -1 });
  }),
  "manifest-filter-down": on((page) => {
    page.move({ rows: 1 });
  }),
  "manifest-filter-page-up": on((page) => {
    page.move({ screens: -1 });
  }),
  "manifest-filter-page-down": on((page) => {
    page.move({ screens: 1 });
  }),
  "manifest-erase": on((page) => {
    page.type("backspace");
  }),
  "manifest-erase-all": on((page) => {
    page.type("ctrl-u");
  }),
  "manifest-entry": ({ view }) => {
    const path = pathNamed(view);
    if (path === undefined) {
      view.set({ notice: "No entry of the manifest is named here." });
      return;
    }
    const from = view.ui.screen;
    view.show("manifest");
    view.pages.manifest.goTo(path, from);
  },
};

/** The delivered path that the selected problem, or the line at the cursor, is about. */
function pathNamed(view: ViewState): string | undefined {
  const { build, ui, log } = view;
  if (build === undefined) return undefined;
  if (ui.screen === "failures") return selectedProblem(build, ui.failure)?.path;
  const offset = log?.cursorLine(view.logHeight)?.offset;
  const entry = offset === undefined ? undefined : parseImageEntry(view.textAt(offset));
  return entry?.path ?? log?.problems.holding(log.place.cursor)?.path;
}

function showFailure(view: ViewState): void {
  const path = view.pages.manifest.entry?.path;
  const problem = view.build?.problems.find((each) => each.path === path);
  if (path === undefined || problem === undefined) {
    view.set({ notice: `The build says nothing of ${path ?? "this"}.` });
    return;
  }
  view.set({ screen: "failures", follow: false, failure: problem.id });
  view.select(problem.stage);
}

async function edit({ view, lend, shown, env }: ActionContext): Promise<void> {
  const page = view.pages.manifest;
  const { place, root } = page;
  if (place === undefined) return;
  const argv = editorCommand(env, join(root, place.file), place.line);
  const failed = await lend({ argv, cwd: root, env });
  view.set({ notice: failed });
  // The line may be another one now.
  page.readAgain();
  shown();
}
