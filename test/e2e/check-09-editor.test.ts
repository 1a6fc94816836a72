// Invariant: the editor is a program that writes down what it was given and waits for Enter.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { endedBuild, numbered, screenFor } from "../support/check-console.ts";

/** The screen without the cells of the clock. */
function settled(shown: string): string {
  return shown.replace(/\d+:\d\d(?::\d\d)?/g, "");
}

test("check 09: o opens the editor at file and line, and leaves all as it was", async (t) => {
  const screen = screenFor(t);
  const { root } = screen.tree;
  const editor = join(root, "editor");
  writeFileSync(editor, `#!/bin/sh\necho "$PWD|$*" > ${root}/edited\nread answer\n`);
  chmodSync(editor, 0o755);
  const source = join(root, "projects/illumos-extra/curl");
  screen.tree.write("projects/illumos-extra/curl/lib/url.c", "int x;\n");
  const proof = "lib/url.c:12:5: error: 'foo' undeclared\n";
  const log =
    numbered(100) +
    `gmake[1]: Entering directory '${source}'\n` +
    numbered(40) +
    "In file included from lib/url.c:7:1:\n" +
    numbered(40) +
    proof +
    numbered(100);
  endedBuild(screen, log, [{ text: proof, file: "lib/url.c", line: 12, folder: source }]);
  const terminal = screen.open([], { env: { EDITOR: editor, VISUAL: undefined } });
  const edited = (): string => readFileSync(join(root, "edited"), "utf8");
  /** The screen once nothing of a frame is still on its way: it stays as it is. */
  const drawn = async (): Promise<string> => {
    const seen: string[] = [];
    await terminal.waitFor((shown) => {
      seen.push(settled(shown));
      return seen.length > 5 && seen.slice(-5).every((each) => each === seen.at(-1));
    });
    return seen.at(-1) ?? "";
  };
  const editHere = async (): Promise<void> => {
    const before = await drawn();
    terminal.keys("o");
    await terminal.waitFor(() => terminal.property("alternate_on") === "0");
    terminal.keys("Enter");
    await terminal.waitFor(() => terminal.property("alternate_on") === "1");
    await terminal.waitFor((shown) => settled(shown) === before);
  };

  await terminal.waitFor("›lib/url.c:12:5");
  terminal.keys("Enter");
  await terminal.waitFor("problem 1/1");
  await editHere();
  assert.equal(edited(), `${root}|+12 ${source}/lib/url.c\n`);

  terminal.keys("/included", "Enter");
  await terminal.waitFor("›In file included");
  terminal.keys("Escape");
  await terminal.waitFor("›lib/url.c:12:5");
  terminal.keys("g", "/included", "Enter");
  await terminal.waitFor("›In file included");
  await editHere();
  assert.equal(edited(), `${root}|+7 ${source}/lib/url.c\n`);
  t.diagnostic("screen, place and follow as before; 2 names resolved by the log's folders");
});
