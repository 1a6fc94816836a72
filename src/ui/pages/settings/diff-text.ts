// Invariant: the rows say, line by line, exactly what a write would change, without secrets.
import { basename } from "node:path";
import type { SettingsForm } from "../../../engine/settings/form.ts";
import type { Hunk } from "../../../engine/settings/line-diff.ts";
import type { DiffRow } from "./view.ts";
import { visibleText } from "./visible-text.ts";

/** The first line that changes; the lines above it are there only to be known again. */
function changedLine(hunk: Hunk): number {
  return hunk.find(({ sign }) => sign !== " ")?.line ?? 1;
}

/** The changes of the form as rows. */
export function diffRows(form: SettingsForm): DiffRow[] {
  return form.diff().flatMap(({ path, isNew, isPrivate, hunks }, index) => {
    const remarks = [
      ...(isNew ? ["new file"] : []),
      ...(isPrivate ? ["only its owner may read it"] : []),
    ];
    const remark = remarks.length === 0 ? "" : ` (${remarks.join(", ")})`;
    return [
      ...(index === 0 ? [] : [{ sign: " ", text: "" } as const]),
      { sign: "file", text: basename(path) + remark },
      ...hunks.flatMap((hunk, at): DiffRow[] => [
        ...(at === 0 && hunk[0]?.line === 1
          ? []
          : [{ sign: "place", text: `line ${changedLine(hunk)}` } as const]),
        ...hunk.map(({ sign, text }) => ({ sign, text: visibleText(text) })),
      ]),
    ];
  });
}
