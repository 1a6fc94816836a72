// Invariant: which log counts is told by journals alone, whatever the folders of the logs hold besides.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { readPrintedLogs, type LoggedStage } from "../../src/engine/audit/printed/printed-logs.ts";
import { compiledWithHost } from "../../src/engine/audit/rules/compiled-with-host.ts";
import { eventVersion, type EventBody } from "../../src/engine/journal/events.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-printed-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const stages: readonly LoggedStage[] = [
  { name: "illumos", folder: "projects/illumos", isStrap: false },
  { name: "extra", folder: "projects/illumos-extra", components: ["a", "b"], isStrap: false },
  { name: "extra/a", component: "a", folder: "projects/illumos-extra/a", isStrap: false },
];

/** A stage with its steps and what each printed; `failed` after the last of them. */
function build(
  number: number,
  stage: string,
  parts: Readonly<Record<string, string>>,
  failed = false,
) {
  const at = join(folder, `000${number}-20260101T00000${number}Z`);
  mkdirSync(at, { recursive: true });
  const log = `${stage.replace("/", "+")}.1.log`;
  const time = (second: number): string => `2026-01-01T00:0${number}:0${second}.000Z`;
  const events: (EventBody & { readonly at: string })[] = [
    {
      ...{ type: "stage-started", stage, attempt: 1, argv: [], cwd: "/", environment: {}, log },
      ...{ status: "s", furtherLogs: [], removed: [], at: time(0) },
    },
  ];
  let text = "";
  for (const [index, [name, printed]] of Object.entries(parts).entries()) {
    const span = { log, start: text.length, end: text.length + 1 };
    text += printed;
    events.push({ type: "step", stage, attempt: 1, step: { name }, span, at: time(index + 1) });
  }
  events.push({
    ...{ type: "stage-ended", stage, attempt: 1, durationMs: 1, at: time(9) },
    outcome: failed ? "failed" : "succeeded",
  });
  writeFileSync(join(at, log), text);
  for (const [index, event] of events.entries()) {
    const line = JSON.stringify({ v: eventVersion, seq: index + 1, ...event });
    appendFileSync(join(at, "journal.jsonl"), `${line}\n`);
  }
}

function told(): string[] {
  return readPrintedLogs(folder, stages).map(
    ({ component, stage, build: its, lines, durationMs }) =>
      `${component} ${stage} ${its.slice(0, 4)} ${[...lines()].join("|")} ${durationMs}`,
  );
}

describe("the logs of components", () => {
  it("are the newest ones in which they were compiled to their end", () => {
    build(1, "extra", { a: "gcc -c a1\n", b: "gcc -c b1\n" });
    build(2, "extra", { a: "gcc -c a2\n", b: "nothing to do\n" });
    assert.deepEqual(told(), ["a extra 0002 gcc -c a2 1000", "b extra 0001 gcc -c b1 7000"]);
    build(3, "extra", { a: "gcc -c a3\n" }, true);
    assert.deepEqual(told().slice(0, 1), ["a extra 0002 gcc -c a2 1000"]);
    build(4, "extra/a", { patch: "cc -c a4\n" });
    assert.deepEqual(told().slice(0, 1), ["a extra/a 0004 cc -c a4 9000"]);
  });

  it("are better than none when nothing else is there", () => {
    build(1, "extra", { a: "nothing to do\n", b: "gcc -c b1\n" }, true);
    assert.deepEqual(told(), ["a extra 0001 nothing to do 1000", "b extra 0001 gcc -c b1 7000"]);
    rmSync(join(folder, "0001-20260101T000001Z/extra.1.log"));
    assert.deepEqual(told(), []);
  });

  it("of a million lines are read in two seconds", (t) => {
    build(1, "illumos", { x: "" });
    const log = join(folder, "0001-20260101T000001Z/illumos.1.log");
    const line = `+ gcc -O2 -isystem /ws/proto/usr/include -I../../common -c -o obj/file.o file.c\n`;
    for (let part = 0; part < 100; part++) appendFileSync(log, line.repeat(10_000));
    appendFileSync(log, "gcc -I/opt/local/include -I/opt/local/include -c a.c\n-L/usr/lib\n");
    const began = performance.now();
    const found = [...compiledWithHost({ printedLogs: () => readPrintedLogs(folder, stages) })];
    const ms = performance.now() - began;
    t.diagnostic(`${ms.toFixed(0)} ms`);
    assert.deepEqual(
      found.map(({ kind, path, detail }) => `${kind} ${path} ${detail}`),
      [
        "compiled-with-host projects/illumos /opt/local/include",
        "compiled-with-host projects/illumos /usr/lib",
      ],
    );
    assert.match(found[0]?.message ?? "", /has a line that looks for/);
    assert.ok(ms < 6000, `${ms.toFixed(0)} ms`);
  });
});
