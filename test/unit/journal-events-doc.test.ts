// Invariant: docs/events.md tells of every event and every exit code, with examples that are events.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exitCodes, stoppedBy } from "../../src/engine/exit-codes.ts";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import { readLine } from "../../src/engine/journal/read.ts";
import { statusObject } from "../../src/commands/status.ts";
import { eventfulBuild } from "../support/journal-builder.ts";

const top = join(import.meta.dirname, "../..");
const text = readFileSync(join(top, "docs/events.md"), "utf8");
const source = readFileSync(join(top, "src/engine/journal/events.ts"), "utf8");
const union = source.slice(
  source.indexOf("export type EventBody"),
  source.indexOf("/** A file the build"),
);

/** Members of the union as the source has them: each type with the names of its own fields. */
const members = new Map(
  union
    .split(/^ {2}\| \{/m)
    .slice(1)
    .map((member) => [
      /readonly type: "([\w-]+)"/.exec(member)?.[1] ?? "",
      [...member.matchAll(/(?:^ {6}|^ )readonly (\w+)\??:/gm)].map(([, name]) => name ?? ""),
    ]),
);

function section(title: string): string {
  const start = text.indexOf(`### ${title}\n`);
  assert.notEqual(start, -1, `docs/events.md has no section ${title}`);
  return text.slice(start, text.indexOf("\n##", start + 4));
}

/** The example of a section as it stands in a journal: on one line. */
function example(part: string): string {
  const shown = /```json\n([^`]*)\n```/.exec(part)?.[1] ?? "null";
  return JSON.stringify(JSON.parse(shown));
}

void test("every event is described, with its fields and an example", () => {
  assert.equal(members.size, 14);
  for (const [type, fields] of members) {
    const part = section(type);
    const read = readLine(example(part));
    assert.ok("event" in read, `${type}: ${JSON.stringify(read)}`);
    assert.equal(read.event.type, type);
    for (const field of fields.filter((name) => name !== "type")) {
      assert.ok(part.includes(`"${field}":`) || part.includes(`\`${field}\``), `${type}: ${field}`);
    }
  }
  const titles = [...text.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
  assert.deepEqual(titles, [...members.keys()]);
});

void test("the examples fold like any journal", () => {
  const events = [...members.keys()].map(
    (type) => JSON.parse(example(section(type))) as JournalEvent,
  );
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
  assert.equal(foldAll(events)?.state, "succeeded");
});

void test("the status object has the fields that status prints", () => {
  const part = text.slice(text.indexOf("## status --json"), text.indexOf("## Exit codes"));
  const shown = JSON.parse(example(part)) as { stages: object[] };
  const state = foldAll(eventfulBuild());
  assert.ok(state);
  const real = JSON.parse(JSON.stringify(statusObject(state))) as { stages: object[] };
  assert.deepEqual(Object.keys(shown), Object.keys(real));
  assert.deepEqual(Object.keys(shown.stages[0] ?? {}), Object.keys(real.stages[0] ?? {}));
});

void test("every exit code is in the table", () => {
  const table = text.slice(text.indexOf("## Exit codes"));
  for (const code of [0, ...Object.values(exitCodes), ...Object.values(stoppedBy)]) {
    assert.match(table, new RegExp(`^\\|[^|]*\\b${code}\\b`, "m"), String(code));
  }
});
