// Invariant: the worker that is shipped in dist/ starts from there and answers.
import assert from "node:assert/strict";
import { on } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { Worker } from "node:worker_threads";
import { linePattern } from "../../src/engine/logs/line-pattern.ts";
import type { FromWorker, ToWorker, WorkerShared } from "../../src/engine/logs/worker-messages.ts";

it("searches a log", async () => {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-worker-"));
  const path = join(folder, "log");
  const text = "ok\nsome error\nok\nError";
  writeFileSync(path, text);
  const descriptor = openSync(path, "r");
  const workerData: WorkerShared = { beats: new Int32Array(new SharedArrayBuffer(8)) };
  const entry = join(import.meta.dirname, "../../dist/log-worker.js");
  const worker = new Worker(entry, { workerData, execArgv: [] });
  try {
    const pattern = linePattern("error");
    assert.ok(pattern.ok);
    const job: ToWorker = {
      kind: "scan",
      job: 1,
      log: { path, descriptor, size: text.length },
      include: [pattern.value],
      exclude: [],
      table: { counts: new Float64Array() },
    };
    const messages = on(worker, "message") as AsyncIterable<[FromWorker]>;
    worker.postMessage(job);
    let words: number | undefined;
    let isDone = false;
    for await (const [message] of messages) {
      if (message.kind === "idle") break;
      if (message.kind !== "scanned") continue;
      words = message.pages[0]?.page?.[0] ?? words;
      ({ isDone } = message);
    }
    assert.equal(isDone, true);
    assert.equal(words, 0b1010);
  } finally {
    await worker.terminate();
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
});
