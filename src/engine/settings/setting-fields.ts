// Invariant: what a field says of a setting is what readSettings found; nothing is guessed.
import { join } from "node:path";
import { configureFlagsFile } from "./configure-flags.ts";
import { buildVariablesFile } from "./build-variables.ts";
import { typeWords } from "./check-value.ts";
import { Evaluator, type Origin, type Variable } from "./evaluate.ts";
import type { Field, FieldKind } from "./field.ts";
import { isLeftover } from "./fragment-files.ts";
import { placeText } from "./place-text.ts";
import { settingsOf } from "./schema.ts";
import type { Setting } from "./setting.ts";
import type { Settings, SettingsPlace } from "./settings.ts";

/** What fields are made from. */
export interface FieldSource {
  readonly place: SettingsPlace;
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
  /** Contents of a file, as they would be after writing. */
  readonly bytes: (path: string) => Buffer | undefined;
}

/** What is shown in place of a secret. */
export const hidden = "(hidden)";

/** A text on one line. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}

const kinds: Readonly<Record<Setting["type"], FieldKind>> = {
  text: "text",
  url: "text",
  command: "text",
  list: "list",
  "comma-list": "list",
  choice: "choice",
  number: "text",
  stamp: "text",
  secret: "secret",
  code: "code",
  file: "file",
};

/** How a setting is edited; two choices are a switch. */
export function kindOf({ type, choices }: Pick<Setting, "type" | "choices">): FieldKind {
  return type === "choice" && choices?.length === 2 ? "toggle" : kinds[type];
}

/** The file that an edit of a fragment's setting changes. */
export function targetFragment({ place, settings }: FieldSource, variable?: Variable): string {
  const { root, layout, paths } = place;
  if (layout === "modern") return paths.configureBuild;
  const files = settings.fragments.map(({ path }) => path);
  if (variable !== undefined && files.includes(variable.file)) return variable.file;
  const local = join(root, "configure.local");
  if (files.includes(local)) return local;
  return files.findLast((path) => !isLeftover(path)) ?? local;
}

/** Values that default.configure-build gives, by name. */
function treeDefaults({ place, settings }: FieldSource): ReadonlyMap<string, Variable> {
  const fragment = settings.fragments.find(
    ({ path }) => path === place.paths.defaultConfigureBuild,
  );
  const evaluator = new Evaluator(() => "missing");
  if (fragment !== undefined) evaluator.read(fragment);
  return evaluator.variables();
}

function shadowNotes(source: FieldSource, setting: Setting | undefined, v: Variable): string[] {
  const { root, paths } = source.place;
  const isSecret = setting?.type === "secret";
  const text = (origin: Origin): string =>
    isSecret ? hidden : oneLine(origin.value ?? origin.source) || "empty";
  // Neither is a wish of anybody's: the tree's defaults, and what the last configure wrote.
  const silent = [paths.defaultConfigureBuild, paths.buildEnv];
  const others = v.shadowed.filter(({ file }) => !silent.includes(file));
  return others.map(
    (origin) =>
      `${v.known ? "Overruled" : "May be otherwise"}: ${text(origin)} (${placeText(root, origin)}).`,
  );
}

/**
 * What `NAME=${NAME:-word}` comes to with the environment of who asks: the word, unless that has the
 * variable. Undefined for any other code, and where a fragment set it before.
 */
function ownDefault(
  { place }: FieldSource,
  { name, source, shadowed }: Variable,
): string | undefined {
  const word = /^"?\$\{(\w+):-([^{}$`"'\\]*)\}"?$/.exec(source);
  if (word?.[1] !== name) return undefined;
  const outside = [join(place.root, buildVariablesFile), "environment"];
  const earlier = shadowed.filter(({ file }) => file !== place.paths.buildEnv);
  if (earlier.some(({ file }) => !outside.includes(file))) return undefined;
  return earlier.find(({ value }) => value !== undefined && value !== "")?.value ?? word[2];
}

