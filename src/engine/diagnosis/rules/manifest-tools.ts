// Invariant: formats of build_manifest, sorter and the shared manifest parser.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What the manifest tools print. */
export const manifestForms: readonly Form[] = [
  {
    kind: "manifest-line-invalid",
    role: "certain",
    anchors: ["manifest line"],
    pattern:
      /(?:ERROR: (?:invalid|unexpected) manifest line: '?(?<name>.+?)'?(?: \(removing\))?$|ERROR: manifest line type '(?<what>.)' unrecognised)/,
    say: ({ name, what }) =>
      name === undefined
        ? `A manifest line has the unknown type ${what ?? ""}`
        : `A manifest line is not valid: ${name}`,
  },
  {
    kind: "manifest-line-invalid",
    role: "certain",
    anchors: ["of arguments for ", "Invalid type (", "link target: '"],
    pattern:
      /^(?<what>Wrong number of arguments for \w+ on line\[(?<line>\d+)\]: (?<name>.*)|Invalid type \(.\) on line\[\d+\]: .*|invalid \w+ target: '.*')/,
    say: ({ what }) => `builder cannot read a manifest line: ${what ?? ""}`,
  },
  {
    // Printed by smartbuild's own look at what make made.
    kind: "manifest-truncated",
    role: "certain",
    anchors: ["manifest.gen lacks "],
    pattern:
      /^(?<file>(?:boot\.)?manifest\.gen) lacks (?<what>\d+ entries of \S+, the first is \S+ of \S+)$/,
    say: ({ file, what }) => `${file ?? "manifest.gen"} lacks ${what ?? "entries"}`,
  },
  {
    kind: "manifest-line-invalid",
    role: "fatal",
    anchors: ["build_manifest: "],
    pattern:
      /^build_manifest: (?<what>manifest (?:file already|snippet directory).*|no files in .*|Manifest directory is required.*|ls and wc .*)/,
    say: ({ what }) => `The manifest could not be put together: ${what ?? ""}`,
  },
  outcome(
    "tool-failed",
    ["to append to manifest", "remove comments from"],
    /^build_manifest: (?<what>failed to .*)|build_manifest: failed to append/,
    ({ what }) => `The manifest could not be put together: ${what ?? ""}`,
  ),
];
