// Invariant: the entry of a worker thread: does one job at a time in small steps, looks for messages
// between them, and beats at each, so that its watcher sees a pattern that never ends.
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { LogFile } from "./log-file.ts";
import { LogIndex } from "./line-index.ts";
import { ScanJob } from "./scan-job.ts";
import {
  beatIndex,
  matchingIndex,
  type FromWorker,
  type ToWorker,
  type WorkerJob,
  type WorkerShared,
} from "./worker-messages.ts";

/** Between looks for messages. */
const turnMs = 8;

type Step = () => boolean;

function openPort(): NonNullable<typeof parentPort> {
  if (parentPort === null) throw new Error("log-worker runs in a worker thread only");
  return parentPort;
}

const port = openPort();
const { beats } = workerData as WorkerShared;
let scan: ScanJob | undefined;
let step: Step | undefined;
let isRunning = false;
let job = 0;
let heard = 0;

function post(message: FromWorker): void {
  port.postMessage(message);
}

/** Runs something that may run a pattern. */
function watched<T>(work: () => T): T {
  Atomics.store(beats, matchingIndex, 1);
  const result = work();
  Atomics.add(beats, beatIndex, 1);
  Atomics.store(beats, matchingIndex, 0);
  return result;
}

function indexSteps(job: WorkerJob & { readonly kind: "index" }): Step {
  const file = LogFile.borrow(job.log.path, job.log.descriptor);
  const index = LogIndex.resume(file, job.indexed, job.newlines);
  let from = job.indexed;
  return () => {
    index.advance(turnMs);
    const isDone = index.indexed >= job.log.size || index.indexed === from;
    post({ kind: "indexed", job: job.job, part: index.part(from), isDone });
    from = index.indexed;
    return !isDone;
  };
}

async function run(): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  while (step !== undefined) {
    const current = step;
    const until = performance.now() + turnMs;
    let more = true;
    while (more && performance.now() < until) more = watched(current);
    // A message may have come with a new job while this one was running.
    await nextTurn();
    if (!more && step === current) step = undefined;
  }
  isRunning = false;
  post({ kind: "idle", job, heard });
}

function begin(next: WorkerJob): void {
  job = next.job;
  post({ kind: "started", job });
  if (next.kind === "index") {
    scan = undefined;
    step = indexSteps(next);
    return;
  }
  beginScan(new ScanJob(next, post));
}

function beginScan(next: ScanJob): void {
  scan = next;
  step = () => next.step();
}

port.on("message", (message: ToWorker) => {
  heard++;
  switch (message.kind) {
    case "index":
    case "scan":
      begin(message);
      break;
    case "grow":
    case "seek":
    case "spans": {
      const asked = scan;
      if (asked === undefined) break;
      watched(() => {
        asked.ask(message);
      });
      step = () => asked.step();
      break;
    }
  }
  void run();
});
