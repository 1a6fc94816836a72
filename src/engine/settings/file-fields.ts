// Invariant: every file that configure would source has one field, in the order in which it is read;
// every other variable and piece of code in them has one, too.
import { readlinkSync } from "node:fs";
import { basename } from "node:path";
import { codeBlocks } from "./code-blocks.ts";
import type { Field } from "./field.ts";
import { placeText } from "./place-text.ts";
import { settingNamed } from "./schema.ts";
import type { SettingsNote } from "./settings.ts";
import { oneLine, targetFragment, type FieldSource } from "./setting-fields.ts";

const looked = { kind: "note", isDefault: false, isRequired: false, notes: [] } as const;

function isAboutFile(source: FieldSource, { file, line }: SettingsNote): boolean {
  return line === 0 && source.settings.fragments.some(({ path }) => path === file);
}

/** What is wrong or odd, with the place to mend it. */
export function noteFields(source: FieldSource): Field[] {
  const { problems, warnings } = source.settings;
  const shown = [...problems, ...warnings.filter((note) => !isAboutFile(source, note))];
  return shown.map(({ file, line, message, advice }, index) => ({
    ...looked,
    id: `note:${index + 1}`,
    label: placeText(source.place.root, { file, line }),
    section: "To mend",
    type: index < problems.length ? "problem" : "warning",
    shown: message,
    origin: { file, line },
    help: advice ?? "Mend the file there.",
    isOdd: true,
  }));
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function ordinal(index: number, count: number): string {
  if (count === 1) return "the only file that is read";
  if (index === count - 1) return "read last: what it sets wins";
  return `read ${["1st", "2nd", "3rd"][index] ?? `${index + 1}th`} of ${count}`;
}

/** The files that configure reads, and which of them decides what. */
export function fragmentFields(source: FieldSource): Field[] {
  const { settings, place } = source;
  const files = settings.fragments.map(({ path }) => path);
  const decides = (path: string): string => {
    const names = settings
      .all()
      .filter(({ name, file }) => file === path && name !== "code")
      .map(({ name }) => name);
    return names.length === 0 ? "Decides no setting." : `Decides ${names.join(", ")}.`;
  };
  return files.map((path, index) => {
    const warnings = settings.warnings
      .filter(({ file, line }) => file === path && line === 0)
      .map(({ message }) => `${message[0]?.toUpperCase() ?? ""}${message.slice(1)}.`);
    const link = linkTarget(path);
    const remark = warnings.length > 0 ? ", though it looks like a leftover" : "";
    return {
      ...looked,
      id: `file:${basename(path)}`,
      label: basename(path),
      section: "Files that configure reads, in order",
      kind: "file",
      type: "file",
      shown: ordinal(index, files.length) + remark,
      origin: { file: path, line: 0 },
      help:
        warnings.length > 0
          ? "If it is a leftover, remove it, or give it a name that does not begin with configure."
          : place.layout === "classic"
            ? "Configure sources every file whose name matches configure.*; a later one wins."
            : "Configure sources the tree's defaults, then configure-build; the later one wins.",
      notes: [
        ...warnings,
        decides(path),
        ...(link === undefined ? [] : [`A link to ${link}; a change goes there.`]),
      ],
      isOdd: warnings.length > 0,
    };
  });
}

/** Variables that fragments set and the tree does not know. */
export function otherFields(source: FieldSource): Field[] {
  const { settings, place } = source;
  return settings
    .all()
    .filter(({ name }) => settingNamed(place.layout, name) === undefined)
    .map((variable) => ({
      id: variable.name,
      label: variable.name,
      section: "Other variables",
      kind: "text",
      type: "text",
      shown: oneLine(variable.value ?? variable.source),
      isDefault: false,
      origin: { file: variable.file, line: variable.line },
      help:
        variable.name === "OVERLAY" && place.layout === "classic"
          ? "Nothing reads OVERLAY; the name is OVERLAYS."
          : "A variable of the fragment's own code; no script of the tree reads it by this name.",
      isRequired: false,
      notes: variable.known
        ? []
        : [`Code at ${placeText(place.root, variable)} computes it when configure runs.`],
      isOdd: variable.name === "OVERLAY" && place.layout === "classic",
      target: targetFragment(source, variable),
      ...(variable.value === undefined ? {} : { value: variable.value }),
    }));
}

/** Free code of the fragments, shown as code. */
export function codeFields(source: FieldSource): Field[] {
  const { root, layout } = source.place;
  const setting = settingNamed(layout, "code");
  return source.settings.fragments.flatMap((fragment) =>
    codeBlocks(fragment).map(({ first, last, text }) => ({
      ...looked,
      id: `code:${placeText(root, { file: fragment.path, line: first })}`,
      label:
        placeText(root, { file: fragment.path, line: first }) + (last > first ? `-${last}` : ""),
      section: "Code of the fragments",
      kind: "code",
      type: "shell code",
      value: text,
      shown: oneLine(text.split("\n")[0] ?? ""),
      origin: { file: fragment.path, line: first },
      help: "Run by configure in the root of the tree, each time; change it in your editor.",
      isOdd: false,
      ...(setting === undefined ? {} : { setting }),
    })),
  );
}
