// Invariant: a worker whose pattern does not come to an end is ended itself; no message of an earlier
// job is handed on.
import { Worker } from "node:worker_threads";
import {
  beatIndex,
  matchingIndex,
  type FromWorker,
  type ToWorker,
  type WorkerJob,
  type WorkerShared,
} from "./worker-messages.ts";

/** One piece of log takes milliseconds; a pattern that is this long at one is not going to end. */
const slowestPieceMs = 3000;
/** What a new job waits for an old one that may be such. */
const handOverMs = 200;
const watchMs = 50;
/** A look this late is told by a process that did not run. */
const awayMs = 1000;

/** The entry point beside this file, as a source or as part of the bundle. */
const entry = new URL(
  import.meta.url.endsWith(".ts") ? "./log-worker.ts" : "./log-worker.js",
  import.meta.url,
);

/** A job without the number that the client gives to it. */
export type NewJob = WorkerJob extends infer Job
  ? Job extends WorkerJob
    ? Omit<Job, "job">
    : never
  : never;
/** A question without the number of its job. */
export type NewQuestion =
  Exclude<ToWorker, WorkerJob> extends infer Question
    ? Question extends ToWorker
      ? Omit<Question, "job">
      : never
    : never;

/** Whom a worker's news are told to. */
export interface WorkerListener {
  readonly onMessage: (message: FromWorker) => void;
  /** The worker was ended: by its watcher (`slow`), or by an error of its own (`broken`). */
  readonly onEnd: (why: "slow" | "broken", detail: string) => void;
}

/** A worker thread that is started when there is something to do, and again after it was ended. */
export class LogWorker {
  readonly #listener: WorkerListener;
  #worker: Worker | undefined;
  #beats = new Int32Array(new SharedArrayBuffer(8));
  #job = 0;
  #isStarted = false;
  /** Messages sent to this worker. */
  #sent = 0;
  /** Messages of this job, as long as the worker has not begun it. */
  #unheard: ToWorker[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastBeat = 0;
  #beatAt = 0;
  #lookedAt = 0;
  readonly #endings = new Set<Promise<unknown>>();

  constructor(listener: WorkerListener) {
    this.#listener = listener;
  }

  /** Starts the thread ahead of its first job. */
  warm(): void {
    this.#worker ??= this.#spawn();
  }

  /** Gives a job to the worker, which leaves the one it has. */
  begin(job: NewJob): void {
    this.#job++;
    this.#isStarted = false;
    const message: WorkerJob = { ...job, job: this.#job };
    this.#unheard = [message];
    this.#post(message);
  }

  /** Asks something about the job. */
  ask(question: NewQuestion): void {
    const message = { ...question, job: this.#job };
    if (!this.#isStarted) this.#unheard.push(message);
    this.#post(message);
  }

  /** Ends the job, and the thread with it; when it returns, nothing reads the log any more. */
  async close(): Promise<void> {
    this.#end();
    await Promise.all(this.#endings);
  }

  #post(message: ToWorker): void {
    this.#worker ??= this.#spawn();
    this.#worker.postMessage(message);
    this.#sent++;
    this.#watch();
  }

  #spawn(): Worker {
    this.#beats = new Int32Array(new SharedArrayBuffer(8));
    const workerData: WorkerShared = { beats: this.#beats };
    this.#sent = 0;
    const worker = new Worker(entry, {
      workerData,
      name: "smartbuild log",
      // Pieces of text are dropped as soon as they were matched: little room keeps memory small.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    worker.on("message", (message: FromWorker) => {
      if (worker !== this.#worker) return;
      if (message.kind === "idle") {
        if (message.heard === this.#sent) this.#stopWatching();
      } else if (message.job === this.#job) this.#hear(message);
    });
    worker.on("error", (error: unknown) => {
      if (worker !== this.#worker) return;
      this.#end();
      this.#listener.onEnd("broken", error instanceof Error ? error.message : String(error));
    });
    return worker;
  }

  #hear(message: FromWorker): void {
    if (message.kind === "started") {
      this.#isStarted = true;
      this.#unheard = [];
    }
    this.#listener.onMessage(message);
  }

  /** Looks for beats until there is nothing to do. */
  #watch(): void {
    if (this.#timer !== undefined) return;
    this.#beatAt = performance.now();
    this.#lookedAt = this.#beatAt;
    this.#timer = setInterval(() => {
      this.#look();
    }, watchMs);
  }

  #look(): void {
    const beat = Atomics.load(this.#beats, beatIndex);
    const isMatching = Atomics.load(this.#beats, matchingIndex) === 1;
    const now = performance.now();
    // When the whole process was suspended, the worker could not beat either.
    const wasAway = now - this.#lookedAt > awayMs;
    this.#lookedAt = now;
    if (beat !== this.#lastBeat || !isMatching || wasAway) {
      this.#lastBeat = beat;
      this.#beatAt = now;
      return;
    }
    if (!this.#isStarted && now - this.#beatAt > handOverMs) {
      const unheard = this.#unheard;
      this.#end();
      for (const message of unheard) this.#post(message);
    } else if (this.#isStarted && now - this.#beatAt > slowestPieceMs) {
      this.#end();
      this.#listener.onEnd("slow", `${slowestPieceMs / 1000} s`);
    }
  }

  #stopWatching(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #end(): void {
    this.#stopWatching();
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    const ending = worker.terminate().finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }
}
