// Invariant: the part of the table of keys that is about the builds page; see keymap.ts.
import type { Command } from "../../keymap.ts";

export type BuildsCommandId = "newest-build";

export const buildsCommands: readonly Command[] = [
  {
    id: "newest-build",
    keys: ["0"],
    label: () => "newest build",
    description: "From an earlier build back to the newest one.",
    views: ["build", "log", "failures", "builds"],
    disabled: ({ past }) => (past === undefined ? "this is the newest build" : undefined),
    bar: 1,
  },
];
