// Invariant: a text is asked about once, and its answer is the worker's: no pattern runs in the
// caller's thread.
import type { LogWorker } from "./worker-client.ts";
import type { FromWorker, MatchSpan } from "./worker-messages.ts";

/** Texts whose spans are kept: some screens full. */
const keptTexts = 2000;

/** Where the patterns of a worker's job match in texts that are on screen. */
export class MatchSpans {
  readonly #worker: LogWorker;
  readonly #spans = new Map<string, readonly MatchSpan[] | undefined>();
  readonly #wanted: string[] = [];
  readonly #asked = new Map<number, readonly string[]>();
  #nextId = 0;
  #isOver = false;

  constructor(worker: LogWorker) {
    this.#worker = worker;
  }

  /** Undefined until the worker has told it. */
  of(text: string): readonly MatchSpan[] | undefined {
    if (!this.#spans.has(text) && !this.#isOver) {
      if (this.#spans.size >= keptTexts) this.#spans.clear();
      this.#spans.set(text, undefined);
      if (this.#wanted.length === 0) queueMicrotask(this.#ask);
      this.#wanted.push(text);
    }
    return this.#spans.get(text);
  }

  /** Takes an answer. */
  hear({ id, spans }: Extract<FromWorker, { kind: "spans" }>): void {
    for (const [i, text] of (this.#asked.get(id) ?? []).entries()) this.#spans.set(text, spans[i]);
    this.#asked.delete(id);
  }

  /** Forgets what was asked: the worker has begun anew. */
  restart(): void {
    this.#spans.clear();
    this.#asked.clear();
  }

  /** Nothing is asked any more; what is known stays. */
  end(): void {
    this.#isOver = true;
  }

  readonly #ask = (): void => {
    if (this.#isOver) return;
    const id = ++this.#nextId;
    const texts = this.#wanted.splice(0);
    this.#asked.set(id, texts);
    this.#worker.ask({ kind: "spans", id, texts });
  };
}
