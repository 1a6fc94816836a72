// Invariant: at most one reading is under way; what an older one still finds is thrown away, and what
// was read stays until there is something newer.
import type { Shipped, ShippedEntry } from "../../../engine/manifest/query.ts";
import { comparePaths } from "../../../engine/manifest/query.ts";
import type { ManifestPorts } from "./ports.ts";

/** What a reading tells. */
export interface ReaderNews {
  /** Other entries than before. */
  readonly onEntries: (entries: readonly ShippedEntry[]) => void;
  /** Something else that a frame should show. */
  readonly onNews: () => void;
}

export class ShippedReader {
  readonly #ports: ManifestPorts;
  readonly #news: ReaderNews;
  #abort: AbortController | undefined;
  #shipped: Shipped | undefined;
  #undelivered: readonly ShippedEntry[] = [];
  #withUndelivered = false;
  #refused: string | undefined;

  constructor(ports: ManifestPorts, news: ReaderNews) {
    this.#ports = ports;
    this.#news = news;
  }

  get shipped(): Shipped | undefined {
    return this.#shipped;
  }

  /** Why nothing could be read. */
  get refused(): string | undefined {
    return this.#refused;
  }

  get isBusy(): boolean {
    return this.#abort !== undefined;
  }

  get withUndelivered(): boolean {
    return this.#withUndelivered;
  }

  /** Shows or hides what is in no manifest. */
  toggleUndelivered(): void {
    this.#withUndelivered = !this.#withUndelivered;
    this.#undelivered = [];
    if (this.#withUndelivered) this.read();
    else if (this.#shipped !== undefined) this.#tell(this.#shipped);
  }

  /** Reads everything again. */
  read(): void {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    void this.#read(abort).catch((error: unknown) => {
      this.#refused = error instanceof Error ? error.message : String(error);
      this.#end(abort);
    });
  }

  close(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #read(abort: AbortController): Promise<void> {
    const { signal } = abort;
    const onLines = (shipped: Shipped): void => {
      // What is known of the files already is better than nothing.
      if (!signal.aborted && this.#shipped === undefined) this.#tell(shipped);
    };
    const read = await this.#ports.read(onLines, signal);
    if (signal.aborted) return;
    if ("refused" in read) {
      this.#refused = read.refused;
      this.#shipped = undefined;
      this.#news.onEntries([]);
    } else {
      this.#refused = undefined;
      if (this.#withUndelivered) {
        const undelivered = await this.#ports.undelivered(read.shipped, signal);
        // The signal may have come meanwhile.
        if (abort !== this.#abort) return;
        this.#undelivered = undelivered;
      }
      this.#tell(read.shipped);
      // Logs may be long, and what they tell is no more than a name.
      const named = await this.#ports.installers(read.shipped, signal);
      if (abort !== this.#abort) return;
      if (named.entries !== read.shipped.entries) this.#tell(named);
    }
    this.#end(abort);
  }

  #tell(shipped: Shipped): void {
    this.#shipped = shipped;
    const { entries } = shipped;
    this.#news.onEntries(
      this.#undelivered.length === 0
        ? entries
        : [...entries, ...this.#undelivered].sort((a, b) => comparePaths(a.path, b.path)),
    );
    this.#news.onNews();
  }

  #end(abort: AbortController): void {
    if (abort === this.#abort) this.#abort = undefined;
    this.#news.onNews();
  }
}
