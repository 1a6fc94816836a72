// Invariant: knows which build is looked at and where it stands among all of the workspace; its state
// is the one that was read last.
import { basename, dirname } from "node:path";
import { readBuild } from "../../engine/journal/builds.ts";
import type { BuildState } from "../../engine/journal/state.ts";
import type { PastPlace } from "../model.ts";
import type { NewestNow } from "../pages/page-options.ts";
import { BuildFollower } from "./build-follower.ts";
import { NewestBuild } from "./newest-build.ts";

/** The build behind the screen. */
export class ShownBuild {
  /** The folder of all builds, while none is shown. */
  readonly #buildsFolder: string;
  readonly #newest = new NewestBuild();
  #follower: BuildFollower | undefined;
  /** The newest build when one was opened last. */
  #newestAtOpen: string | undefined;
  state: BuildState | undefined;
  /** Which build it is, while it is not the newest. */
  past: PastPlace | undefined;

  constructor(buildsFolder: string) {
    this.#buildsFolder = buildsFolder;
  }

  get folder(): string | undefined {
    return this.#follower?.folder;
  }

  /** It is known to be over. */
  get isOver(): boolean {
    return this.state !== undefined && this.state.state !== "running";
  }

  /** The newest build that there is. */
  get newest(): string | undefined {
    return this.#folders()[0];
  }

  /** Turns to a build; its state is there at the next `poll`. */
  open(folder: string, past?: PastPlace): void {
    this.#follower?.close();
    this.#follower = new BuildFollower(folder);
    this.#newestAtOpen = this.newest;
    this.state = undefined;
    this.past = past;
  }

  /** Reads what the journal got. */
  poll(): void {
    this.state = this.#follower?.poll() ?? this.state;
  }

  /** The first build of the workspace, when there is one and none is shown yet. */
  findFirst(): string | undefined {
    const first = this.folder === undefined ? this.newest : undefined;
    return first === undefined || readBuild(first) === undefined ? undefined : first;
  }

  /** True when somebody started another build since: one that is over becomes an earlier one. */
  isOvertaken(): boolean {
    if (!this.isOver || this.past !== undefined) return false;
    const folders = this.#folders();
    const [newest] = folders;
    const index = folders.findIndex((folder) => folder === this.folder);
    // A folder without a journal is no build, or not yet.
    if (newest === undefined || index < 1 || newest === this.#newestAtOpen) return false;
    if (readBuild(newest) === undefined) return false;
    const of = folders.length;
    this.past = { at: of - index, of, overtakenBy: Number.parseInt(basename(newest), 10) };
    return true;
  }

  /** The newest build as far as it is followed. */
  newestNow(): NewestNow | undefined {
    const folder = this.newest;
    if (folder === undefined) return undefined;
    return { folder, isOver: folder === this.folder && this.state?.state !== "running" };
  }

  close(): void {
    this.#follower?.close();
  }

  #folders(): readonly string[] {
    const { folder } = this;
    return this.#newest.folders(folder === undefined ? this.#buildsFolder : dirname(folder));
  }
}
