// Invariant: formats of mancheck, tzcheck and ucodecheck.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What the checks of the manifest print. */
export const checkForms: readonly Form[] = [
  {
    kind: "manual-page-unshipped",
    role: "certain",
    anchors: ["unshipped manual page: ", "missing manual page for ", "page not shipped: "],
    pattern:
      /^(?:binary (?<file>\S+) has unshipped manual page: (?<what>\S+)|missing manual page for (?<name>\S+)|section \S+ page not shipped: (?<page>.*))$/,
    say: ({ file, what, name, page }) =>
      name !== undefined
        ? `${name} has no manual page`
        : file !== undefined
          ? `The manual page ${what ?? ""} of ${file} is not in the manifest`
          : `The manual page ${page ?? ""} is in no manifest`,
    continues: /has unshipped manual page: |^missing manual page for |page not shipped: /,
  },
  {
    kind: "manifest-mismatch",
    role: "certain",
    anchors: ["sing from manifest: ", "mismatch: ", 'hardlink "'],
    pattern:
      /(?:^|\s)(?<what>missing from manifest|(?:type|symlink target|hardlink) mismatch): (?<name>\S+)/,
    say: ({ what, name }) =>
      `${name ?? "A path"} in the proto area does not agree with the manifest (${what ?? ""})`,
    continues: /missing from manifest: |mismatch: |^\s*(?:proto|manifest): /,
  },
  {
    kind: "tool-failed",
    role: "fatal",
    anchors: ["mancheck: ", "tzcheck: ", "ucodecheck: ", "mancf: "],
    pattern:
      /(?:^|\.\.\. +)(?<name>mancheck|tzcheck|ucodecheck|mancf): (?!(?:ucode|time zone) errors found|could not read manifest|found \d+)(?<what>.+)/,
    say: ({ name, what }) => `${name ?? "A check"} stopped: ${what ?? ""}`,
  },
  outcome(
    "manifest-mismatch",
    ["errors found: ", "not read manifest file", "to read manifest file", "manual pages: "],
    /(?:time zone|ucode) errors found: [1-9]|could not read manifest file|failed to read manifest file|^(?:unshipped|missing) manual pages.*: [1-9]/,
  ),
];
