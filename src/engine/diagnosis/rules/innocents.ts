// Invariant: holds only formats of successful or tolerated output; nothing here is a problem.
import type { Form } from "../form.ts";

/** Lines that say that the failure above them was let pass. */
export const ignoredForms: readonly Form[] = [
  // `-` before the command, or -i; dmake says it after the code.
  {
    kind: "command-failed",
    role: "ignored",
    anchors: ["(ignored)", "игнорировано)", "(ignoré", "ignoriert)"],
    pattern:
      /^(?:\S*make(?:\[(?<level>\d+)\])?: )?.*\((?:ignored|игнор\S*|ignorée?|ignoriert)\)\s*$/u,
  },
  // build_strap: no cache of the strap area fits, which is usual after a change of illumos-extra.
  {
    kind: "download-failed",
    role: "ignored",
    anchors: [": building locally"],
    pattern: /^Failed to (?:find|download) .*: building locally$/,
  },
  // config.log: a program that was tried did not compile, or did; both are answers.
  {
    kind: "autoconf-failed",
    role: "ignored",
    anchors: ["$? = ", "failed program was"],
    pattern: /^configure:\d+: (?:\$\? = \d+|failed program was:)|^configure: failed program was:/,
  },
];

/** Lines that fit a form of failure and are none. */
export const innocents: readonly RegExp[] = [
  // autoconf's questions, whose answer may be anything, and the programs it tries.
  /^(?:checking |configure:\d+: (?:checking |result: |\$\? = ))(?!.*configure: error:)/,
  /\bconftest\w*\.?\w*[:"]|^configure:\d+: .*conftest/,
  // Commits: their titles tell of errors that were mended.
  /^[0-9a-f]{7,40} \S/,
  // The part of config.log that repeats the program that was tried.
  /^\| (?! *builder: | *FILE: |lofiadm|umount|rm:)/,
  /^\s*(?:XFAIL|SKIP|# (?:XFAIL|XPASS|SKIP))\b/,
  // Counts of zero.
  /\b(?:ERRORS?|FAIL(?:ED|URES?)?|[Ee]rrors?|[Ff]ailures?):? +0\b|\b(?:0|[Nn]o) (?:errors?|failures?|failed)\b/,
  // The tree's Makefile asks at parse time for what an older tree or another system does not have.
  /^error: pathspec 'deps\/\w+' did not match|\boptimize_jobs: line \d+: kstat: |^fatal: ambiguous argument 'HEAD'|: \[\[: not found$|\bexec: mdata-get: not found$/,
  // nightly goes on without a check that is not installed.
  /\bnightly\[\d+\]: (?:(?:check|proto|find_|wsdiff|interface_check|elf)\w*: +not found|\[: argument expected)|^expr: syntax error/,
  // cpp run over a template whose comments begin with #.
  /\.in:\d+:\d+: error: invalid preprocessing directive #/,
  // Messages within the recipe that would print them.
  /\b(?:echo|printf) +(?:-\w+ +)?\\?["']?(?:ERROR|FATAL|WARNING|error|fatal|Error)\b/,
  /^(?!\S*make(?:\[\d+\])?: )\S+(?:: \S+)*: [Ww]arning: |^(?:WARNING|Warning|warning): (?!illumos nightly)/,
];
