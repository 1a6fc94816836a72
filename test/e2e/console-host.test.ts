// Invariant: a console tells of a build that has no host, and of nothing else that is wrong with it.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import { eventsOfType, hostPid, isLive, until } from "../support/smartbuild.ts";

describe("a console whose build has lost its host", () => {
  const build = new ScreenBuild({ "1-extra-stamp": [...counting(20), ...holding] });
  after(() => {
    build.close();
  });

  it("says that the host dies again and again, and that the stage goes on", async () => {
    const { root } = build.tree;
    const terminal = build.open(["run"]);
    await terminal.waitFor("file20.c");
    for (const count of [1, 2, 3]) {
      await until(
        `host ${count} is there`,
        () => eventsOfType(root, "host-started").length === count,
      );
      const pid = hostPid(root);
      process.kill(pid, "SIGKILL");
      await until("it is dead", () => !isLive(pid));
    }
    const said = "This build's host died three times within a minute; it is tried again later.";
    const screen = await terminal.waitFor(said);
    assert.match(screen, /running .*\d+:\d\d/, "the build itself is not said to be over");
    terminal.keys("?");
    await terminal.waitFor((now) => now.includes("Previous stage") && now.includes(said));
    terminal.keys("Escape");
    await terminal.waitFor((now) => !now.includes("Previous stage") && now.includes(said));
    assert.equal(eventsOfType(root, "host-started").length, 3);
    const stopped = build.run("stop");
    assert.equal(stopped.status, 0, "a stop is worth one more host");
    assert.match(stopped.output, /was stopped\.$/m);
    await terminal.waitFor((now) => now.includes("Stopped.") && !now.includes(said));
  });
});
