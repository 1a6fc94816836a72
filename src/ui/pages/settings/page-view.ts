// Invariant: one frame of the page follows from its state alone; what had to be scrolled is told back.
import type { Field } from "../../../engine/settings/field.ts";
import type { SettingsForm } from "../../../engine/settings/form.ts";
import type { PageSize } from "../page.ts";
import { choiceRows, fieldDetail } from "./field-detail.ts";
import { formWindow } from "./form-rows.ts";
import { keysOf, type Mode } from "./modes.ts";
import { settingsRoom } from "./room.ts";
import type { DiffRow, SettingsView } from "./view.ts";
import { broken } from "./wrapped.ts";

/** All that a frame is made from. */
export interface PageState {
  readonly form: SettingsForm | undefined;
  readonly wait: string | undefined;
  readonly mode: Mode;
  readonly fields: readonly Field[];
  readonly field: Field | undefined;
  readonly filter: string | undefined;
  readonly top: number;
  readonly conflicts: readonly string[];
  readonly stale: readonly string[];
  readonly isJustWritten: boolean;
  readonly isRunning: boolean;
}

/** The frame, the first row of the form on it, and how many rows a page has. */
export function pageView(
  state: PageState,
  size: PageSize,
): { readonly view: SettingsView; readonly top: number; readonly page: number } {
  const { form, field, fields, mode } = state;
  const { listHeight } = settingsRoom(size);
  const diff = mode.kind === "diff" ? diffWindow(mode, size) : undefined;
  const window =
    form === undefined
      ? { rows: [], top: 0, beyond: { above: 0, below: 0 } }
      : formWindow(form, fields, field, { top: state.top, height: listHeight });
  const view: SettingsView = {
    kind: "settings",
    keys: keysOf[mode.kind],
    layout: form?.layout,
    wait: state.wait,
    hint: form === undefined ? undefined : hintOf(form),
    changes: form?.changes.length ?? 0,
    conflicts: state.conflicts,
    stale: state.stale,
    isJustWritten: state.isJustWritten,
    isRunning: state.isRunning,
    canUndo: form?.canUndo ?? false,
    filter: state.filter,
    found: fields.length,
    rows: window.rows,
    beyond: window.beyond,
    labelWidth: Math.max(0, ...fields.map(({ label }) => label.length)),
    detail: form === undefined || field === undefined ? undefined : fieldDetail(form, field),
    edit: mode.kind === "edit" ? mode.edit.view() : undefined,
    choice: mode.kind === "choice" ? { choices: choiceRows(mode.field), at: mode.at } : undefined,
    list: form === undefined ? undefined : listOf(form, mode),
    diff,
  };
  const height = mode.kind === "diff" ? size.rows - 1 : listHeight;
  return { view, top: window.top, page: Math.max(1, height - 1) };
}

/** The first row of a diff that is on screen when `top` was asked for. */
export function diffTop(diff: readonly DiffRow[], top: number, size: PageSize): number {
  return Math.max(0, Math.min(top, brokenRows(diff, size).length - size.rows + 1));
}

/** Rows that are too long go on in the next one, so that all of a change can be read. */
function brokenRows(diff: readonly DiffRow[], { columns }: PageSize): readonly DiffRow[] {
  return diff.flatMap(({ sign, text }) =>
    broken(text, columns - 4).map((part, index): DiffRow => ({
      sign: index === 0 ? sign : "more",
      text: part,
    })),
  );
}

function diffWindow(mode: Extract<Mode, { kind: "diff" }>, size: PageSize): SettingsView["diff"] {
  const rows = brokenRows(mode.rows, size);
  const height = size.rows - 1;
  const above = diffTop(mode.rows, mode.top, size);
  const shown = rows.slice(above, above + height);
  return { rows: shown, above, below: rows.length - above - shown.length };
}

function hintOf(form: SettingsForm): string | undefined {
  const isClassic = form.layout === "classic";
  const own = isClassic ? /^file:configure\./ : /^file:configure-build$/;
  if (form.fields.some(({ id }) => own.test(id))) return undefined;
  return isClassic
    ? "There is no configure.* file here. {settings-create} makes configure.local from the example."
    : "There is no configure-build here. {settings-create} makes it from the example.";
}

function listOf(form: SettingsForm, mode: Mode): SettingsView["list"] {
  if (mode.kind !== "list") return undefined;
  const { field, names, at, reason } = mode.list;
  return { label: field.label, items: form.listItems(field, names), at, reason };
}
