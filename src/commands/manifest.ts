// Invariant: a subcommand's code is loaded only when it is asked for.
import { exitCodes } from "../engine/exit-codes.ts";
import { helpLines } from "./help-lines.ts";
import type { Command } from "./io.ts";

const subcommands: Readonly<Record<string, () => Promise<Command>>> = {
  ls: async () => (await import("./manifest-ls.ts")).manifestLs,
  why: async () => (await import("./manifest-why.ts")).manifestWhy,
  check: async () => (await import("./manifest-check.ts")).manifestCheck,
  diff: async () => (await import("./manifest-diff.ts")).manifestDiff,
  du: async () => (await import("./manifest-du.ts")).manifestDu,
};

const usage = helpLines(`Usage: smartbuild manifest SUBCOMMAND [OPTION…]

What ships: every entry, who asks for it and where it comes from (SUBCOMMAND --help tells more).

  ls [PATTERN]   lists the entries
  why PATH       says all that is known of one entry
  check          says what is wrong with the entries
  diff A [B]     compares what two builds shipped, or what one did with what ships now
  du             says which component, or folder, takes how much

Before the manifest stage has run, the components' own manifests are read.
`);

/** `smartbuild manifest …` */
export const manifestCommand: Command = async (argv, io) => {
  const [subcommand = "", ...rest] = argv;
  if (["--help", "-h", "help"].includes(subcommand)) {
    io.stdout.write(usage);
    return 0;
  }
  const load = Object.hasOwn(subcommands, subcommand) ? subcommands[subcommand] : undefined;
  if (load !== undefined) return (await load())(rest, io);
  const what = subcommand === "" ? "Say what to do." : `There is no manifest ${subcommand}.`;
  io.stderr.write(`smartbuild manifest: ${what}\n${usage}`);
  return exitCodes.usage;
};
