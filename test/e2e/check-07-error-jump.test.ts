// Invariant: the problems are found by the host of a real build while its stage still writes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertTime, screenFor, timeKeys } from "../support/check-console.ts";
import type { Terminal } from "../support/tmux.ts";

const filler = (from: number): string =>
  `for i in $(seq ${String(from)} ${String(from + 59)}); do echo "cc -O2 -c file$i.c"; done`;
/** make's pointer, without an end of the recipe: a keep-going build goes on. */
const failure = (text: string): readonly string[] => [
  `echo '${text}'`,
  "echo 'gmake[1]: *** [a.o] Error 1'",
];

function assertCentred(terminal: Terminal, text: string): void {
  const rows = terminal.rows();
  const at = rows.findIndex((row) => row.includes(`›${text}`));
  assert.ok(at >= 3 + 3 && at <= rows.length - 3 - 3, terminal.screen());
}

test("check 07: e and E go round the problems, w the warnings, while the build writes", async (t) => {
  const screen = screenFor(t, {
    "1-extra-stamp": [
      filler(1),
      ...failure("one.c:1:1: error: first"),
      filler(101),
      "echo 'warn.c:3:3: warning: unused'",
      filler(201),
      ...failure("two.c:2:1: error: second"),
      filler(301),
      "while [ ! -e go ]; do echo still writing; sleep 0.05; done",
      "echo curl > proto/usr/bin/curl",
    ],
  });
  const terminal = screen.open(["run"]);
  await terminal.waitFor("still writing");
  terminal.keys("Enter");
  // The host tells once a second what it has found.
  await terminal.waitFor((shown) => {
    if (shown.includes("problem 1/2")) return true;
    terminal.keys("e");
    return false;
  });
  terminal.keys("g");
  const times = [await timeKeys(terminal, ["e"], /problem 1\/2[^]*›one\.c:1:1/)];
  assertCentred(terminal, "one.c");
  times.push(await timeKeys(terminal, ["e"], /problem 2\/2[^]*›two\.c:2:1/));
  assertCentred(terminal, "two.c");
  times.push(await timeKeys(terminal, ["e"], /problem 1\/2[^]*›one\.c:1:1/));
  times.push(await timeKeys(terminal, ["E"], /problem 2\/2[^]*›two\.c:2:1/));
  assertTime(t, "e or E, slowest", Math.max(...times), 300);
  times.push(await timeKeys(terminal, ["w"], "›warn.c:3:3"));
  assertCentred(terminal, "warn.c");
  terminal.keys("g");
  await terminal.waitFor("file1.c");
  await timeKeys(terminal, ["W"], "›warn.c:3:3");
  await terminal.waitFor(/paused, \+\d+ new lines/);
});
