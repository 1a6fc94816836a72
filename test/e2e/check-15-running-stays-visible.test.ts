// Invariant: the problems on screen were found by the diagnosis in the output of a real build.
import assert from "node:assert/strict";
import { test } from "node:test";
import { holding, ScreenBuild } from "../support/screen-build.ts";

const count = 50;
const rows = 24;
/** What make with -k prints of so many files that do not compile. */
const failures = Array.from({ length: count }, (_, index) => [
  `echo "part${index}/file.c:${index + 1}:5: error: 'name${index}' undeclared"`,
  `echo "gmake[1]: *** [Makefile:7: part${index}/file.o] Error 1"`,
]).flat();

test("check 15: what runs stays on screen beside 50 failures", async (t) => {
  const build = new ScreenBuild({ "1-extra-stamp": [...failures, "echo still busy", ...holding] });
  t.after(() => {
    build.close();
  });
  const terminal = build.open(["run"], { cols: 80, rows });
  await terminal.waitFor(`${count} problems`);
  const check = (screen: string, what: string): number => {
    const lines = screen.replace(/\n$/, "").split("\n");
    assert.match(lines[0] ?? "", /running/, `the header ${what}`);
    assert.match(screen, /^[› ]\S extra .*✗50 +\d\d:\d\d/m, `the running stage ${what}`);
    const first = lines.findIndex((line) => line.startsWith(` ${count} problems`));
    const strip = lines.slice(first).filter((line) => /^ ✗ |^ 50 problems/.test(line));
    assert.ok(strip.length > 1 && strip.length <= rows / 3, `${strip.length} rows ${what}`);
    return strip.length;
  };
  const taken = check(await terminal.waitFor("still busy"), "at first");
  t.diagnostic(`${taken} of ${rows} rows for ${count} problems`);
  // Wherever the selection goes, the row of what runs does not leave the screen.
  terminal.keys("k", "k", "k", "k");
  check(await terminal.waitFor(/^›\S configure/m), "with the first stage selected");
  terminal.keys(...Array.from({ length: 20 }, () => "j"));
  check(await terminal.waitFor(/^›\S live/m), "with the last stage selected");
});
