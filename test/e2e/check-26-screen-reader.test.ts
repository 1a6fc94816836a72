// Invariant: what a screen reader gets is one stream of lines: nothing moves, nothing is drawn, and
// every form is answered by typed numbers and texts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const build = new ScreenBuild({ "1-extra-stamp": [...counting(60), ...holding, "exit 3"] });
after(() => {
  build.close();
});

/** A shell with a screen reader's setting, and all bytes it gets. */
async function shell(): Promise<{ readonly terminal: Terminal; readonly bytes: () => string }> {
  const terminal = build.shell(["sh", "-i"], {
    cols: 100,
    rows: 50,
    env: { PS1: "ready ", ACCESSIBLE: "1" },
  });
  await terminal.waitFor("ready");
  const path = terminal.record();
  return { terminal, bytes: () => readFileSync(path, "utf8") };
}

function assertLinear(bytes: string): void {
  assert.doesNotMatch(bytes, /\u001b/, "no escape sequence at all");
  assert.doesNotMatch(bytes, /[\u2500-\u259f]/, "no box drawing");
  assert.doesNotMatch(bytes, /[\u2800-\u28ff]/, "no spinner");
  assert.doesNotMatch(bytes.replaceAll("\r\n", "\n"), /\r|\u0008/, "nothing is written over");
}

/** Types an answer once the question before it stands there. */
async function answer(terminal: Terminal, question: RegExp, text: string): Promise<string> {
  const screen = await terminal.waitFor((now) =>
    question.test(now.trimEnd().split("\n").at(-1) ?? ""),
  );
  terminal.keys(...(text === "" ? [] : ["-l", text]));
  terminal.keys("Enter");
  return screen;
}

const menu = /hear the state again:$/;
const back = /to go back:$/;

test("check 26: a screen reader gets lines and numbered questions", async (t) => {
  const { terminal, bytes } = await shell();

  // run: it tells what happens; Enter leads to the menu; the build goes on.
  terminal.keys("-l", `${build.program} run`);
  terminal.keys("Enter");
  await terminal.waitFor(/extra started/);
  terminal.keys("Enter");
  const first = await answer(terminal, menu, "4");
  assert.match(first, /Build \S+: running\. .*extra is running\./);
  assert.match(first, /^3\. Problems \(not now: there are none\)$/m);

  // The log, by numbers and texts.
  const stages = await terminal.waitFor(/^\d+\. extra, running$/m);
  const number = /^(\d+)\. extra, running$/m.exec(stages)?.[1] ?? "";
  await answer(terminal, back, number);
  await terminal.waitFor(/^\d+: cc -O2 -c file60\.c$/m);
  await answer(terminal, back, "/file7\\.c");
  await terminal.waitFor(/^\d+: cc -O2 -c file7\.c$/m);
  await answer(terminal, back, "");

  // A form: an impossible value is refused with the reason, a diff comes before writing.
  await answer(terminal, menu, "6");
  const listed = await terminal.waitFor(/^\d+\. OVERLAYS: /m);
  const field = /^(\d+)\. ROOT_SIZE_KIB: /m.exec(listed)?.[1] ?? "";
  await answer(terminal, back, field);
  await answer(terminal, /to leave it:$/, "many");
  await terminal.waitFor(/^Refused: A whole number above 0/m);
  await answer(terminal, /to leave it:$/, "100000");
  const diff = await terminal.waitFor(/^2\. Leave it as it was$/m);
  assert.match(diff, /This would be written:\n[^]*100000/);
  await answer(terminal, back, "1");
  await terminal.waitFor(/^Wrote \S+\.$/m);
  await answer(terminal, back, "");
  assert.match(readFileSync(join(build.tree.root, "smartbuild.image"), "utf8"), /100000/);

  // Stop asks first; letting it go on is an answer, too.
  await answer(terminal, menu, "9");
  await answer(terminal, back, "2");
  await answer(terminal, menu, "2");
  await terminal.waitFor(/Enter goes to the menu/);
  build.release();
  await terminal.waitFor(/extra failed after/);
  await answer(terminal, menu, "3");
  const proof = await answer(terminal, back, "1");
  assert.match(proof, /1\. extra: /);
  await terminal.waitFor(/^extra\.1\.log, problem 1 of 1/m);
  await answer(terminal, back, "");
  await answer(terminal, menu, "10");
  await terminal.waitFor(/^ready\s*$/m);

  // console, attach and the option.
  for (const command of ["console", "attach"]) {
    terminal.keys("-l", `${build.program} ${command}; echo code $?`);
    terminal.keys("Enter");
    if (command === "attach") await terminal.waitFor(/failed after/);
    await answer(terminal, menu, "10");
    await terminal.waitFor((screen) => /^code 2$/m.test(screen.split(command).at(-1) ?? ""));
  }
  terminal.keys("-l", `clear; ACCESSIBLE= ${build.program} --screen-reader --ascii`);
  assertLinear(bytes());
  terminal.keys("Enter");
  await answer(terminal, menu, "99");
  await answer(terminal, menu, "10");
  await terminal.waitFor(/^ready\s*$/m);
  t.diagnostic(
    `${String(bytes().length)} bytes, no escape sequence, every form answered by numbers`,
  );
});
