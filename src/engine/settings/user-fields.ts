// Invariant: what is shown of a person's own settings is what the console and the hosts take from
// their file; they are the same for all workspaces.
import { editMember } from "./json-edit.ts";
import { memberLines } from "./json-lines.ts";
import type { Field } from "./field.ts";
import { kindOf, type FieldSource } from "./setting-fields.ts";
import {
  defaultUserConfig,
  parseUserConfig,
  userConfigFile,
  type UserConfig,
} from "./user-config.ts";

const section = "Your own, for all trees (config.json)";

type Name = Exclude<keyof UserConfig, "keymap">;

const helps: Readonly<Record<Name, string>> = {
  title: "Stage and percent in the title of the terminal.",
  progress: "Progress in the terminal's tab or task bar (OSC 9;4).",
  links: "File names are links (OSC 8).",
  bell: "A bell at the end of a long build.",
  mouse: "The mouse scrolls and selects from the start.",
  quietSeconds: "Seconds without output after which a stage is called quiet.",
  keepBuilds: "Logs of so many builds are kept; the next build drops those of older ones.",
  keepBytes: "Logs of builds are kept up to so many bytes together; older ones go first.",
};
const names = Object.keys(helps) as readonly Name[];

/** The fields of config.json; none where nobody's home is known. */
export function userFields({ env, bytes }: Pick<FieldSource, "env" | "bytes">): Field[] {
  if ((env["HOME"] ?? "") === "" && env["XDG_CONFIG_HOME"] === undefined) return [];
  const path = userConfigFile(env);
  const text = (bytes(path)?.toString("utf8") ?? "").replace(/^\uFEFF/, "");
  const { config, complaints } =
    text.trim() === ""
      ? { config: defaultUserConfig, complaints: [] }
      : parseUserConfig(text, path);
  const isObject = text.trim() === "" || isObjectText(text);
  const lines = isObject ? memberLines(text) : new Map<string, number>();
  return names.map((name): Field => {
    const line = lines.get(name);
    const isSwitch = typeof defaultUserConfig[name] === "boolean";
    const typed = isSwitch
      ? ({ type: "choice", choices: ["true", "false"] } as const)
      : ({ type: "number" } as const);
    const wrong = complaints.find((each) => each.includes(`: ${name} is `));
    return {
      id: name,
      label: name,
      section,
      kind: kindOf(typed),
      type: isSwitch ? "true or false" : "whole number",
      shown: line === undefined ? "" : String(config[name]),
      default: String(defaultUserConfig[name]),
      isDefault: line === undefined,
      help: helps[name],
      isRequired: false,
      notes: wrong === undefined ? noteOn(name) : [wrong],
      isOdd: wrong !== undefined,
      target: path,
      ...(line === undefined ? {} : { value: String(config[name]), origin: { file: path, line } }),
      ...("choices" in typed ? { choices: typed.choices } : {}),
      ...(isObject ? {} : { forced: complaints[0] ?? `${path} is no JSON; mend it first.` }),
    };
  });
}

function noteOn(name: Name): readonly string[] {
  // Old logs are dropped by the host of the next build.
  return name === "keepBuilds" || name === "keepBytes" ? [] : ["It holds from the next start on."];
}

/** Whether a field is one of a person's own. */
export function isUserField(field: Field): boolean {
  return field.section === section;
}

/** Why a text cannot be the value of a person's own setting; undefined when it can. */
export function userReason({ choices, id }: Field, value: string): string | undefined {
  if (choices !== undefined) {
    return choices.includes(value) ? undefined : `${id} is true or false.`;
  }
  const isGood = /^[1-9]\d*$/.test(value) && Number.isSafeInteger(Number(value));
  return isGood ? undefined : "A whole number above 0 is needed here.";
}

/** config.json with another value of a setting; undefined takes it away. */
export function editUser(bytes: Buffer, name: string, value: string | undefined): Buffer {
  return Buffer.from(editMember(bytes.toString("utf8"), name, value));
}

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