function computedNote(source: FieldSource, variable: Variable): string[] {
  if (variable.file === source.place.paths.buildEnv)
    return ["The last configure wrote it; the next one writes it anew from the files above."];
  if (variable.known) return [];
  const at = placeText(source.place.root, variable);
  if (ownDefault(source, variable) !== undefined) {
    return [`${at} takes it from the environment, where that has it.`];
  }
  return variable.value === undefined
    ? [`Code at ${at} computes it when configure runs; a value set here replaces that code.`]
    : [`Code may still change what ${at} says; only running configure tells.`];
}

/** Code on one line in double quotes of its own, in the file that an edit changes. */
function codeBetweenQuotes(variable: Variable, target: string): string | undefined {
  if (variable.file !== target) return undefined;
  return /^"([^"\n]*)"$/.exec(variable.source)?.[1];
}

function forcedReason(
  { env, place }: FieldSource,
  { name, from }: Setting,
  variable: Variable | undefined,
): string | undefined {
  if (variable?.file === join(place.root, configureFlagsFile)) {
    return `Configure's flag ${variable.source} sets it (${placeText(place.root, variable)}); change the flag.`;
  }
  if (from.includes("fragment")) return undefined;
  if (!from.includes("environment")) {
    return "Only make's command line can set it: no shell variable has a dot in its name.";
  }
  return env[name] === undefined
    ? undefined
    : `The environment sets it, which beats ${buildVariablesFile}; unset it and start again.`;
}

function furtherNotes({ place, bytes }: FieldSource, { name }: Setting): string[] {
  const stamp = place.paths.buildstamp;
  if (name === "BUILDSTAMP" && place.layout === "modern" && bytes(stamp) !== undefined) {
    return ["proto/buildstamp is there already, and make keeps to it until proto/ is removed."];
  }
  return [];
}

/** The fields of all variables that the tree knows. */
export function settingFields(source: FieldSource): Field[] {
  const { place, settings } = source;
  const defaults = treeDefaults(source);
  return settingsOf(place.layout).flatMap((setting): Field[] => {
    const { name, type, from, choices, meanings, flag } = setting;
    if (type === "code" || type === "file") return [];
    const variable = settings.get(name);
    const isFragment = from.includes("fragment");
    const byDefault = defaults.get(name)?.value ?? setting.default;
    const isDefault = variable === undefined || variable.file === place.paths.defaultConfigureBuild;
    const forced = forcedReason(source, setting, variable);
    const isSecret = type === "secret";
    const value = variable && (variable.value ?? ownDefault(source, variable));
    const target = isFragment
      ? targetFragment(source, variable)
      : join(place.root, buildVariablesFile);
    const kind = kindOf(setting);
    const code =
      variable === undefined || value !== undefined || kind !== "text"
        ? undefined
        : codeBetweenQuotes(variable, target);
    const shown =
      variable === undefined ? "" : isSecret ? hidden : oneLine(value ?? variable.source);
    return [
      {
        id: name,
        label: name,
        section: isFragment ? "Settings" : "Build variables",
        kind,
        type: typeWords(setting),
        shown,
        isDefault,
        help: setting.help,
        isRequired: setting.isRequired === true,
        notes: [
          ...(variable === undefined
            ? []
            : [...computedNote(source, variable), ...shadowNotes(source, setting, variable)]),
          ...furtherNotes(source, setting),
        ],
        isOdd: false,
        setting,
        target,
        ...(code === undefined ? {} : { code }),
        ...(value === undefined || isSecret ? {} : { value }),
        ...(byDefault === undefined ? {} : { default: byDefault }),
        ...(variable === undefined ? {} : { origin: { file: variable.file, line: variable.line } }),
        ...(choices === undefined ? {} : { choices }),
        ...(meanings === undefined ? {} : { meanings }),
        ...(flag === undefined ? {} : { flag }),
        ...(forced === undefined ? {} : { forced }),
      },
    ];
  });
}
