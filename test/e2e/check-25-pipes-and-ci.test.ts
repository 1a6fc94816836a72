// Invariant: where nobody can draw, the output is lines that stay true in a file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import { statusObject } from "../../src/commands/status.ts";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";

const failing = [
  ...counting(10),
  "echo \"curl.c:12:5: error: 'foo' undeclared (first use in this function)\"",
  "exit 1",
];

test("check 25: pipes and CI get plain lines, a heartbeat, and JSON that replays", async (t) => {
  const build = new ScreenBuild({ "0-extra-stamp": [...holding], "1-extra-stamp": failing });
  t.after(() => {
    build.close();
  });
  const { root } = build.tree;
  const plainLines = (text: string): readonly string[] => {
    assert.doesNotMatch(text, /\u001b/);
    return text.split(/\r?\n/);
  };

  // A pipe, in a terminal that could draw.
  const env = { SMARTBUILD_HEARTBEAT_MS: "300" };
  const piped = build.shell(["sh", "-c", `${build.program} run | tee piped.txt; echo piped`], {
    env,
  });
  await piped.waitFor(/still running: strap/);
  build.release();
  await piped.waitFor("piped", 60_000);
  const lines = plainLines(readFileSync(`${root}/piped.txt`, "utf8"));
  const stages = ["configure", "strap", "illumos"];
  for (const name of stages) {
    assert.equal(lines.filter((line) => line.includes(` ${name} started`)).length, 1, name);
    assert.equal(lines.filter((line) => line.includes(` ${name} succeeded`)).length, 1, name);
  }
  assert.doesNotMatch(
    lines.join("\n"),
    / started: .* will be built/,
    "what it waited for is there",
  );
  const beats = lines.filter((line) => /^\d\d:\d\d still running: strap/.test(line)).length;
  assert.ok(beats >= 1, "a heartbeat while nothing else is said");
  assert.ok(lines.some((line) => /^\d\d:\d\d extra failed after .*, status 2/.test(line)));
  assert.ok(
    lines.includes("      | curl.c:12:5: error: 'foo' undeclared (first use in this function)"),
  );
  assert.ok(lines.some((line) => /^Build \S+ failed after/.test(line)));

  // Terminals that cannot draw, or where nobody sits.
  for (const [name, value] of [
    ["TERM", "dumb"],
    ["CI", "1"],
  ] as const) {
    const terminal = build.shell(["sh", "-c", `read go; ${build.program} run extra`], {
      env: { [name]: value },
    });
    const bytes = terminal.record();
    terminal.keys("Enter");
    await terminal.waitFor("exit=2", 60_000);
    const text = plainLines(readFileSync(bytes, "utf8")).join("\n");
    assert.match(text, /^00:0\d extra failed/m, name);
  }

  const json = build.shell(["sh", "-c", `${build.program} run extra --json > events; echo over`]);
  await json.waitFor("over", 60_000);
  const events = readFileSync(`${root}/events`, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as JournalEvent);
  assert.ok(events.every(({ v }) => v === 1));
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
  const replayed = foldAll(events);
  assert.ok(replayed);
  const told: unknown = JSON.parse(build.run("status", "--json").output);
  assert.deepEqual(JSON.parse(JSON.stringify(statusObject(replayed))), told);
  t.diagnostic(`${lines.length} lines for ${stages.length + 1} stages, ${events.length} events`);
});
