// Invariant: what is in the proto area belongs to the component that installed it, what is in a
// component's own folder to that component; a folder of the proto area belongs to one only when
// everything in it does.
import { readdirSync } from "node:fs";
import { basename, join, posix } from "node:path";
import type { PrintedLog } from "../printed/printed-logs.ts";
import { installedBy } from "./installed.ts";

/** Who made what, of the components whose logs are given. */
export class OwnedPaths {
  /** Components by path below the proto area. */
  readonly installed: ReadonlyMap<string, string>;
  readonly #root: string;
  readonly #proto: string;
  readonly #libraries = new Map<string, string>();
  /** Folders of sources, absolute, with a slash at the end. */
  readonly #folders: readonly (readonly [folder: string, component: string])[];
  readonly #byFolder = new Map<string, string | undefined>();

  /** `root`: the workspace; `proto`: its proto area, absolute. */
  constructor(logs: readonly PrintedLog[], root: string, proto: string) {
    this.#root = root;
    this.#proto = proto;
    this.installed = installedBy(logs, proto);
    this.#folders = logs.map(({ folder, component }) => [`${root}/${folder}/`, component]);
    for (const [path, owner] of this.installed) {
      const name = basename(path);
      if (!/^lib.*\.(?:so|a)\b/.test(name)) continue;
      this.#libraries.set(name, owner);
      // Who links with -lz takes libz.so, which a component may install under its full name alone.
      const plain = name.replace(/\.so\..*$/, ".so");
      if (!this.#libraries.has(plain)) this.#libraries.set(plain, owner);
    }
  }

  /** Who installs a library of this name, e.g. `libz.so.1`. */
  ownerOfLibrary(name: string): string | undefined {
    return this.#libraries.get(name);
  }

  /** Who made what stands at an absolute path. */
  at(path: string): string | undefined {
    const whole = posix.normalize(path).replace(/\/$/, "");
    if (whole.startsWith(`${this.#proto}/`)) {
      const below = whole.slice(this.#proto.length + 1);
      return this.installed.get(below) ?? this.#folder(below);
    }
    if (!whole.startsWith(`${this.#root}/`)) return undefined;
    return this.#folders.find(([folder]) => `${whole}/`.startsWith(folder))?.[1];
  }

  #folder(below: string): string | undefined {
    if (!this.#byFolder.has(below)) this.#byFolder.set(below, this.#soleOwner(below));
    return this.#byFolder.get(below);
  }

  #soleOwner(below: string): string | undefined {
    try {
      const owners = new Set(
        readdirSync(join(this.#proto, below), { withFileTypes: true })
          .filter((entry) => !entry.isDirectory())
          .map(({ name }) => this.installed.get(posix.join(below, name))),
      );
      const [owner] = owners;
      return owners.size === 1 ? owner : undefined;
    } catch {
      return undefined;
    }
  }
}
