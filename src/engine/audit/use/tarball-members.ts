// Invariant: of a tarball the headers are read and everything else is passed over; a damaged one has
// the members that come before the damage.
// Source: POSIX.1-2001 pax interchange format (ustar headers, `x` records), GNU tar's `L` names.
import { createReadStream } from "node:fs";
import { posix } from "node:path";
import { createGunzip } from "node:zlib";

const block = 512;

/** Paths of the files and links in a gzip-compressed tarball, without a leading `./`. */
export async function tarballMembers(path: string): Promise<readonly string[]> {
  const reader = new HeaderReader();
  const unpacked = createGunzip();
  const file = createReadStream(path).on("error", (error) => unpacked.destroy(error));
  try {
    for await (const piece of file.pipe(unpacked)) reader.take(piece as Buffer);
  } catch {
    // What came before the damage was taken.
  }
  return reader.members;
}

class HeaderReader {
  readonly members: string[] = [];
  #rest = Buffer.alloc(0);
  /** Bytes of content still to pass over. */
  #toSkip = 0;
  /** Content of a record that names the next member. */
  #naming: "pax" | "gnu" | undefined;
  #namingBytes = 0;
  #name: string | undefined;

  take(piece: Buffer): void {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    for (;;) {
      const skipped = Math.min(this.#toSkip, bytes.length);
      this.#toSkip -= skipped;
      bytes = bytes.subarray(skipped);
      if (this.#toSkip > 0) break;
      const wanted = this.#naming === undefined ? block : padded(this.#namingBytes);
      if (bytes.length < wanted) break;
      if (this.#naming === undefined) this.#header(bytes.subarray(0, block));
      else this.#takeName(bytes.toString("utf8", 0, this.#namingBytes));
      bytes = bytes.subarray(wanted);
    }
    this.#rest = Buffer.from(bytes);
  }

  #header(header: Buffer): void {
    if (header[0] === 0) return;
    const size = parseInt(text(header, 124, 12), 8) || 0;
    const type = text(header, 156, 1);
    if (type === "x" || type === "L") {
      this.#naming = type === "x" ? "pax" : "gnu";
      this.#namingBytes = size;
      return;
    }
    const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
    const name = this.#name ?? posix.join(prefix, text(header, 0, 100));
    this.#toSkip = padded(size);
    if (type === "g") return;
    this.#name = undefined;
    if (type !== "5" && !name.endsWith("/")) this.members.push(posix.normalize(name));
  }

  #takeName(content: string): void {
    const named =
      this.#naming === "gnu"
        ? content.replace(/\0.*$/s, "")
        : /^\d+ path=(.*)$/m.exec(content)?.[1];
    this.#name = named ?? this.#name;
    this.#naming = undefined;
  }
}

function padded(size: number): number {
  return Math.ceil(size / block) * block;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.toString("utf8", start, start + length);
  return field.replace(/\0.*$/s, "").trim();
}
