// Invariant: a flag is offered only where the tree's configure takes it; it counts more than any file.
import { join } from "node:path";
import { typeWords, valueReason } from "./check-value.ts";
import {
  configureFlagsFile,
  knownFlag,
  passwordFlag,
  readConfigureFlags,
  takenFlags,
  type GivenFlag,
  type KnownFlag,
  type TakenFlag,
} from "./configure-flags.ts";
import type { Field } from "./field.ts";
import { settingNamed } from "./schema.ts";
import { kindOf, type FieldSource } from "./setting-fields.ts";
import type { Setting } from "./setting.ts";

const section = `Flags of configure (${configureFlagsFile})`;
const prefix = "configure-flags.";

/** The letter of a flag's field; undefined for any other field. */
export function flagLetter(id: string): string | undefined {
  return id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
}

/** The fields of the flags that the tree's configure takes, and of lines that are none. */
export function flagFields({ place, bytes }: FieldSource): Field[] {
  if (place.layout !== "modern") return [];
  const path = join(place.root, configureFlagsFile);
  const taken = takenFlags(place.root);
  const { flags, problems } = readConfigureFlags(bytes(path) ?? Buffer.alloc(0), taken);
  const given = new Map(flags.map((flag) => [flag.letter, flag]));
  return [
    ...taken.map((flag) => flagField(flag, given.get(flag.letter), path)),
    ...problems.map((line) => strangeField(path, line)),
  ];
}

/** The type of a flag's value: what the setting behind it takes, or given and not given. */
function typeOf({ letter, takesArgument }: TakenFlag): Pick<Setting, "type" | "choices"> {
  const meant = knownFlag(letter);
  if (!takesArgument) return { type: "choice", choices: ["no", "yes"] };
  return (meant && settingNamed("modern", meant.variable)) ?? { type: "text" };
}

/** What stands behind a flag; undefined: it is not given. */
export function flagValue({ kind }: Field, value: string | undefined): string | undefined {
  if (kind === "list" && value === "") return undefined;
  if (kind !== "toggle") return value;
  return value === "yes" ? "" : undefined;
}

/** Why a text cannot be the value of a flag; undefined when it can. */
export function flagReason(
  { id, kind, choices, setting }: Field,
  value: string,
): string | undefined {
  if (value === "" && kind !== "list")
    return "The flag needs a value; the default is not to give it.";
  const type = kind === "toggle" ? "choice" : (setting?.type ?? "text");
  return valueReason({ name: id, type, ...(choices === undefined ? {} : { choices }) }, value);
}

function flagField(flag: TakenFlag, given: GivenFlag | undefined, path: string): Field {
  const { letter, takesArgument } = flag;
  const meant = knownFlag(letter);
  const setting = meant === undefined ? undefined : settingNamed("modern", meant.variable);
  const typed = typeOf(flag);
  const isPassword = letter === passwordFlag;
  const value = given === undefined ? undefined : takesArgument ? given.argument : "yes";
  const meanings = takesArgument ? setting?.meanings : meaningsOf(meant);
  return {
    id: prefix + letter,
    label: meant === undefined ? `-${letter}` : `-${letter} ${meant.name}`,
    section,
    kind: kindOf(typed),
    type: typeWords(typed),
    shown: value ?? "",
    isDefault: value === undefined,
    help: meant?.help ?? "A flag of this tree's own; ./configure -h tells more.",
    isRequired: false,
    notes: [],
    isOdd: false,
    target: path,
    ...(takesArgument ? {} : { default: "no" }),
    ...(value === undefined ? {} : { value }),
    ...(given === undefined ? {} : { origin: { file: path, line: given.line } }),
    ...(typed.choices === undefined ? {} : { choices: typed.choices }),
    ...(meanings === undefined ? {} : { meanings }),
    ...(setting === undefined ? {} : { setting }),
    ...(isPassword
      ? { forced: "Everybody here could read it in a list of processes; set PLATFORM_PASSWORD." }
      : {}),
  };
}

function meaningsOf(meant: KnownFlag | undefined): Readonly<Record<string, string>> {
  const { variable = "", value = "" } = meant ?? {};
  const given = variable === "" ? "configure gets it" : `configure gets it: ${variable}=${value}`;
  return { no: "not given; the files decide", yes: given };
}

function strangeField(path: string, line: number): Field {
  return {
    id: `${configureFlagsFile}:${line}`,
    label: `${configureFlagsFile}:${line}`,
    section,
    kind: "note",
    type: "problem",
    shown: "this line is no flag that configure can be given, so it is left out",
    isDefault: false,
    origin: { file: path, line },
    help: "One flag a line, such as -d or -p gcc14. Mend the file at that line.",
    isRequired: false,
    notes: [],
    isOdd: true,
  };
}
