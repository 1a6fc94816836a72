// Invariant: the build is a real one of a tiny tree; its settings are read back from its folder.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stageSettings } from "../../src/commands/stage-settings.ts";
import { newestBuild, run, treeFor } from "../support/smartbuild.ts";

describe("settings of a failed stage", () => {
  it("are told with their place, and when they have changed since", async (t) => {
    const tree = treeFor(t, { manifest: ["exit 3"] });
    const ended = await run(["run", "manifest", "--plain"], { cwd: tree.root });
    assert.notEqual(ended.code, 0);
    const folder = newestBuild(tree.root) ?? "";
    assert.ok(
      stageSettings(folder, "manifest").includes("OVERLAYS=generic (configure.local:1)"),
      stageSettings(folder, "manifest").join("\n"),
    );
    tree.write("configure.local", "# two\nOVERLAYS='generic more'\n");
    assert.ok(
      stageSettings(folder, "manifest").includes(
        "OVERLAYS=generic more (configure.local:2, changed since)",
      ),
    );
  });

  it("are none where the folder is no build", () => {
    assert.deepEqual(stageSettings("/nowhere", "manifest"), []);
  });
});
