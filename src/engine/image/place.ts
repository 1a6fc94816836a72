// Invariant: every entry of the plan gets one log line and, when that line says OK, stands in the
// tree; one that FAILED never hides the ones after it. No file's bytes are read here.
import { accessSync, constants } from "node:fs";
import type { ByteText } from "../manifest/byte-text.ts";
import { fromText } from "../manifest/byte-text.ts";
import type { LinkEntry, ManifestEntry, OwnedEntry, Place, PlacedLine } from "../manifest/entry.ts";
import type { EntryStatus } from "./entry-line.ts";
import { linkLine, ownedLine, refusedLine } from "./entry-line.ts";
import type { ImageLog } from "./image-log.ts";
import type { Owners, UnknownOwner } from "./owners.ts";
import type { Attributes } from "./image-tree.ts";
import { ImageTree, linkAttributes, parentOf } from "./image-tree.ts";
import type { ImagePlan } from "./plan.ts";
import { errorReason, findSource } from "./sources.ts";

/** What to place where. */
export interface Placement {
  readonly plan: ImagePlan;
  readonly searchDirs: readonly string[];
  readonly owners: Owners;
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

/** What came of it. */
export interface Placed {
  /** The signal came before the end. */
  readonly stopped: boolean;
  readonly failures: readonly PlaceFailure[];
  readonly unknownOwners: readonly UnknownOwner[];
  /** What was delivered. */
  readonly tree: ImageTree;
  readonly entries: number;
  readonly bytes: number;
}

const notFound = "in none of the search folders";

/** How long the event loop is held at a time: signals and the log wait for that long. */
const sliceMs = 40;

/** The file system that a path belongs to: the root, or what is mounted at usr. */
function isInUsr(path: ByteText): boolean {
  return path.startsWith("usr/");
}

/**
 * Finds what a plan's entries deliver: directories, files, symbolic links, hard links, in the order
 * of the tree's builder and with its log lines.
 */
export async function place(placement: Placement): Promise<Placed> {
  return new Placer(placement).run();
}

class Placer {
  readonly #placement: Placement;
  readonly #log: ImageLog;
  readonly #tree = new ImageTree();
  /** What delivered each path; a parent or a link's target must be among them. */
  readonly #delivered = new Map<ByteText, ManifestEntry>();
  readonly #failures: PlaceFailure[] = [];
  readonly #unknown = new Map<string, { -readonly [K in keyof UnknownOwner]: UnknownOwner[K] }>();
  #bytes = 0;
  #sliceEnd = performance.now() + sliceMs;

  constructor(placement: Placement) {
    this.#placement = placement;
    this.#log = placement.log;
  }

  async run(): Promise<Placed> {
    const stopped = !(await this.#passes());
    return {
      ...{ stopped, failures: this.#failures, unknownOwners: [...this.#unknown.values()] },
      ...{ tree: this.#tree, entries: this.#delivered.size, bytes: this.#bytes },
    };
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
    for (const entry of plan.files) {
      this.#owned(entry, () => this.#file(entry));
      if (await this.#isStopped()) return false;
    }
    for (const entry of [...plan.symlinks, ...plan.hardLinks]) {
      const status = this.#link(entry);
      this.#keep(entry, status);
      this.#log.bytes(linkLine(entry, status));
      if (await this.#isStopped()) return false;
    }
    return true;
  }

  #ids(entry: OwnedEntry): { uid: number; gid: number } {
    const { users, groups } = this.#placement.owners;
    return { uid: users.get(entry.user) ?? -1, gid: groups.get(entry.group) ?? -1 };
  }

  /** As chown(2) with -1 leaves the builder's own ids, an unknown name becomes root's. */
  #attributes(entry: OwnedEntry): Attributes {
    const { uid, gid } = this.#ids(entry);
    return { mode: entry.mode, uid: Math.max(0, uid), gid: Math.max(0, gid) };
  }

  #owned(entry: OwnedEntry, deliver: () => EntryStatus): void {
    const ids = this.#ids(entry);
    if (ids.uid < 0) this.#noteUnknown("user", entry.user, entry);
    if (ids.gid < 0) this.#noteUnknown("group", entry.group, entry);
    const status = deliver();
    this.#keep(entry, status);
    this.#log.bytes(ownedLine(entry, ids, status));
  }

  #noteUnknown(kind: "user" | "group", name: ByteText, entry: OwnedEntry): void {
    const known = this.#unknown.get(`${kind} ${name}`);
    if (known === undefined) this.#unknown.set(`${kind} ${name}`, { kind, name, entry, count: 1 });
    else known.count++;
  }

  #keep(entry: ManifestEntry, status: EntryStatus): void {
    const { file, line, text, path } = entry;
    if (status.ok) this.#delivered.set(path, entry);
    else this.#failures.push({ file, line, text, path, reason: status.reason ?? notFound });
  }

  /** Why nothing can stand at this path; undefined when it can. */
  #obstacle(entry: ManifestEntry): ByteText | undefined {
    const parent = parentOf(entry.path);
    if (parent !== "") {
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
    // Entered all the same: one missing parent is one failure, not one for everything below. A
    // directory named twice has the properties it was given last.
    if (reason === undefined || !this.#delivered.has(entry.path)) {
      this.#delivered.set(entry.path, entry);
      this.#tree.set({ type: "directory", path: entry.path, ...this.#attributes(entry) });
    }
    return reason === undefined ? { ok: true } : { ok: false, reason };
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
    try {
      accessSync(source.path, constants.R_OK);
    } catch (error) {
      return unreadable(source.path, errorReason(error));
    }
    const { path, size } = source;
    const content = { kind: "source", path, size } as const;
    this.#tree.set({
      ...{ type: "file", path: entry.path, ...this.#attributes(entry), content, entry },
    });
    this.#bytes += size;
    return { ok: true, dir: source.dir };
  }

  #link(entry: LinkEntry): EntryStatus {
    const obstacle = this.#obstacle(entry);
    if (obstacle !== undefined) return { ok: false, reason: obstacle };
    const { path, target } = entry;
    if (entry.type === "s") {
      this.#tree.set({ type: "symlink", path, target, ...linkAttributes });
      return { ok: true };
    }
    const existing = this.#delivered.get(target);
    if (existing === undefined) return { ok: false, reason: `${target} is not delivered` };
    if (existing.type === "d") return { ok: false, reason: `${target} is a directory` };
    if (isInUsr(path) !== isInUsr(target)) {
      return { ok: false, reason: "usr is a file system of its own: no hard link leads into it" };
    }
    this.#tree.set({ type: "hardlink", path, target });
    return { ok: true };
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

function placeOf({ file, line }: Place): ByteText {
  return `${fromText(file)}:${line}`;
}

function unreadable(path: string | Buffer, reason: string): EntryStatus {
  const name = typeof path === "string" ? fromText(path) : path.toString("latin1");
  return { ok: false, reason: `cannot read ${name}: ${fromText(reason)}` };
}
