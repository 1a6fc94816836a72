// Invariant: configure gets exactly the flags that smartbuild.configure names, but never a password:
// everybody on the machine can read command lines.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Name of the file at the top of a workspace. */
export const configureFlagsFile = "smartbuild.configure";

/** Name of all the flags together, as a setting that stages read. */
export const configureFlagsSetting = "configure-flags";

/** A flag that a tree's configure takes. */
export interface TakenFlag {
  readonly letter: string;
  readonly takesArgument: boolean;
}

/** A line of smartbuild.configure. */
export interface GivenFlag {
  readonly letter: string;
  /** Empty for a flag that takes none. */
  readonly argument: string;
  /** 1-based. */
  readonly line: number;
}

/** What a flag of today's configure stands for. */
export interface KnownFlag {
  /** Its name in a few words. */
  readonly name: string;
  readonly help: string;
  /** The variable that it sets. */
  readonly variable: string;
  /** The value that it gives; absent where its argument is the value. */
  readonly value?: string;
  /** It has the bootstrap built here, as -r does. */
  readonly buildsStrap?: true;
}

const known: Readonly<Record<string, KnownFlag>> = {
  c: {
    name: "clobber",
    help: "Build illumos from scratch every time.",
    variable: "ILLUMOS_CLOBBER",
    value: "yes",
  },
  d: {
    name: "debug",
    help: "Build illumos with DEBUG only.",
    variable: "ILLUMOS_ENABLE_DEBUG",
    value: "exclusive",
  },
  p: {
    name: "primary compiler",
    help: "Compiler that builds the platform; the bootstrap is then built here, as with -r.",
    variable: "PRIMARY_COMPILER",
    buildsStrap: true,
  },
  P: {
    name: "password",
    help: "Root password of the image.",
    variable: "PLATFORM_PASSWORD",
  },
  r: {
    name: "rebuild bootstrap",
    help: "Build the bootstrap (proto.strap) here, whatever the cache has.",
    variable: "FORCE_STRAP_REBUILD",
    value: "yes",
  },
  s: {
    name: "shadow compilers",
    help: "Further compilers that check every file; the bootstrap is then built here, as with -r.",
    variable: "SHADOW_COMPILERS",
    buildsStrap: true,
  },
  S: {
    name: "no smatch",
    help: "Do not check every file with smatch.",
    variable: "ENABLE_SMATCH",
    value: "no",
  },
};

/** What smartbuild knows of a flag; undefined for one that only the tree knows. */
export function knownFlag(letter: string): KnownFlag | undefined {
  return Object.hasOwn(known, letter) ? known[letter] : undefined;
}

/** The flag of a password, which is not given on. */
export const passwordFlag = "P";

/**
 * The flags that a tree's `configure` takes, in its order, read from its call of getopts(1); none
 * where it has no such call, as in 2012. -h is left out: with it configure does nothing.
 */
export function takenFlags(root: string): readonly TakenFlag[] {
  const text = bytesOf(join(root, "configure"))?.toString("latin1") ?? "";
  const letters =
    /^[^#\n]*\bgetopts[ \t]+["']?:?((?:[A-Za-z]:?)+)["']?[ \t]/m.exec(text)?.[1] ?? "";
  return [...letters.matchAll(/([A-Za-z])(:?)/g)]
    .map(([, letter = "", colon]) => ({ letter, takesArgument: colon === ":" }))
    .filter(({ letter }) => letter !== "h");
}

/**
 * Reads smartbuild.configure: a flag of configure a line, `-d` or `-p gcc14`, and `#` comments; the
 * last line of a flag counts. `problems`: the numbers of lines that are neither.
 */
export function readConfigureFlags(
  bytes: Uint8Array,
  taken: readonly TakenFlag[],
): { readonly flags: readonly GivenFlag[]; readonly problems: readonly number[] } {
  const flags = new Map<string, GivenFlag>();
  const problems: number[] = [];
  for (const [index, line] of Buffer.from(bytes).toString("utf8").split("\n").entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, letter = "", argument = ""] = /^\s*-([A-Za-z])[ \t]*(.*?)\s*$/.exec(line) ?? [];
    const flag = taken.find((each) => each.letter === letter);
    const isWhole = flag?.takesArgument === (argument !== "");
    if (!isWhole || letter === passwordFlag) problems.push(index + 1);
    else flags.set(letter, { letter, argument, line: index + 1 });
  }
  return { flags: [...flags.values()], problems };
}

/** The flags as words of configure's command line. */
export function flagWords(flags: readonly GivenFlag[]): string[] {
  return flags.flatMap(({ letter, argument }) =>
    argument === "" ? [`-${letter}`] : [`-${letter}`, argument],
  );
}

/** What follows `./configure` in this tree. */
export function configureArguments(root: string): string[] {
  const bytes = bytesOf(join(root, configureFlagsFile));
  return bytes === undefined ? [] : flagWords(readConfigureFlags(bytes, takenFlags(root)).flags);
}

/** The variables that flags set in configure, over every file. */
export function flagVariables(
  flags: readonly GivenFlag[],
): readonly { readonly name: string; readonly value: string; readonly flag: GivenFlag }[] {
  return flags.flatMap((flag) => {
    const meant = knownFlag(flag.letter);
    if (meant === undefined) return [];
    const strap = { name: "FORCE_STRAP_REBUILD", value: "yes", flag };
    const own = { name: meant.variable, value: meant.value ?? flag.argument, flag };
    return meant.buildsStrap === true ? [own, strap] : [own];
  });
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
