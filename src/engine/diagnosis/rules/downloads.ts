// Invariant: formats of curl, wget and the checksum tools.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What fetching and checking prints. */
export const downloadForms: readonly Form[] = [
  {
    // Printed by smartbuild's own look at what configure fetched.
    kind: "download-damaged",
    role: "certain",
    anchors: [
      " is not an archive but a saved page: ",
      " is a damaged archive: ",
      " is empty, and no archive",
    ],
    pattern:
      /^(?<file>\S+) (?<what>is not an archive but a saved page: .*|is a damaged archive: .*|is empty, and no archive)$/,
    say: ({ file, what }) => `${file ?? "A download"} ${what ?? ""}`,
    explains: ["archive-damaged"],
  },
  {
    kind: "disk-full",
    role: "fatal",
    anchors: ["curl: (23)"],
    pattern: /\bcurl: \(23\) (?<what>.+)/,
    say: ({ what }) => `curl could not write what it fetched: ${what ?? ""}`,
  },
  {
    kind: "download-failed",
    role: "fatal",
    anchors: ["url: ("],
    pattern: /\bcurl: \((?<name>\d+)\) (?<what>.+)/,
    say: ({ what }) => `curl could not fetch: ${what ?? ""}`,
  },
  {
    kind: "download-failed",
    role: "fatal",
    anchors: [
      "ERROR 4",
      "ERROR 5",
      "unable to resolve",
      "ailed: Connection",
      "ailed: Temporary",
      "ailed: Name",
      "annot verify",
    ],
    pattern:
      /(?:^|\s)(?<what>ERROR [45]\d\d: .+|wget: unable to resolve.*|failed: (?:Connection (?:refused|timed out)|Name or service|Temporary failure).*|ERROR: cannot verify .*certificate.*)/,
    say: ({ what }) => `wget could not fetch: ${what ?? ""}`,
  },
  {
    kind: "checksum-mismatch",
    role: "fatal",
    anchors: [": FAILED", "FAILED open or read"],
    pattern: /^(?<file>[^\s:[\]]+): FAILED(?: open or read)?$/,
    say: ({ file }) => `${file ?? "A file"} is not the file its checksum was taken of`,
  },
  {
    kind: "checksum-mismatch",
    role: "fatal",
    anchors: [
      "hecksum mismatch",
      "hecksum failed",
      "hecksum e",
      "ash mismatch",
      "does not match",
      "did NOT match",
    ],
    pattern:
      /^(?!.*WARNING: \d)(?<what>(?:ERROR: |\S+: |=> )?.*(?:[Cc]hecksum|[Hh]ash|SHA\d*|MD5|RMD160)\b.*(?:mismatch|failed|error|does not match|did NOT match).*)/,
    say: ({ what }) => what ?? "A checksum does not match",
  },
  outcome(
    "checksum-mismatch",
    ["checksum did NOT", "checksums did NOT"],
    /WARNING: \d+ computed checksums? did NOT match/,
  ),
  {
    kind: "tool-failed",
    role: "likely",
    anchors: ["nable to load ", "ould not open file or uri", "ould not find ", "ould not read "],
    pattern:
      /^(?:(?<what>[Uu]nable to load (?:\w+ )*(?:certificate|key|CRL|config|Private Key|number).*|Could not (?:open file or uri for loading|find|read) .+ from .+))/,
    say: ({ what }) => `openssl stopped: ${what ?? ""}`,
  },
  outcome(
    "download-failed",
    ["curl.se/docs", "establish a secure"],
    /^More details here: https:\/\/curl|^curl failed to verify|^establish a secure connection/,
  ),
];
