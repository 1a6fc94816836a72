// Invariant: a step takes one piece of log at most, questions come before the scan, and each question
// is answered once.
import { LineScan } from "./line-scan.ts";
import { LineSeek } from "./line-seek.ts";
import { compilePattern } from "./line-pattern.ts";
import { LogFile } from "./log-file.ts";
import type { FromWorker, MatchSpan, WorkerJob, WorkerQuestion } from "./worker-messages.ts";

/** Between reports of what was scanned, so that they cost nothing beside the scan. */
const reportMs = 30;

/** Does what is asked of a worker that searches or filters. */
export class ScanJob {
  readonly #job: WorkerJob & { readonly kind: "scan" };
  readonly #post: (message: FromWorker) => void;
  readonly #file: LogFile;
  readonly #expression: RegExp | undefined;
  readonly #scan: LineScan;
  readonly #seeks: { readonly id: number; readonly seek: LineSeek }[] = [];
  #size: number;
  #reportedAt = 0;
  #isReported = false;

  constructor(job: WorkerJob & { readonly kind: "scan" }, post: (message: FromWorker) => void) {
    this.#job = job;
    this.#post = post;
    this.#size = job.log.size;
    this.#file = LogFile.borrow(job.log.path, job.log.descriptor);
    const rules = {
      include: job.include.map(compilePattern),
      exclude: job.exclude.map(compilePattern),
    };
    this.#expression = rules.include[0];
    this.#scan = new LineScan(this.#file, rules, job.table, job.log.size);
  }

  /** Takes a question; those about spans are answered at once. */
  ask(question: WorkerQuestion): void {
    switch (question.kind) {
      case "grow":
        this.#size = question.size;
        this.#scan.grow(question.size);
        this.#isReported = false;
        break;
      case "seek":
        if (this.#expression === undefined) break;
        this.#seeks.push({
          id: question.id,
          seek: new LineSeek(this.#file, this.#expression, question.start, this.#size),
        });
        break;
      case "spans": {
        const spans = question.texts.map((text) => this.#spansIn(text));
        this.#post({ kind: "spans", job: question.job, id: question.id, spans });
        break;
      }
    }
  }

  /** Does a little; false when there is nothing to do. */
  step(): boolean {
    const question = this.#seeks[0];
    if (question !== undefined) {
      this.#seek(question.id, question.seek);
      return true;
    }
    if (!this.#scan.isDone) this.#scan.step();
    const { isDone } = this.#scan;
    const now = performance.now();
    if (isDone ? !this.#isReported : now - this.#reportedAt >= reportMs) {
      this.#report();
      this.#reportedAt = now;
      this.#isReported = isDone;
    }
    return !isDone;
  }

  #seek(id: number, seek: LineSeek): void {
    const found = seek.step();
    if (found === undefined) return;
    this.#seeks.shift();
    const barren = seek.barren(found);
    if (barren !== undefined) this.#scan.skip(barren.from, barren.to);
    this.#post({
      kind: "found",
      job: this.#job.job,
      id,
      found:
        found === "none" ? undefined : { offset: found, line: this.#scan.counter.lineAt(found) },
    });
  }

  #report(): void {
    this.#post({
      kind: "scanned",
      job: this.#job.job,
      pages: this.#scan.takeDirty().map((index) => ({ index, page: this.#scan.found.page(index) })),
      seen: this.#scan.seen,
      scanned: this.#scan.scanned,
      isDone: this.#scan.isDone,
    });
  }

  /** Of several patterns all that match, in the order of the text. */
  #spansIn(text: string): MatchSpan[] {
    const spans: MatchSpan[] = [];
    for (const pattern of this.#job.include) {
      for (const match of text.matchAll(compilePattern(pattern))) {
        const end = match.index + match[0].length;
        if (end > match.index) spans.push({ start: match.index, end });
      }
    }
    return spans.sort((a, b) => a.start - b.start);
  }
}
