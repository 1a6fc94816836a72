// Invariant: a stage's environment depends on the asking command's environment and the stage alone.
import { delimiter } from "node:path";

export type Environment = Readonly<Record<string, string>>;

/** A set of changes to an environment: a value to set, or null to take the variable away. */
export type EnvironmentChanges = Readonly<Record<string, string | null>>;

/** Taken away: npm's own, what would change Node or make in the stage, and our own. */
const removedNames =
  /^(npm_.*|INIT_CWD|NODE|COLOR|NODE_OPTIONS|(?:GNU)?MAKEFLAGS|MFLAGS|MAKEFILES|MAKELEVEL|SMARTBUILD_PARENT|SMARTBUILD_STAGE)$/;

/** Where npm puts programs in PATH for its scripts. */
const npmFolder = /(^|\/)node_modules\/(\.bin|npm\/.*\/node-gyp-bin|@npmcli\/.*\/node-gyp-bin)\/?$/;

const secretName = /PASS|SECRET|TOKEN|COOKIE|CREDENTIAL|PRIVATE|_KEY$|KEY_ID$/i;

/** Changes every stage gets, whatever it is. LC_ALL would beat LC_MESSAGES, so it becomes LANG. */
export function commonChanges(asking: Environment): EnvironmentChanges {
  const changes: Record<string, string | null> = {};
  for (const name of Object.keys(asking)) if (removedNames.test(name)) changes[name] = null;
  const path = asking["PATH"];
  if (path !== undefined) {
    const kept = path.split(delimiter).filter((folder) => !npmFolder.test(folder));
    if (kept.join(delimiter) !== path) changes["PATH"] = kept.join(delimiter);
  }
  const all = asking["LC_ALL"];
  if (all !== undefined && all !== "") {
    for (const name of Object.keys(asking)) if (name.startsWith("LC_")) changes[name] = null;
    changes["LANG"] = all;
  }
  return { ...changes, LC_MESSAGES: "C", GIT_TERMINAL_PROMPT: "0" };
}

/** The environment after the changes. */
export function applyChanges(base: Environment, ...changes: EnvironmentChanges[]): Environment {
  const result: Record<string, string> = { ...base };
  for (const [name, value] of changes.flatMap((change) => Object.entries(change))) {
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = value;
  }
  return result;
}

/** The same changes fit for a journal: values of secrets, and logins in URLs, are masked. */
export function maskChanges(changes: EnvironmentChanges): EnvironmentChanges {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [
      name,
      value === null ? null : secretName.test(name) ? "***" : maskLogins(value),
    ]),
  );
}

/** Takes the login out of every URL in a text. */
export function maskLogins(text: string): string {
  return text.replace(/(\w+:\/\/)[^/\s@]+@/g, "$1***@");
}

/** The environment of this process without undefined values. */
export function ownEnvironment(environment: NodeJS.ProcessEnv): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
