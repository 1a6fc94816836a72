// Invariant: the part of the table of keys that is about the manifest page; see keymap.ts.
import type { Command, ConsoleModel } from "../../model.ts";
import type { ManifestView } from "./view.ts";

const fixed = (text: string) => (): string => text;

function pageOf({ page }: ConsoleModel): ManifestView | undefined {
  return page?.kind === "manifest" ? page : undefined;
}

/** Why something that is done to entries cannot be done now. */
function noEntries(model: ConsoleModel): string | undefined {
  const page = pageOf(model);
  if (page?.entries === undefined) return "the manifests are not read";
  return page.panel === "entries" ? undefined : "that is for the entries, esc leads back to them";
}

function noLine(model: ConsoleModel): string | undefined {
  const page = pageOf(model);
  if (page?.panel !== "entries" && page?.panel !== "detail") return noEntries(model);
  return page.hasLine ? undefined : "no manifest has a line for this";
}

const labels = {
  entries: "open",
  detail: "open",
  totals: "its entries",
  builds: "compare",
  compare: "entry",
} as const;

const notRead = (model: ConsoleModel): string | undefined =>
  pageOf(model)?.entries === undefined ? "the manifests are not read" : undefined;

export const manifestCommands: readonly Command[] = [
  {
    id: "manifest-open",
    keys: ["enter", "right", "l"],
    label: (model) => labels[pageOf(model)?.panel ?? "entries"],
    description:
      "Open the directory; of anything else, all that is known of it. Take what is chosen.",
    views: ["manifest"],
    bar: 1,
    // What is known of an entry is open already.
    isOffered: (model) => pageOf(model)?.panel !== "detail",
    disabled: (model) => (pageOf(model)?.place.of === 0 ? "there is nothing here" : undefined),
  },
  {
    id: "manifest-close",
    keys: ["left"],
    label: fixed("close"),
    description: "Close the directory, or go to the one that this is in.",
    views: ["manifest"],
    disabled: notRead,
  },
  {
    id: "manifest-all",
    keys: ["*"],
    label: fixed("all"),
    description: "Open all directories; again: close them.",
    views: ["manifest"],
    disabled: noEntries,
  },
  {
    id: "manifest-filter",
    keys: ["/"],
    label: fixed("filter"),
    description:
      "Show only some entries, as you type: part of a path, component:, type:, state:, owner:.",
    views: ["manifest"],
    bar: 3,
    disabled: notRead,
  },
  {
    id: "manifest-next",
    keys: ["e"],
    label: fixed("next problem"),
    description: "Next entry that needs attention: FAILED, conflicting, a broken link; goes round.",
    views: ["manifest"],
    bar: 5,
    disabled: noFaults,
  },
  {
    id: "manifest-previous",
    keys: ["E"],
    label: fixed("previous problem"),
    description: "Previous entry that needs attention; goes round.",
    views: ["manifest"],
    disabled: noFaults,
  },
  {
    id: "manifest-edit",
    keys: ["o"],
    label: fixed("editor"),
    description: "Open the manifest in $EDITOR at the line that asks for this entry.",
    views: ["manifest"],
    bar: 6,
    disabled: noLine,
  },
  {
    id: "manifest-failure",
    keys: ["f"],
    label: fixed("failure"),
    description: "What the build said of this entry, when it failed.",
    views: ["manifest"],
    disabled: notRead,
  },
  {
    id: "manifest-compare",
    keys: ["c"],
    label: fixed("compare"),
    description: "What was added, removed and changed since an earlier build.",
    views: ["manifest"],
    bar: 6,
    disabled: notRead,
  },
  {
    id: "manifest-totals",
    keys: ["t"],
    label: fixed("totals"),
    description: "How much each component puts into the image.",
    views: ["manifest"],
    bar: 7,
    disabled: notRead,
  },
  {
    id: "manifest-undelivered",
    keys: ["u"],
    label: (model) => (pageOf(model)?.withUndelivered === true ? "only shipped" : "undelivered"),
    description: "Show or hide what is in the proto area and in no manifest.",
    views: ["manifest"],
    bar: 8,
    disabled: notRead,
  },
  {
    id: "manifest-again",
    keys: ["R"],
    label: fixed("read again"),
    description: "Read the manifests and look for the files again.",
    views: ["manifest"],
  },
  {
    id: "manifest-take-filter",
    keys: ["enter"],
    label: fixed("keep"),
    description: "Keep the filter and go through what it shows.",
    views: ["manifest-filter"],
    bar: 1,
  },
  {
    id: "manifest-leave-filter",
    keys: ["esc"],
    label: fixed("no filter"),
    description: "Take the filter away.",
    views: ["manifest-filter"],
    bar: 2,
  },
  {
    id: "manifest-filter-up",
    keys: ["up"],
    label: fixed("up"),
    description: "Previous entry.",
    views: ["manifest-filter"],
  },
  {
    id: "manifest-filter-down",
    keys: ["down"],
    label: fixed("next entry"),
    description: "Next entry.",
    views: ["manifest-filter"],
    bar: 3,
  },
  {
    id: "manifest-filter-page-up",
    keys: ["pgup"],
    label: fixed("page up"),
    description: "One page up.",
    views: ["manifest-filter"],
  },
  {
    id: "manifest-filter-page-down",
    keys: ["pgdn"],
    label: fixed("page down"),
    description: "One page down.",
    views: ["manifest-filter"],
  },
  {
    id: "manifest-erase",
    keys: ["backspace"],
    label: fixed("erase"),
    description: "Erase the last character.",
    views: ["manifest-filter"],
  },
  {
    id: "manifest-erase-all",
    keys: ["ctrl-u"],
    label: fixed("erase all"),
    description: "Erase all that was typed.",
    views: ["manifest-filter"],
    bar: 4,
  },
  {
    id: "manifest-entry",
    keys: ["m"],
    label: fixed("manifest"),
    description: "The entry of the manifest that this line or problem is about; Esc leads back.",
    views: ["build", "log", "failures"],
    disabled: ({ build }) => (build === undefined ? "there is no build" : undefined),
  },
];

function noFaults(model: ConsoleModel): string | undefined {
  return pageOf(model)?.hasFaults === true ? undefined : "no entry needs attention";
}
