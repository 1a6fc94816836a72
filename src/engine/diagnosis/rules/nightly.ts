// Invariant: formats of illumos' nightly and build_illumos.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What nightly prints. */
export const nightlyForms: readonly Form[] = [
  {
    kind: "nightly-failed",
    role: "certain",
    anchors: [
      "Aborting due to",
      "Aborting at request",
      "closed binaries tree",
      "already started by",
      'Unable to find "',
      "set to garbage",
      "existing buildstamp",
      "not bootstrap tools",
      "trouble with bringover",
      "CODEMGR_WS not",
      "is not a directory.",
      "Makefile not found",
    ],
    pattern:
      /^(?<what>Aborting (?:due to|at request).*|ON_CLOSED_BINS must point.*|.* already started by .* as \d+\.|Unable to find "Makefile".*|\$MAKE is set to garbage.*|failed to read existing buildstamp|Error: (?:Variable CODEMGR_WS|\S+ is not a directory|\S+Makefile not found|could not bootstrap tools).*|trouble with bringover.*)/,
    say: ({ what }) => `nightly stopped: ${what ?? ""}`,
  },
  outcome(
    "nightly-failed",
    ["illumos nightly build failed"],
    /^WARNING: illumos nightly build failed/,
    () => "nightly failed; its mail_msg and nightly.log say why",
  ),
];
