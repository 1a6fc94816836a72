// Invariant: every command of the builds page has exactly one effect, written here.
import { join } from "node:path";
import type { BuildsCommandId } from "../../command-ids.ts";
import type { Action, ActionContext } from "../../control/action.ts";

export const buildsActions: Readonly<Record<BuildsCommandId, Action>> = {
  "open-build": openChosen,
  "show-image": ({ view }) => {
    view.pages.builds.showImage();
  },
  "compare-builds": ({ view }) => {
    view.set({ notice: view.pages.builds.compare() });
  },
  "verify-image": (context) => {
    void verifyImage(context);
  },
  "copy-image": ({ view, copy }) => {
    const build = view.pages.builds.chosen?.build;
    const made = build?.artefacts.find(({ path }) => path.endsWith(".tgz")) ?? build?.artefacts[0];
    if (made !== undefined) view.set({ notice: copy(join(view.root, made.path)) });
  },
  "newest-build": ({ view }) => {
    view.openNewest();
    view.poll();
  },
};

/** The newest build is the one that goes on; any other is only looked at. */
function openChosen({ view }: ActionContext): void {
  const { chosen } = view.pages.builds;
  if (chosen === undefined) return;
  const { build, isNewest, place, disk } = chosen;
  if (!isNewest) view.open(build.folder, place);
  else if (build.folder !== view.buildFolder) view.open(build.folder);
  view.show("build");
  view.poll();
  if (disk?.dropped === undefined) return;
  const dropped = `${disk.dropped.charAt(0).toUpperCase()}${disk.dropped.slice(1)}`;
  view.set({ notice: `${dropped}; times and problems are kept.` });
}

async function verifyImage({ view, shown }: ActionContext): Promise<void> {
  const refused = await view.pages.builds.verify();
  if (refused !== undefined) view.set({ notice: refused });
  shown();
}
