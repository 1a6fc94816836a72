// Invariant: formats of test runs: automake, TAP, git's own, libtest and the illumos test runner.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What test drivers print. */
export const testForms: readonly Form[] = [
  {
    kind: "test-failed",
    role: "fatal",
    anchors: ["FAIL: ", "ERROR: ", "* FAIL", "not ok "],
    pattern:
      /^(?:FAIL: (?=(?<name>\S+))|ERROR: (?=\S*[./]\S+(?: \d+\b.*)?$)).*|^\* ?FAIL \d+: (?<what>.+)|^not ok \d+ (?!.*# (?:TODO|SKIP|known))-? ?(?<file>.+)/,
    say: ({ name, what, file }) => `A test failed: ${name ?? what ?? file ?? ""}`,
  },
  outcome(
    "test-failed",
    ["# FAIL: ", "# ERROR: ", "test-suite.log", "tests failed"],
    /^# (?:FAIL|ERROR): +[1-9]|^See \S*test-suite\.log|^\d+ of \d+ tests failed/,
  ),
];
