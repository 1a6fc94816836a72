// Invariant: every entry of the plan gets one log line and, when that line says OK, stands in the
// image; one that FAILED never hides the ones after it.
import { closeSync, openSync, readSync } from "node:fs";
import type { ByteText } from "../manifest/byte-text.ts";
import { fromText } from "../manifest/byte-text.ts";
import type { LinkEntry, ManifestEntry, OwnedEntry, Place, PlacedLine } from "../manifest/entry.ts";
import type { EntryStatus } from "./entry-line.ts";
import { linkLine, ownedLine, refusedLine } from "./entry-line.ts";
import type { ImageLog } from "./image-log.ts";
import type { Owners } from "./owners.ts";
import type { ImagePlan } from "./plan.ts";
import { errorReason, findSource } from "./sources.ts";
import type { ReadInto } from "./stream-file.ts";
import { streamFile } from "./stream-file.ts";
import type { ImageNode, ImageWriter } from "./writer.ts";
import { WriteError } from "./writer.ts";

/** What to place where. */
export interface Placement {
  readonly plan: ImagePlan;
  readonly searchDirs: readonly string[];
  readonly owners: Owners;
  /** Content that replaces that of the source, by delivered path. */
  readonly contents: ReadonlyMap<ByteText, Uint8Array>;
  readonly writer: ImageWriter;
  readonly log: ImageLog;
  /** Looked at several times a second. */
  readonly signal: AbortSignal;
}

/** An entry or line that could not be delivered. */
export interface PlaceFailure extends PlacedLine {
  /** The delivered path; absent for a malformed line. */
  readonly path?: ByteText;
  readonly reason: ByteText;
}

/** A user or group that the image's files do not have. */
export interface UnknownOwner {
  readonly kind: "user" | "group";
  readonly name: ByteText;
  /** The first entry that names it. */
  readonly entry: OwnedEntry;
  readonly count: number;
}

/** What came of it. */
export interface Placed {
  /** The signal came before the end. */
  readonly stopped: boolean;
  readonly failures: readonly PlaceFailure[];
  readonly unknownOwners: readonly UnknownOwner[];
  /** MD5 (hex) of every regular file as delivered, hard links included, by path. */
  readonly sums: ReadonlyMap<ByteText, string>;
  readonly entries: number;
  readonly bytes: number;
}

const notFound = "in none of the search folders";

/** How long the event loop is held at a time: signals and the log wait for that long. */
const sliceMs = 40;

/**
 * Places a plan's entries: directories, files, symbolic links, hard links. Throws a WriteError,
 * once the log has the entry that FAILED for it, when the image cannot be written.
 */
export async function place(placement: Placement): Promise<Placed> {
  return new Placer(placement).run();
}

class Placer {
  readonly #placement: Placement;
  readonly #writer: ImageWriter;
  readonly #log: ImageLog;
  /** Delivered paths; what is written as a parent or a link's target must be among them. */
  readonly #delivered = new Map<ByteText, ManifestEntry>();
  readonly #failures: PlaceFailure[] = [];
  readonly #unknown = new Map<string, { -readonly [K in keyof UnknownOwner]: UnknownOwner[K] }>();
  readonly #sums = new Map<ByteText, string>();
  #bytes = 0;
  #sliceEnd = performance.now() + sliceMs;

  constructor(placement: Placement) {
    this.#placement = placement;
    this.#writer = placement.writer;
    this.#log = placement.log;
  }

  async run(): Promise<Placed> {
    const stopped = !(await this.#passes());
    const unknownOwners = [...this.#unknown.values()];
    const entries = this.#delivered.size;
    const bytes = this.#bytes;
    return { stopped, failures: this.#failures, unknownOwners, sums: this.#sums, entries, bytes };
  }

  /** False when it was stopped. */
  async #passes(): Promise<boolean> {
    const { plan } = this.#placement;
    for (const refused of plan.refused) {
      const { file, line, text, reason } = refused.malformed;
      this.#log.bytes(refusedLine(refused));
      this.#failures.push({ file, line, text, reason: fromText(reason) });
    }
    for (const entry of plan.directories) {
      this.#owned(entry, () => this.#directory(entry));
      if (await this.#isStopped()) return false;
    }
    for (const entry of plan.directories) {
      // A directory named twice has the properties it was given last.
      if (this.#delivered.get(entry.path) === entry) this.#writer.directory(this.#node(entry));
    }
    for (const entry of plan.files) {
      this.#owned(entry, () => this.#file(entry));
      if (await this.#isStopped()) return false;
    }
    for (const entry of [...plan.symlinks, ...plan.hardLinks]) {
      const status = this.#guard(entry, () => this.#link(entry));
      this.#log.bytes(linkLine(entry, status));
      this.#rethrow(status);
      if (await this.#isStopped()) return false;
    }
    this.#writer.finish();
    return true;
  }

  #ids(entry: OwnedEntry): { uid: number; gid: number } {
    const { users, groups } = this.#placement.owners;
    return { uid: users.get(entry.user) ?? -1, gid: groups.get(entry.group) ?? -1 };
  }

  /** As chown(2) with -1 leaves the builder's own ids, an unknown name becomes root's. */
  #node(entry: OwnedEntry): ImageNode {
    const { uid, gid } = this.#ids(entry);
    return { path: entry.path, mode: entry.mode, uid: Math.max(0, uid), gid: Math.max(0, gid) };
  }

  #owned(entry: OwnedEntry, deliver: () => EntryStatus): void {
    const ids = this.#ids(entry);
    if (ids.uid < 0) this.#noteUnknown("user", entry.user, entry);
    if (ids.gid < 0) this.#noteUnknown("group", entry.group, entry);
    const status = this.#guard(entry, deliver);
    this.#log.bytes(ownedLine(entry, ids, status));
    this.#rethrow(status);
  }

  #noteUnknown(kind: "user" | "group", name: ByteText, entry: OwnedEntry): void {
    const known = this.#unknown.get(`${kind} ${name}`);
    if (known === undefined) this.#unknown.set(`${kind} ${name}`, { kind, name, entry, count: 1 });
    else known.count++;
  }

  /** Runs one delivery and keeps its failure; an unwritable image becomes a status for the log. */
  #guard(entry: ManifestEntry, deliver: () => EntryStatus): GuardedStatus {
    let status: GuardedStatus;
    try {
      status = deliver();
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      const reason = fromText(`cannot write ${error.path}: ${errorReason(error.cause)}`);
      status = { ok: false, reason, fatal: error };
    }
    const { file, line, text, path } = entry;
    if (status.ok) this.#delivered.set(path, entry);
    else this.#failures.push({ file, line, text, path, reason: status.reason ?? notFound });
    return status;
  }

  #rethrow(status: GuardedStatus): void {
    if ("fatal" in status) throw status.fatal;
  }

