// Invariant: formats of tar, the compressors, and patch.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What unpacking and patching print. */
export const archiveForms: readonly Form[] = [
  {
    kind: "archive-damaged",
    role: "fatal",
    anchors: [
      "not in gzip format",
      "nexpected end of",
      "rc err",
      "ata integrity",
      "not recognized",
      "look like a tar",
      "orrupt",
      "not a bzip2",
      "archive format",
      "ile ends unexp",
      "invalid compressed",
      "nexpected EOF",
      "irectory checksum",
      "heck header",
      "tape read",
      "not in xz",
      "End-of-central",
      "nzip:  cannot",
      "not found and",
    ],
    pattern:
      /^(?:\S*\/)?(?<name>gzip|gunzip|bzip2|bunzip2|xz|unzip|g?tar|pax|cpio|zstd|star|jar|bzcat|zcat|gzcat|lzma): +(?<what>.*(?:not in gzip format|[Uu]nexpected (?:end of|EOF).*|crc error.*|[Dd]ata integrity.*|[Ff]ile format not recognized.*|(?:does not|doesn't) look like a tar.*|[Cc]orrupt.*|not a bzip2 file.*|Unrecognized archive format.*|Compressed file ends.*|invalid compressed data.*|checksum error.*|tape read.*|End-of-central.*|cannot find (?:or open|zipfile) .*))/,
    say: ({ name, what }) => `${name ?? "tar"} cannot unpack the file: ${what ?? ""}`,
  },
  {
    kind: "file-missing",
    role: "fatal",
    anchors: [": Cannot open: No such file"],
    pattern:
      /^(?:\S*\/)?g?tar(?: \(child\))?: (?<file>.+): Cannot open: No such file or directory$/,
    say: ({ file }) => `tar was to unpack ${file ?? "a file"}, which is not there`,
  },
  outcome(
    "archive-damaged",
    ["status 1", "status 2", "not recoverable", "xiting with failure"],
    /^(?:\S*\/)?(?:g?tar): (?:Child returned status [1-9]|Error is not recoverable|Exiting with failure status)/,
  ),
  {
    kind: "patch-failed",
    role: "fatal",
    anchors: [
      "FAILED at ",
      "hunks FAILED",
      "hunk FAILED",
      "hunks failed",
      "unks ignored",
      "hunk ignored",
    ],
    pattern:
      /^(?:Hunk #\d+ FAILED at \d+.*|\d+ out of \d+ hunks? (?:FAILED|failed|ignored).*?(?:to file (?<name>(?<file>\S+)\.rej))?)$/,
    say: () => "A patch does not fit this version of the source",
    continues: /^Hunk #\d+ |^\d+ out of \d+ hunks? /,
  },
  {
    kind: "patch-failed",
    role: "fatal",
    anchors: ["error: patch failed", "does not apply", "corrupt patch"],
    pattern:
      /^error: (?:patch failed: (?<file>[^:]+):(?<line>\d+)|.*patch does not apply|corrupt patch .*)/,
    say: () => "A patch does not fit this version of the source",
    continues: /^error: .*patch does not apply/,
  },
  {
    kind: "patch-failed",
    role: "fatal",
    anchors: [
      "patch: ",
      "ind file to patch",
      "nly garbage",
      "alformed patch",
      "eversed (or previously",
    ],
    pattern:
      /^(?:\S*\/)?g?patch: (?:\*+ )?(?<what>.+)|^(?:can't find file to patch|Reversed \(or previously applied\) patch detected|I can't seem to find a patch|.*malformed patch at line).*/,
    say: ({ what }) => `A patch could not be applied${what === undefined ? "" : `: ${what}`}`,
  },
];
