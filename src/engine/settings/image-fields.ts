// Invariant: what is shown of smartbuild.image is what `smartbuild image build` takes from it.
import { join } from "node:path";
import { readBuildVariables } from "./build-variables.ts";
import { typeWords } from "./check-value.ts";
import type { Field } from "./field.ts";
import { imageSettings, imageSettingsFile, imageValueReason } from "./own-settings.ts";
import { hidden, kindOf, type FieldSource } from "./setting-fields.ts";

const section = `Image (${imageSettingsFile})`;

/** smartbuild's own settings: who makes the image, and how. */
export function imageFields({ place, bytes }: FieldSource): Field[] {
  const path = join(place.root, imageSettingsFile);
  const { variables, problems } = readBuildVariables(bytes(path) ?? Buffer.alloc(0));
  const settings = imageSettings(place.root, place.layout);
  const fields = settings.map((setting): Field => {
    const { name, choices, meanings, help } = setting;
    const entry = variables.findLast((each) => each.name === name);
    const reason = entry === undefined ? undefined : imageValueReason(setting, entry.value);
    const isSecret = setting.type === "secret";
    return {
      id: name,
      label: name,
      section,
      kind: kindOf(setting),
      type: typeWords(setting),
      shown: entry === undefined ? "" : isSecret ? hidden : entry.value,
      isDefault: entry === undefined,
      help,
      isRequired: false,
      notes: reason === undefined ? [] : [`The image cannot be made so: ${reason}`],
      isOdd: reason !== undefined,
      target: path,
      ...(setting.default === undefined ? {} : { default: setting.default }),
      ...(entry === undefined || isSecret ? {} : { value: entry.value }),
      ...(entry === undefined ? {} : { origin: { file: path, line: entry.line } }),
      ...(choices === undefined ? {} : { choices }),
      ...(meanings === undefined ? {} : { meanings }),
    };
  });
  const strange = [
    ...problems,
    ...variables
      .filter(({ name }) => !settings.some((setting) => setting.name === name))
      .map(({ line }) => line),
  ];
  return [...fields, ...strange.map((line) => strangeField(path, line))];
}

function strangeField(path: string, line: number): Field {
  return {
    id: `${imageSettingsFile}:${line}`,
    label: `${imageSettingsFile}:${line}`,
    section,
    kind: "note",
    type: "problem",
    shown: "this line is no setting, so no image can be made",
    isDefault: false,
    origin: { file: path, line },
    help: "Mend the file at that line.",
    isRequired: false,
    notes: [],
    isOdd: true,
  };
}
