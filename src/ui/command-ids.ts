// Invariant: every command of the table of keys has its name here, under the part of the console it
// belongs to; these are the names that a person's own keymap uses.

export type MoveCommandId =
  | "up"
  | "down"
  | "page-up"
  | "page-down"
  | "toggle-steps"
  | "first"
  | "last"
  | "left"
  | "right"
  | "follow"
  | "next-failure"
  | "previous-failure"
  | "other-pane"
  | "open-log"
  | "back";

export type LogCommandId =
  | "search"
  | "filter"
  | "take-text"
  | "next-hit"
  | "previous-hit"
  | "more-context"
  | "less-context"
  | "times"
  | "next-warning"
  | "previous-warning"
  | "next-gap"
  | "previous-gap"
  | "previous-stage"
  | "next-stage"
  | "earlier-attempt"
  | "later-attempt"
  | "other-log";

export type FailureCommandId =
  | "failures"
  | "failure-list"
  | "open-failure"
  | "explain"
  | "edit"
  | "edit-component"
  | "copy-line"
  | "select-lines"
  | "copy-failure"
  | "shell";

export type ConsoleCommandId =
  | "build"
  | "show-build"
  | "show-log"
  | "show-manifest"
  | "show-settings"
  | "show-builds"
  | "retry"
  | "help"
  | "detach"
  | "interrupt"
  | "mouse"
  | "suspend";

export type DialogCommandId =
  "close" | "filter-help" | "previous-choice" | "next-choice" | "take-choice" | "stop" | "cancel";

export type TypingCommandId =
  "leave-prompt" | "erase-character" | "erase-text" | "take-help-filter";

export type PaletteCommandId = "palette" | "take-action" | "next-action" | "previous-action";

export type ManifestCommandId =
  | "manifest-open"
  | "manifest-close"
  | "manifest-all"
  | "manifest-filter"
  | "manifest-next"
  | "manifest-previous"
  | "manifest-edit"
  | "manifest-failure"
  | "manifest-compare"
  | "manifest-totals"
  | "manifest-undelivered"
  | "manifest-again"
  | "manifest-take-filter"
  | "manifest-leave-filter"
  | "manifest-filter-up"
  | "manifest-filter-down"
  | "manifest-filter-page-up"
  | "manifest-filter-page-down"
  | "manifest-erase"
  | "manifest-erase-all"
  | "manifest-entry";

export type SettingsCommandId =
  | "settings-change"
  | "settings-find"
  | "settings-review"
  | "settings-undo"
  | "settings-default"
  | "settings-create"
  | "settings-open"
  | "settings-add"
  | "settings-reload"
  | "settings-take"
  | "settings-cancel"
  | "settings-erase"
  | "settings-erase-word"
  | "settings-erase-all"
  | "settings-left"
  | "settings-right"
  | "settings-start"
  | "settings-end"
  | "settings-turn"
  | "settings-up"
  | "settings-down"
  | "settings-page-up"
  | "settings-page-down"
  | "settings-move-up"
  | "settings-move-down"
  | "settings-add-item"
  | "settings-remove-item"
  | "settings-write"
  | "settings-drop";

export type BuildsCommandId =
  "newest-build" | "open-build" | "compare-builds" | "show-image" | "verify-image" | "copy-image";

export type CommandId =
  | MoveCommandId
  | LogCommandId
  | FailureCommandId
  | ConsoleCommandId
  | DialogCommandId
  | TypingCommandId
  | PaletteCommandId
  | ManifestCommandId
  | SettingsCommandId
  | BuildsCommandId;
