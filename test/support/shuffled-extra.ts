// Invariant: a build of the demo's components starts from the same proto area and from no objects,
// whatever was built before; only the order of SUBDIRS, the needs and the jobs differ.
import { createHash } from "node:crypto";
import {
  cpSync,
  lstatSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { copyMiniLive, removeMiniLive, runIn } from "./mini-live.ts";

/** The demo tree with no more of illumos than its components need: headers and libc. */
export class ShuffledExtra {
  readonly root = copyMiniLive();
  readonly #makefile = join(this.root, "projects/illumos-extra/Makefile");
  readonly #text = readFileSync(this.#makefile, "utf8");

  constructor() {
    this.#change("configure.local", (text) =>
      text.replace(/^ILLUMOS_ENABLE_DEBUG=.*$/m, 'ILLUMOS_ENABLE_DEBUG=""'),
    );
    this.#change("projects/illumos/usr/src/Makefile", (text) =>
      text.replace(/^SUBDIRS = .*$/m, "SUBDIRS = lib").replace(/^cmd: lib$[^]*?^data: uts$/m, ""),
    );
    this.#change("projects/illumos/usr/src/lib/Makefile", (text) =>
      text.replace(/^SUBDIRS := .*$/m, "SUBDIRS := libc"),
    );
    this.#change("projects/illumos/manifest", () => "");
  }

  /** The components, in the order in which the tree names them. */
  get components(): readonly string[] {
    return /^SUBDIRS = (.*)$/m.exec(this.#text)?.[1]?.split(" ") ?? [];
  }

  /** Call it when illumos is built and no component is. */
  keepBase(): void {
    cpSync(this.#at("proto"), this.#at("proto.base"), { recursive: true, verbatimSymlinks: true });
  }

  /** Builds the components in this order, each with one job; `needs`: further lines for their Makefile. */
  buildShuffled(
    order: readonly string[],
    needs: readonly string[],
    jobs: number,
  ): { readonly status: number; readonly output: string } {
    const text = this.#text
      .replace(/^SUBDIRS = .*$/m, `SUBDIRS = ${order.join(" ")}`)
      .replace(/^\.NOTPARALLEL:$/m, "");
    const folder = this.#at("projects/illumos-extra");
    const cleaned = runIn(folder, ["make", "clean"]);
    if (cleaned.status !== 0) throw new Error(cleaned.output);
    rmSync(this.#at("proto"), { recursive: true });
    cpSync(this.#at("proto.base"), this.#at("proto"), { recursive: true, verbatimSymlinks: true });
    writeFileSync(this.#makefile, `${text}\n${needs.join("\n")}\n`);
    const destination = `DESTDIR=${this.#at("proto")}`;
    return runIn(folder, ["make", `-j${jobs}`, "MAX_JOBS=1", destination, "install"]);
  }

  /** A sum over paths, modes and contents of the proto area. */
  protoSum(): string {
    const proto = this.#at("proto");
    const sum = createHash("sha256");
    for (const path of readdirSync(proto, { recursive: true, encoding: "utf8" }).sort()) {
      const stats = lstatSync(join(proto, path));
      sum.update(`${path}\0${stats.mode.toString(8)}\0`);
      if (stats.isSymbolicLink()) sum.update(readlinkSync(join(proto, path)));
      else if (stats.isFile()) sum.update(readFileSync(join(proto, path)));
    }
    return sum.digest("hex");
  }

  remove(): void {
    removeMiniLive(this.root);
  }

  #at(path: string): string {
    return join(this.root, path);
  }

  #change(path: string, change: (text: string) => string): void {
    const file = this.#at(path);
    const before = readFileSync(file, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`${path} is not what it was`);
    writeFileSync(file, after);
  }
}
