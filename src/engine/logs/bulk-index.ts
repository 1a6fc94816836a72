// Invariant: while the worker indexes, nobody else does; an index is only ever extended from where it
// stands.
import type { LogIndex } from "./line-index.ts";
import { LogWorker } from "./worker-client.ts";

/** Less than this is indexed at once where it is needed: some 10 ms. */
const smallBytes = 1 << 24;

/** Indexes what is too much for the thread that draws. */
export class BulkIndex {
  readonly #index: LogIndex;
  readonly #onChange: () => void;
  #worker: LogWorker | undefined;
  readonly #closing: Promise<void>[] = [];
  /** A worker that does not work is not tried again. */
  #isBroken = false;

  constructor(index: LogIndex, onChange: () => void) {
    this.#index = index;
    this.#onChange = onChange;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** Starts the worker when there is much to index; true when it is at work. */
  start(): boolean {
    if (this.#worker !== undefined) return true;
    const { file, indexed, newlines } = this.#index;
    if (this.#isBroken || file.size - indexed < smallBytes) return false;
    const worker = new LogWorker({
      onMessage: (message) => {
        if (message.kind !== "indexed") return;
        this.#index.adopt(message.part);
        if (message.isDone) this.stop();
        this.#onChange();
      },
      onEnd: () => {
        this.#isBroken = true;
        this.stop();
        this.#onChange();
      },
    });
    this.#worker = worker;
    const { path, descriptor, size } = file;
    worker.begin({ kind: "index", log: { path, descriptor, size }, indexed, newlines });
    return true;
  }

  stop(): void {
    if (this.#worker !== undefined) this.#closing.push(this.#worker.close());
    this.#worker = undefined;
  }

  /** Ends; when it returns, nothing reads the log any more. */
  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.#closing);
  }
}
