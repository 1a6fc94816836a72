// Invariant: the steps on screen are those that the host found in the output of a real build.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { ScreenBuild } from "../support/screen-build.ts";

const banner = (name: string): string => `echo '========== building ${name} =========='`;

describe("the tree of stages", () => {
  const build = new ScreenBuild({
    "1-extra-stamp": [
      banner("libz"),
      "for i in $(seq 40); do echo libz line $i; done",
      banner("curl"),
      "echo 'curl.c:3:1: error: no such thing'",
      "echo 'gmake[1]: *** [Makefile:7: curl.o] Error 1'",
      "exit 1",
    ],
  });
  after(() => {
    build.close();
  });

  it("opens a stage, goes to the line of a step, and builds one component again", async () => {
    const terminal = build.open(["run"], { cols: 120, rows: 40 });
    await terminal.waitFor(/^ extra failed\./m);
    const failed = await terminal.waitFor(/^ {3}✗ curl .*✗1/m);
    assert.doesNotMatch(failed, /✓ libz/);
    terminal.keys("Space");
    await terminal.waitFor(/^›✗ extra .*\n {3}✓ libz .*\n {3}✗ curl /m);
    terminal.keys("j");
    const libz = await terminal.waitFor(/^› {2}✓ libz/m);
    assert.match(libz, /building libz ==/);
    terminal.keys("r");
    await terminal.waitFor("r: libz did not fail.");
    terminal.keys("j");
    await terminal.waitFor(/^› {2}✗ curl/m);
    terminal.keys("Space");
    await terminal.waitFor(/^›✗ extra .*\n - src/m);
    terminal.keys("Space");
    await terminal.waitFor(/^›✗ extra .*\n {3}✗ curl .*\n - src/m);
    terminal.keys("j");
    await terminal.waitFor(/^› {2}✗ curl/m);
    terminal.keys("r");
    await terminal.waitFor(/^›✓ extra\/curl/m);
    await terminal.waitFor("curl install");
    terminal.keys("q");
    await terminal.waitFor("exit=0");
    assert.match(terminal.screen(), /^ {2}✓ extra\/curl/m);
  });
});
