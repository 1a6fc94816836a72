// Invariant: paths mean what they mean on the running platform: links are followed with the image as
// their root, and nothing of the build host is ever looked at.
import { posix } from "node:path";
import type { ByteSource } from "../image/format/bytes-io.ts";
import type { ElfInfo } from "../image/format/elf/reader.ts";

/** An open file; `close` must be called. */
export interface OpenContent {
  readonly source: ByteSource;
  close(): void;
}

/** One delivered path. */
export interface PlatformEntry {
  /** Below the root of the image. */
  readonly path: string;
  readonly type: "d" | "f" | "s";
  /** Permission bits; of a link undefined. */
  readonly mode: number | undefined;
  /** User and group by name or number. */
  readonly owner: string;
  readonly component: string;
  /** s: the text of the link. */
  readonly target: string | undefined;
  /** f: opens the content; undefined when it cannot be read. */
  readonly open: () => OpenContent | undefined;
}

/** Where following a path ended. */
export type Resolved =
  | { readonly kind: "found"; readonly entry: PlatformEntry }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "loop" };

/** As many links as illumos follows in one path. */
const mostLinks = 20;

/** All that is delivered, by path. */
export class Platform {
  readonly #entries = new Map<string, PlatformEntry>();
  readonly #made: ReadonlyMap<string, PlatformEntry>;
  readonly #elf = new Map<PlatformEntry, ElfInfo | undefined>();
  readonly #readElf: (entry: PlatformEntry) => ElfInfo | undefined;

  /** `made`: what is found there as well, and is not judged itself. */
  constructor(
    entries: Iterable<PlatformEntry>,
    readElf: (entry: PlatformEntry) => ElfInfo | undefined,
    made: readonly PlatformEntry[] = [],
  ) {
    this.#made = new Map(made.map((entry) => [entry.path, entry]));
    for (const entry of entries) this.#entries.set(entry.path, entry);
    this.#readElf = readElf;
  }

  get entries(): Iterable<PlatformEntry> {
    return this.#entries.values();
  }

  /** What an object file says of itself; undefined for all other files. */
  elf(entry: PlatformEntry): ElfInfo | undefined {
    if (!this.#elf.has(entry)) this.#elf.set(entry, this.#readElf(entry));
    return this.#elf.get(entry);
  }

  /** Follows a path, absolute on the platform or below its root. */
  resolve(path: string): Resolved {
    let parts = posix
      .normalize(`/${path}`)
      .split("/")
      .filter((part) => part !== "");
    let at = "";
    for (let links = 0; parts.length > 0;) {
      const [first = "", ...rest] = parts;
      const next = at === "" ? first : `${at}/${first}`;
      const entry = this.#at(next);
      if (entry?.type === "s") {
        if (++links > mostLinks) return { kind: "loop" };
        const target = entry.target ?? "";
        const base = target.startsWith("/") ? "/" : `/${at}`;
        parts = [
          ...posix
            .resolve(base, target)
            .split("/")
            .filter((part) => part !== ""),
          ...rest,
        ];
        at = "";
        continue;
      }
      if (entry === undefined && rest.length === 0) return { kind: "missing", path: next };
      at = next;
      parts = rest;
    }
    const entry = this.#at(at);
    return entry === undefined ? { kind: "missing", path: at } : { kind: "found", entry };
  }

  #at(path: string): PlatformEntry | undefined {
    return this.#entries.get(path) ?? this.#made.get(path);
  }

  /** The entry at a path, links followed; undefined when there is none. */
  find(path: string): PlatformEntry | undefined {
    const found = this.resolve(path);
    return found.kind === "found" ? found.entry : undefined;
  }
}
