// Invariant: lines reach the stream whole, in order, and are never lost while it is slow; memory
// held for them is bounded by how often flush is awaited.
import { once } from "node:events";
import type { ByteText } from "../manifest/byte-text.ts";
import { fromText, toBytes } from "../manifest/byte-text.ts";

/** Collects log lines and hands them over in one piece. */
export class ImageLog {
  readonly #stream: NodeJS.WritableStream;
  #pending: ByteText[] = [];

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  /** A line of bytes, e.g. with names from a manifest; the newline is added. */
  bytes(line: ByteText): void {
    this.#pending.push(line);
  }

  /** A line of ordinary text. */
  line(text: string): void {
    this.#pending.push(fromText(text));
  }

  /** Writes what was collected; resolves when the stream takes more. */
  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const bytes = toBytes(`${this.#pending.join("\n")}\n`);
    this.#pending = [];
    if (!this.#stream.write(bytes)) await once(this.#stream, "drain");
  }
}
