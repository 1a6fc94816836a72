// Invariant: formats of builder, build_live and build_common.sh, build_seeds, smf_import, lofiadm,
// newfs and mkfile, and of smartbuild's own image log.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What making the image prints. */
export const imageForms: readonly Form[] = [
  {
    kind: "image-entry-missing",
    role: "certain",
    anchors: ["FAILED"],
    pattern:
      /(?:FILE: \[(?<file>[^\]]+)\](?:\[[^\]]*\]){3}|DIR: \[(?<name>[^\]]+)\](?:\[[^\]]*\]){3}|(?:LINK(?:\(\w+\))?|SYMLINK): (?<what>.+?) => .+?): FAILED(?: \(.*\))?'?\s*$/,
    say: ({ file, name, what }) =>
      `The image lacks ${file ?? name ?? what ?? "an entry"}: its manifest asks for it and no overlay or proto area has it`,
  },
  // Printed by smartbuild's own look at the manifest before the tree's builder is started.
  {
    kind: "file-missing",
    role: "certain",
    anchors: ["in none of the search folders"],
    pattern:
      /^image check: (?<name>.+) is in none of the search folders(?: {2}\((?<file>[^\s:]+):(?<line>\d+).*)?$/,
    say: ({ name, file, line }) =>
      `The image lacks ${name ?? "an entry"}: ${file === undefined ? "its manifest" : `${file}:${line ?? ""}`} asks for it and no overlay or proto area has it`,
  },
  {
    kind: "manifest-mismatch",
    role: "certain",
    anchors: ["image check: "],
    pattern:
      /^image check: (?!\d+ entries, )(?<what>.+?)(?: {2}\((?<file>[^\s:]+):(?<line>\d+).*)?$/,
    say: ({ what }) => what ?? "The manifest cannot be delivered",
  },
  // Printed by smartbuild's own look at the log of a builder that never looks itself. It throws away
  // what newfs says, so that mount is the first to speak.
  {
    kind: "image-step-failed",
    role: "certain",
    anchors: ["image is not whole, after: "],
    pattern:
      /^tools\/build_live went on, and its image is not whole, after: (?<what>mount: (?<name>\S+) is not this fstype|.+)$/,
    say: ({ what, name }) =>
      name === undefined
        ? `The image is not whole, though tools/build_live went on: ${what ?? ""}`
        : `The image is not whole, though tools/build_live went on: newfs made no file system on ${name}`,
    // It quotes the first complaint in that log.
    explains: "all",
  },
  {
    kind: "disk-full",
    role: "certain",
    anchors: ["builder: Error copying", "rror copying"],
    pattern: /builder: Error copying (?<file>\S+) to (?<name>\S+)/,
    say: ({ file, name }) => `builder could not copy ${file ?? "a file"} to ${name ?? "the image"}`,
    continues: /^: |^file_cp\(\): /,
    adds: (line) => (line.startsWith(": ") ? line : undefined),
  },
  {
    kind: "disk-full",
    role: "certain",
    anchors: ["smartbuild image: FAILED: the disk at "],
    pattern:
      /^smartbuild image: FAILED: the (?<what>disk at .+ is full \(.*\)): cannot write (?<file>.+)$/,
    say: ({ file, what }) =>
      `The ${what ?? "disk is full"}, so ${file ?? "the image"} was not written`,
    continues: /^Make room there/,
  },
  outcome(
    "image-step-failed",
    ["smartbuild image: FAILED: "],
    /^smartbuild image: FAILED: (?<what>.+)/,
    ({ what }) => `The image could not be made: ${what ?? ""}`,
  ),
  {
    kind: "image-step-failed",
    role: "certain",
    anchors: [
      "mkdir(): ",
      "chown(): ",
      "chmod(): ",
      "file_cp(): ",
      "symlink: ",
      "link: ",
      "euid must be 0",
      "to chdir(<",
      "to octal",
      "UT OF MEMORY",
    ],
    pattern:
      /(?:^|: )(?<what>(?:mkdir|chown|chmod|file_cp)\(\): .+|(?:symlink|link): File exists|euid must be 0 to use this tool\.|failed to chdir\(<output dir>\).*|converting string to octal: .*)$/,
    say: ({ what }) => `builder stopped: ${what ?? ""}`,
  },
  {
    kind: "image-step-failed",
    role: "certain",
    anchors: [
      "FATAL: missing",
      "Invalid ramdisk",
      "Missing svccfg",
      "annot find ",
      "manifest input file",
      "missing ROOT argument",
    ],
    pattern:
      /^(?<what>FATAL: (?:missing \S+\/etc\/\S+|Invalid ramdisk.*|Missing svccfg.*)|cannot find \S+\.xml|can't read manifest input file: .*|missing ROOT argument$)/,
    say: ({ what }) => `The image's services could not be made: ${what ?? ""}`,
  },
  // newfs, mkfs and mkfile without their names.
  {
    kind: "image-step-failed",
    role: "fatal",
    anchors: [
      "at least",
      "no block size",
      "power of 2, not",
      "is too small, minimum",
      "Disk geometry",
      "Could not seek",
      "Could not set length",
      "Could not fstat64",
    ],
    pattern:
      /(?:^|\.\.\. +)(?!.*No space left)(?<what>file system size must be at least \d+ sectors|There is no block size that can support this disk|(?:block|fragment) size must be a power of 2, not \d+|fragment size \d+ is too small, minimum .*|Unable to read Disk geometry.*|Could not (?:seek to|set length of|fstat64) .*)/,
    say: ({ what }) => `The image's file system could not be made: ${what ?? ""}`,
  },
  {
    kind: "image-step-failed",
    role: "fatal",
    anchors: ["build_etcrelease: ", "update_base: "],
    pattern:
      /(?:^|\.\.\. +)(?<name>build_etcrelease|update_base): (?!no git repository|unknown option)(?<what>.+)/,
    say: ({ name, what }) => `${name ?? "A tool"} stopped: ${what ?? ""}`,
  },
  // build_seeds: svccfg or nawk has said why.
  outcome(
    "image-step-failed",
    ["failed to import", "failed to nawk"],
    /^(?<what>failed to (?:import|nawk) .*)/,
    ({ what }) => `The image's services could not be made: ${what ?? ""}`,
  ),
  // illumos' umount has no colon before it.
  {
    kind: "image-step-failed",
    role: "fatal",
    anchors: ["umount: "],
    pattern: /(?:^|\.\.\. +)umount: (?<file>\S+) busy$/,
    say: ({ file }) => `${file ?? "A file system"} cannot be unmounted: it is busy`,
  },
  {
    kind: "image-step-failed",
    role: "fatal",
    anchors: ["man: "],
    pattern: /^(?: +\| )?man: (?<what>.*whatis.*)$/,
    say: ({ what }) => `The index of the manual pages could not be made: ${what ?? ""}`,
  },
  {
    kind: "image-step-failed",
    role: "fatal",
    anchors: ["svccfg: "],
    pattern: /(?:^(?: *\| )?|\.\.\. +)svccfg: (?<file>\S+\.xml):(?<line>\d+): (?<what>.+)/,
    say: ({ file, line, what }) =>
      `svccfg refuses ${file ?? "a service manifest"} line ${line ?? ""}: ${what ?? ""}`,
    continues: /^(?: *\| )?svccfg: /,
  },
  // Cleaning up says this of what was never set up.
  {
    kind: "image-step-failed",
    role: "likely",
    anchors: ["could not unmap", "could not find d", "could not find f"],
    pattern: /^lofiadm: (?<what>could not (?:unmap|find (?:device|filename) for) .*)/,
    say: ({ what }) => `lofiadm failed: ${what ?? ""}`,
  },
  {
    kind: "image-step-failed",
    role: "fatal",
    anchors: ["lofiadm: ", "newfs: ", "mkfs: ", "mkfile: ", "svccfg: ", "mount: "],
    pattern:
      /(?:^(?: *\| )?|\.\.\. +)(?<name>lofiadm|newfs|mkfs|mkfile|svccfg|mount|umount): (?!construct|mkfs: |.*reset to|.*last mounted|.*[Ww]arning|.*No space left)(?<what>(?:key too large|ioctl|CRYPTO_GET_\w+ ioctl|Insufficient memory|putenv failed|special not specified|size not specified|can't statvfs|The device sector size|-\w: unknown flag|Error encountered|file system size must|(?:block|fragment) size|could not|couldn't|malloc|malformed|unknown|I\/O error|no PATH|requested size|encrypting|failed|Could not|Unable|.*: (?:No |Device|Permission|I\/O|Invalid|not |Cannot|File )).*)/,
    say: ({ name, what }) => `${name ?? "A tool"} failed: ${what ?? ""}`,
  },
  outcome(
    "image-step-failed",
    [": ERROR: "],
    /^(?<name>build_\w+|format_image): ERROR: (?<what>.+)/,
    ({ name, what }) => `${name ?? "build_live"} stopped: ${what ?? ""}`,
  ),
  outcome(
    "image-step-failed",
    ["onto the image failed", "platform tar archive", "SMF repoistory failed"],
    /^ERROR: (?<what>copy onto the image failed|setting up live image)/,
    ({ what }) => `The image could not be made${what === undefined ? "" : `: ${what}`}`,
  ),
  {
    kind: "image-step-failed",
    role: "fatal",
    anchors: [
      "get buildstamp from",
      "You must have euid",
      "file required",
      "Failed to create",
      "build_boot_image: ",
    ],
    pattern:
      /^(?<what>Failed to get buildstamp.*|You must have euid 0.*|FATAL: .* required\.?|(?:build_boot_image|format_image): (?:Failed|No platform image|mktemp).*)/,
    say: ({ what }) => `The image could not be made: ${what ?? ""}`,
  },
];
