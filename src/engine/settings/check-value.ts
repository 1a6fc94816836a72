// Invariant: a reason is one plain sentence; a value without one is what the tree's scripts expect.
import { parseFragment } from "./fragment.ts";
import type { Setting, SettingType } from "./setting.ts";

/** What a value must be like, as far as checks need it. */
export type Checked = Pick<Setting, "type" | "isRequired"> &
  Partial<Pick<Setting, "choices">> & { readonly name: string };

const words: Readonly<Record<SettingType, string>> = {
  text: "text",
  url: "address",
  command: "shell command",
  list: "list of names",
  "comma-list": "list of names, with commas",
  choice: "choice",
  number: "number",
  stamp: "time stamp",
  secret: "secret",
  code: "shell code",
  file: "file",
};

/** A type in words for the screen. */
export function typeWords({ type, choices }: Pick<Setting, "type" | "choices">): string {
  if (type !== "choice" || choices === undefined) return words[type];
  return choices.map((choice) => (choice === "" ? "empty" : choice)).join(" or ");
}

function stampReason(value: string): string | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value);
  if (match === null) return "A stamp is YYYYMMDDTHHMMSSZ, such as 20260313T000000Z.";
  const [, year, month, day, hour, minute, second] = match;
  const time = `${year ?? ""}-${month ?? ""}-${day ?? ""}T${hour ?? ""}:${minute ?? ""}:${second ?? ""}Z`;
  const date = new Date(time);
  // JavaScript takes 30 February for 1 March.
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(time.slice(0, -1));
  return isReal ? undefined : "There is no such day or time.";
}

function commandReason(value: string): string | undefined {
  const [problem] = parseFragment("", Buffer.from(`${value}\n`)).problems;
  return problem === undefined ? undefined : `Bash cannot read that: ${problem.message}.`;
}

function nameListReason(value: string, separator: RegExp): string | undefined {
  const names = value.split(separator).filter((name) => name !== "");
  const odd = names.find((name) => !/^[\w.@+-]+$/.test(name) || /^\.\.?$/.test(name));
  if (odd !== undefined)
    return `${JSON.stringify(odd)} is no name: use letters, digits, . _ - + @.`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `${twice} stands in the list twice.`;
}

/** Why a text cannot be the value of a setting; undefined when it can. */
export function valueReason(setting: Checked, value: string): string | undefined {
  if (/[\n\r]/.test(value)) return "A value is one line; this has more.";
  if (/\p{Cc}/u.test(value)) return "A control character is in it; type the text instead.";
  const { type, choices, isRequired } = setting;
  if (isRequired === true && value.trim() === "") {
    return `Configure stops when ${setting.name} is empty.`;
  }
  if (choices !== undefined && !choices.includes(value)) {
    return `${JSON.stringify(value)} is none of: ${typeWords(setting)}.`;
  }
  if (value === "") return undefined;
  switch (type) {
    case "url":
      if (/\s/.test(value)) return "An address has no blanks.";
      return /^(https?|ftp|file):\/\/./.test(value)
        ? undefined
        : "An address begins with http://, https://, ftp:// or file://.";
    case "number":
      return /^[1-9]\d{0,8}$/.test(value) ? undefined : "A whole number above 0 is needed here.";
    case "stamp":
      return stampReason(value);
    case "command":
      return commandReason(value);
    case "list":
      return nameListReason(value, / +/);
    case "comma-list":
      return /\s/.test(value)
        ? "Names are separated by commas, without blanks."
        : nameListReason(value, /,/);
    case "secret":
      return /[\s$#'"`\\]/.test(value)
        ? "Blanks, quotes, $, # and \\ break the build: it passes the password on unquoted."
        : undefined;
    case "text":
    case "choice":
    case "code":
    case "file":
      return undefined;
  }
}

/** Why a text cannot be a branch, as git-check-ref-format(1) has it; undefined when it can. */
export function branchReason(branch: string): string | undefined {
  if (branch === "") return "A branch is needed here, such as master.";
  if (/[\s~^:?*[\\\p{Cc}]/u.test(branch)) return "Blanks and ~ ^ : ? * [ \\ cannot be in a branch.";
  const isOdd = /\.\.|@\{|\/\/|^[/-]|\/$|\.$|\.lock(\/|$)|(^|\/)\./.test(branch) || branch === "@";
  return isOdd ? "Git takes no branch of that name." : undefined;
}

/** Why `branch:url` cannot follow a project in configure-projects; undefined when it can. */
export function projectReason(value: string): string | undefined {
  const [branch = "", ...rest] = value.split(":");
  if (/\s/.test(value)) return "Configure removes blanks here, so leave them out.";
  const reason = branchReason(branch);
  if (reason !== undefined) return reason;
  const url = rest.join(":");
  if (/^(origin)?$|^\/|^(https?|git|ssh|file):\/\/.|^[\w.-]+@[\w.-]+:./.test(url)) return undefined;
  return "The source is origin, an address (https://…, git@host:…) or an absolute path.";
}
