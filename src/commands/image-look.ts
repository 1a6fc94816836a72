// Invariant: a subcommand's code is loaded only when it is asked for.
import { helpLines } from "./help-lines.ts";
import type { ImageIo } from "./image-words.ts";

type Subcommand = (argv: readonly string[], io: ImageIo) => Promise<number>;

/** The subcommands of `image` that look and change nothing, by name. */
export const lookCommands: Readonly<Record<string, () => Promise<Subcommand>>> = {
  check: async () => (await import("./image-check.ts")).imageCheck,
  verify: async () => (await import("./image-verify.ts")).imageVerify,
  ls: async () => (await import("./image-ls.ts")).imageLs,
  cat: async () => (await import("./image-cat.ts")).imageCat,
  extract: async () => (await import("./image-extract.ts")).imageExtract,
  info: async () => (await import("./image-info.ts")).imageInfo,
  diff: async () => (await import("./image-diff.ts")).imageDiff,
};

/** What each does, for the help of `image`. */
export const lookUsage = helpLines(`
Looking at images and at what will be in them (image SUBCOMMAND --help tells more):

  check                           says what is wrong, and whether everything fits, before a build
  verify FILE                     compares an image with the manifest and the MD5 sums
  ls FILE[:PATH]                  lists a folder of an image
  cat FILE:PATH…                  prints files of an image
  extract FILE[:PATH] DIR         writes what is in an image into a folder
  info FILE                       sizes, free space and counts of an image
  diff FILE[:PATH] FILE[:PATH]    compares what two images hold
`);
