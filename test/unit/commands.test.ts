// Invariant: a host obeys whole commands of its own user and nothing else that lies in the folder.
import assert from "node:assert/strict";
import {
  chownSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import {
  makeCommandFolder,
  removeCommand,
  sendCommand,
  waitingCommands,
} from "../../src/engine/host/commands.ts";

function buildFor(t: TestContext): { build: string; put: (name: string, text: string) => string } {
  const build = mkdtempSync(join(tmpdir(), "smartbuild-commands-"));
  t.after(() => {
    rmSync(build, { recursive: true });
  });
  makeCommandFolder(build);
  const put = (name: string, text: string): string => {
    writeFileSync(join(build, "commands", name), text);
    return join(build, "commands", name);
  };
  return { build, put };
}

void test("commands are found oldest first and gone once removed", (t) => {
  const { build } = buildFor(t);
  assert.deepEqual(waitingCommands(build), []);
  const stop = sendCommand(build, { command: "stop", signal: "SIGINT" });
  const retry = sendCommand(build, { command: "retry", stage: "local/kvm" });
  const found = waitingCommands(build);
  assert.deepEqual(found.map(({ id }) => id).sort(), [stop, retry].sort());
  assert.deepEqual(found.find(({ id }) => id === retry)?.command, {
    command: "retry",
    stage: "local/kvm",
  });
  removeCommand(build, stop);
  removeCommand(build, stop);
  assert.deepEqual(
    waitingCommands(build).map(({ id }) => id),
    [retry],
  );
  assert.deepEqual(readdirSync(join(build, "commands")), [`${retry}.json`]);
  assert.deepEqual(waitingCommands(join(build, "nosuch")), []);
});

void test("garbage is refused with a reason, unfinished files are let be", (t) => {
  const { build, put } = buildFor(t);
  put("1.json", "");
  put("2.json", '{"command":"stop"}');
  put("3.json", '{"command":"stop","signal":"SIGKILL"}');
  put("4.json", '{"command":"retry","stage":7}');
  put("5.json", '{"command":"dance"}');
  put("6.json", "null");
  put("7.json", "[]");
  put(".8.json", '{"command":"stop","signal":"SIGINT"}');
  put("9", '{"command":"stop","signal":"SIGINT"}');
  mkdirSync(join(build, "commands", "a.json"));
  const real = join(build, "elsewhere");
  writeFileSync(real, '{"command":"stop","signal":"SIGINT"}');
  symlinkSync(real, join(build, "commands", "b.json"));
  const found = waitingCommands(build);
  assert.deepEqual(
    found.map(({ id }) => id),
    ["1", "2", "3", "4", "5", "6", "7", "a", "b"],
  );
  for (const { id, command, refused } of found) {
    assert.equal(command, undefined, id);
    assert.match(refused ?? "", /^it /, id);
  }
});

void test("a command of another user is refused", (t) => {
  if (process.geteuid?.() !== 0) {
    t.skip("only root can make a file of another user");
    return;
  }
  const { build, put } = buildFor(t);
  chownSync(put("1.json", '{"command":"stop","signal":"SIGINT"}'), 65_534, 65_534);
  assert.deepEqual(waitingCommands(build), [
    { id: "1", command: undefined, refused: "it belongs to another user" },
  ]);
});
