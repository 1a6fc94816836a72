// Invariant: formats of the tree's own configure, classic and modern, and of build_strap.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What configure and build_strap print; `... ` may stand before it on the same line. */
export const configureTreeForms: readonly Form[] = [
  {
    kind: "configure-host",
    role: "certain",
    anchors: ["only works on", "must be run from", "is not supported", "ips based systems"],
    pattern:
      /(?:configure: (?<what>(?:build only works on SunOS|configure must be run from|building in a GZ|Building on ips).*)|^FATAL: (?<name>This only works with SunOS.*))/,
    say: ({ what, name }) => `configure refuses to run here: ${what ?? name ?? ""}`,
  },
  // pkgin, behind configure's `Installing packages ... `.
  {
    kind: "download-failed",
    role: "fatal",
    anchors: ["pkgin: Could not fetch", "pkgin: could not fetch"],
    pattern: /(?:^|\.\.\. *)pkgin: [Cc]ould not fetch (?<what>.+)/,
    say: ({ what }) => `pkgin could not fetch ${what ?? "from its repository"}`,
  },
  {
    kind: "package-missing",
    role: "fatal",
    anchors: ["not available in the repository"],
    pattern: /^(?<name>\S+) is not available in the repository$/,
    say: ({ name }) => `The package ${name ?? ""} is not in pkgin's repository`,
  },
  {
    kind: "package-missing",
    role: "likely",
    anchors: ["empty available packages list"],
    pattern: /(?:^|\.\.\. *)pkgin: empty available packages list$/,
    say: () => "pkgin has no list of packages",
  },
  outcome(
    "configure-failed",
    [
      "configure: unable to",
      "configure: failed to",
      "configure: failed inst",
      "configure: Error enc",
    ],
    /(?:^|\.\.\. *)configure: (?<what>(?:unable to|failed (?:to|installed)|Error encountered).*)/,
    ({ what }) => `configure stopped: ${what ?? ""}`,
  ),
  {
    kind: "configure-failed",
    role: "certain",
    anchors: [
      "missing from configure",
      "No GET_",
      "no URL is set",
      "overlay order not",
      "nknown debug option",
      "alue for ILLUMOS",
      "LTARBALL_URL",
      "No ILLUMOS_ADJ",
      "create projects/ directory",
    ],
    pattern:
      /(?:^|\.\.\. *|configure: )(?<what>\w+ missing from configure|FATAL: (?:No (?:GET_|ILLUMOS_)|unable to (?:download|create projects)|overlay order).*|[Uu]nknown debug option .*|Unknown value for ILLUMOS.*)/,
    say: ({ what }) => `configure stopped: ${what ?? ""}`,
  },
  outcome(
    "configure-failed",
    ["command failed to get", "Unable to list", "Unable to get"],
    /^(?<what>FATAL: (?:GET_\w+ command failed|Unable to (?:list|get)).*)/,
    ({ what }) => `configure stopped: ${what ?? ""}`,
  ),
  outcome("configure-failed", ["borting configure"], /^Aborting configure/),
  outcome(
    "strap-failed",
    [
      "build install_strap",
      "extract adjunct",
      "extract tar file",
      "pkgsrc branch",
      "extra SHA",
      "weird non-dir",
      "ailed to symlink",
      "couldn't mkdir",
      "couldn't chown",
      "temporary directory to",
      "ailed to make ",
      "ailed to mkdir for ",
      "ailed to create ",
    ],
    /^(?<what>failed to (?:build install_strap|extract (?:adjunct|tar file|pkgsrc branch|illumos-extra SHA)|make \S+$|mkdir for \S+$|rename our temporary|symlink|create \S+$)|couldn't (?:mkdir|chown) \S+|found weird non-directory.*|pkgsrc branch is empty|illumos-extra SHA is empty)/,
    ({ what }) => `The strap area could not be made: ${what ?? ""}`,
  ),
  {
    kind: "configure-host",
    role: "certain",
    anchors: ["OpenSSL 3.0.0 or later"],
    pattern: /^Platform image must include OpenSSL 3\.0\.0 or later/,
    say: () => "The build machine's platform image is too old: it must have OpenSSL 3 or later",
  },
];
