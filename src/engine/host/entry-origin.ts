// Invariant: what is told of a missing entry beyond its manifest costs one walk over the searched
// folders, whatever the number of entries; after the first 50 only the manifest is told.
import { join, relative } from "node:path";
import { installerPlace, Installers } from "../diagnosis/installer.ts";
import { NearNames } from "../diagnosis/near-names.ts";
import type { Installer, Problem } from "../journal/events.ts";
import { installerMakefile } from "./entry-advice.ts";
import { lastGood } from "../journal/last-good.ts";

const mostExplained = 50;
const mostLinked = 5;

/** Where an entry was looked for, and what is known of the build. */
export interface EntrySurroundings {
  readonly root: string;
  /** The build's folder. */
  readonly folder: string;
  readonly searched: readonly string[];
  /** Problems that logs of this build show. */
  readonly known: readonly Problem[];
}

/** What goes into the problem of a missing entry. */
export type EntryOrigin = Pick<Problem, "searched" | "near" | "installer">;

/** Explains entries one after the other. */
export class EntryOrigins {
  readonly #given: EntrySurroundings;
  readonly #searched: readonly string[];
  readonly #installers: Installers;
  #names: NearNames | undefined;
  #count = 0;

  constructor(given: EntrySurroundings) {
    this.#given = given;
    const { root, folder, searched } = given;
    this.#searched = searched.map((path) => relative(root, path));
    this.#installers = new Installers(root, () => {
      const good = lastGood(folder, "extra");
      return good === undefined ? undefined : join(good.folder, good.log);
    });
  }

  /** @param manifest that asks for the path, below the workspace */
  of(path: string, manifest: string | undefined): EntryOrigin {
    if (this.#count++ >= mostExplained) return {};
    this.#names ??= new NearNames(
      this.#given.searched.map((at, index) => ({ at, shown: this.#searched[index] ?? at })),
    );
    const near = this.#names.near(path);
    const installer = manifest === undefined ? undefined : this.#installers.of(manifest, path);
    return {
      searched: this.#searched,
      ...(near.length === 0 ? {} : { near }),
      ...(installer === undefined ? {} : { installer: this.#placed(this.#linked(installer)) }),
    };
  }

  #placed(installer: Installer): Installer {
    const makefile = installerMakefile(this.#given.root, installer.component);
    return makefile === undefined ? installer : { ...installer, makefile };
  }

  #linked(installer: Installer): Installer {
    const { stage, component } = installerPlace(installer.component);
    const problems = this.#given.known
      .filter((problem) => problem.span !== undefined && problem.path === undefined)
      .filter((problem) =>
        component === undefined
          ? problem.stage === stage
          : problem.stage === installer.component ||
            (problem.stage === stage && problem.component === component),
      )
      .map(({ id }) => id)
      .slice(0, mostLinked);
    return problems.length === 0 ? installer : { ...installer, problems };
  }
}
