// Invariant: a console that watches a build of a day, a million events, holds no more at its end than
// after the first tenth of it.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { EventBody } from "../../src/engine/journal/events.ts";
import { dayBegins, stageOfDay } from "../support/build-day.ts";
import { numbered } from "../support/journal-builder.ts";
import { growthText, heldBy, probeOptions, type HeldMemory } from "../support/memory-probe.ts";
import { ScreenBuild } from "../support/screen-build.ts";
import { until } from "../support/smartbuild.ts";

const eventsOfStage = 25_000;
const stages = 40;
const firstTenth = stages / 10;
/** Little room for garbage; a leak of some bytes an event ends it. */
const heap = "--max-old-space-size=64 --max-semi-space-size=2";

test("a console keeps its size over the events of a day", async (t) => {
  const build = new ScreenBuild();
  t.after(() => {
    build.close();
  });
  const { root } = build.tree;
  const folder = join(root, "log/smartbuild/0001-20260101T000000Z");
  const journal = join(folder, "journal.jsonl");
  mkdirSync(folder, { recursive: true });
  let written = 0;
  const add = (bodies: readonly EventBody[]): void => {
    const events = numbered(bodies, written + 1);
    appendFileSync(journal, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    written += bodies.length;
  };
  add(dayBegins(stages));
  const env = { NODE_OPTIONS: `${heap} ${probeOptions(root)}` };
  const terminal = build.open(["attach"], { env });
  await terminal.waitFor("local/part1");
  const pid = await until("the console runs", () => terminal.pids("cli.js attach")[0]);
  let tenth: HeldMemory | undefined;
  for (let stage = 1; stage <= stages; stage++) {
    add([...stageOfDay(stage, eventsOfStage)]);
    // The list of all that is wrong is on screen meanwhile.
    terminal.keys(stage === 1 ? "f" : "j");
    await terminal.waitFor(`${stage} of ${stages + 1} stages`, 60_000);
    if (stage === firstTenth) tenth = await heldBy(pid, root);
  }
  const end = await heldBy(pid, root);
  assert.ok(tenth !== undefined && written >= stages * eventsOfStage);
  t.diagnostic(`${written} events; after a tenth ${growthText(tenth, end)}`);
  assert.ok(end.held - tenth.held < 20, growthText(tenth, end));
  assert.ok(end.resident - tenth.resident < 20, growthText(tenth, end));
});