  /** Why nothing can stand at this path; undefined when it can. */
  #obstacle(entry: ManifestEntry): ByteText | undefined {
    const slash = entry.path.lastIndexOf("/");
    if (slash > 0) {
      const parent = entry.path.slice(0, slash);
      const delivered = this.#delivered.get(parent);
      if (delivered === undefined) return `its directory ${parent} is not in the manifest`;
      if (delivered.type !== "d") return `${parent} is not a directory (${placeOf(delivered)})`;
    }
    const other = this.#delivered.get(entry.path);
    if (other === undefined || (other.type === "d" && entry.type === "d")) return undefined;
    return `the path is already delivered by ${placeOf(other)}`;
  }

  #directory(entry: OwnedEntry): EntryStatus {
    const reason = this.#obstacle(entry);
    if (reason === undefined) return { ok: true };
    // Entered all the same: one missing parent is one failure, not one for everything below.
    if (!this.#delivered.has(entry.path)) this.#delivered.set(entry.path, entry);
    return { ok: false, reason };
  }

  #file(entry: OwnedEntry): EntryStatus {
    const obstacle = this.#obstacle(entry);
    if (obstacle !== undefined) return { ok: false, reason: obstacle };
    const source = findSource(entry.path, this.#placement.searchDirs);
    switch (source.kind) {
      case "missing":
        return { ok: false };
      case "unusable":
        return unreadable(source.path, source.reason);
      case "found":
        break;
    }
    const replaced = this.#placement.contents.get(entry.path);
    if (replaced !== undefined) {
      this.#stream(entry, replaced.length, (room, from) => {
        room.set(replaced.subarray(from, from + room.length));
        return room.length;
      });
      return { ok: true, dir: source.dir };
    }
    let file: number;
    try {
      file = openSync(source.path, "r");
    } catch (error) {
      return unreadable(source.path, errorReason(error));
    }
    try {
      const problem = this.#stream(entry, source.size, (room) => readSync(file, room));
      if (problem !== undefined) return unreadable(source.path, problem);
    } finally {
      closeSync(file);
    }
    return { ok: true, dir: source.dir };
  }

  /** Streams a file; returns why it could not be read. */
  #stream(entry: OwnedEntry, size: number, read: ReadInto): string | undefined {
    const streamed = streamFile(this.#writer, this.#node(entry), size, read);
    if ("problem" in streamed) return streamed.problem;
    this.#sums.set(entry.path, streamed.md5);
    this.#bytes += size;
    return undefined;
  }

  #link(entry: LinkEntry): EntryStatus {
    const obstacle = this.#obstacle(entry);
    if (obstacle !== undefined) return { ok: false, reason: obstacle };
    const node = { path: entry.path, mode: 0o777, uid: 0, gid: 0 };
    if (entry.type === "s") {
      this.#writer.symlink(node, entry.target);
      return { ok: true };
    }
    const target = this.#delivered.get(entry.target);
    if (target === undefined) return { ok: false, reason: `${entry.target} is not delivered` };
    if (target.type === "d") return { ok: false, reason: `${entry.target} is a directory` };
    const file = this.#fileBehind(target);
    const owned = file === undefined ? node : this.#node(file);
    this.#writer.hardLink({ ...owned, path: entry.path }, entry.target);
    const sum = this.#sums.get(entry.target);
    if (sum !== undefined) this.#sums.set(entry.path, sum);
    return { ok: true };
  }

  /** The file that an entry, perhaps through further hard links, stands for. */
  #fileBehind(entry: ManifestEntry): OwnedEntry | undefined {
    if (entry.type === "f") return entry;
    const next = entry.type === "h" ? this.#delivered.get(entry.target) : undefined;
    return next === undefined ? undefined : this.#fileBehind(next);
  }

  /** Lets signals in and the log out every few hundredths of a second. */
  async #isStopped(): Promise<boolean> {
    if (performance.now() < this.#sliceEnd) return false;
    await this.#log.flush();
    await new Promise((resolve) => setImmediate(resolve));
    this.#sliceEnd = performance.now() + sliceMs;
    return this.#placement.signal.aborted;
  }
}

type GuardedStatus = EntryStatus & { readonly fatal?: WriteError };

function placeOf({ file, line }: Place): ByteText {
  return `${fromText(file)}:${line}`;
}

function unreadable(path: string | Buffer, reason: string): EntryStatus {
  const name = typeof path === "string" ? fromText(path) : path.toString("latin1");
  return { ok: false, reason: `cannot read ${name}: ${fromText(reason)}` };
}
