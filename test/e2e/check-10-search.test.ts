// Invariant: the log is a gigabyte and the rare word stands in it once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertTime, endedBuild, screenFor, timeKeys } from "../support/check-console.ts";
import { firstLine, gigabyte, lastLine, rareWord, writeHugeLog } from "../support/huge-log.ts";

test("check 10: a search of 1 GB shows its first hit at once and blocks no key", async (t) => {
  const screen = screenFor(t);
  endedBuild(screen, (path) => void writeHugeLog(path, gigabyte));
  const terminal = screen.open([]);
  await terminal.waitFor(lastLine);
  terminal.keys("Enter");
  await terminal.waitFor(/-(\d+) of \1\b/, 60_000);

  // Typed beforehand: what is measured begins with Enter.
  terminal.keys("/file10");
  await terminal.waitFor(/^ \/file10$/m);
  const first = await timeKeys(terminal, ["Enter"], /\/file10 {2}\d+\/\d/);
  assertTime(t, "first hit of a frequent word", first, 300);
  const help = await timeKeys(terminal, ["?"], /^ Keys/m);
  assertTime(t, "? while it is counted", help, 200);
  terminal.keys("?");
  await terminal.waitFor((shown) => /\/file10 {2}[\d,]+\/[\d,]+ /.test(shown), 60_000);
  const place = (): number =>
    Number(/\/file10 {2}([\d,]+)\//.exec(terminal.screen())?.[1]?.replaceAll(",", ""));
  const at = place();
  terminal.keys("n", "n");
  await terminal.waitFor(() => place() === at + 2);
  terminal.keys("N");
  await terminal.waitFor(() => place() === at + 1);
  terminal.keys("Escape");
  await terminal.waitFor((shown) => shown.includes(lastLine) && !shown.includes("/file10"));

  // From the top: how far a search has to read is part of what it takes.
  terminal.keys("g", `/${rareWord}`);
  await terminal.waitFor(new RegExp(`^ /${rareWord}$`, "m"));
  const began = performance.now();
  const rare = await timeKeys(terminal, ["Enter"], `›the ${rareWord} stands here`);
  assertTime(t, "first hit of a rare word", rare, 300);
  await terminal.waitFor(new RegExp(`/${rareWord} {2}1/1 (?!.*searching)`), 60_000);
  assertTime(t, "1 GB counted", performance.now() - began, 3000);
  assert.ok(
    terminal.rows().some((row) => row.endsWith("•")),
    "the hit is marked on the scroll bar",
  );
  terminal.keys("n");
  await terminal.waitFor("No match below; this is the first one from the top.");
  terminal.keys("N");
  await terminal.waitFor("No match above; this is the last one from the end.");
  terminal.keys("Escape");
  await terminal.waitFor(firstLine);
});
