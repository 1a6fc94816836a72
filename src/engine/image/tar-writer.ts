// Invariant: all entries of the archive carry the one time it was made for.
import type { ByteText } from "../manifest/byte-text.ts";
import { tarEnd, tarHeader, tarPadding } from "./format/tar.ts";
import { Sink } from "./sink.ts";
import type { ImageNode, ImageWriter } from "./writer.ts";

/** Writes an image as a tar archive. */
export class TarWriter implements ImageWriter {
  readonly #sink: Sink;
  readonly #mtime: number;
  #left = 0;
  #padding = 0;

  /** `file`: an open descriptor; `path`: for messages; `mtime`: seconds since 1970. */
  constructor(file: number, path: string, mtime: number) {
    this.#sink = new Sink(file, path);
    this.#mtime = mtime;
  }

  directory(node: ImageNode): void {
    this.#sink.write(tarHeader({ ...this.#fields(node), type: "directory" }));
  }

  symlink(node: ImageNode, target: ByteText): void {
    this.#sink.write(tarHeader({ ...this.#fields(node), type: "symlink", target }));
  }

  hardLink(node: ImageNode, target: ByteText): void {
    this.#sink.write(tarHeader({ ...this.#fields(node), type: "hardlink", target }));
  }

  beginFile(node: ImageNode, size: number): void {
    this.#sink.write(tarHeader({ ...this.#fields(node), type: "file", size }));
    this.#left = size;
    this.#padding = tarPadding(size);
  }

  room(wanted: number): Uint8Array {
    return this.#sink.room(Math.min(wanted, this.#left));
  }

  advance(count: number): void {
    if (count > this.#left) throw new Error("more bytes than the file has");
    this.#sink.advance(count);
    this.#left -= count;
  }

  endFile(): void {
    if (this.#left !== 0) throw new Error(`a file ended ${this.#left} bytes early`);
    this.#sink.write(new Uint8Array(this.#padding));
  }

  finish(): void {
    this.#sink.write(tarEnd(this.#sink.length));
    this.#sink.flush();
  }

  #fields({ path, mode, uid, gid }: ImageNode) {
    return { path, mode, uid, gid, mtime: this.#mtime };
  }
}
