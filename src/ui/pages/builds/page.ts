// Invariant: the builds page reads journals when it comes on screen, a piece at a time, and never
// changes a build; while somebody looks at it, a running build is read again now and then.
import { compareBuilds } from "../../../engine/journal/compare-builds.ts";
import { pastBuild, type PastBuild } from "../../../engine/journal/past-builds.ts";
import type { PastPlace } from "../../model.ts";
import type { PageOptions } from "../page-options.ts";
import type { Motion, Page, PageSize } from "../page.ts";
import type { BuildsPorts, LogUse, OnDisk } from "./ports.ts";
import { detailRoom, lastTop, listRoom } from "./rows.ts";
import type { BuildsView, CompareView, ImageView, ListView, Trend } from "./view.ts";

/** A running build is read again so often (milliseconds). */
const againMs = 10_000;

/** A build of the list, and where it stands among all. */
export interface ChosenBuild {
  readonly build: PastBuild;
  readonly isNewest: boolean;
  readonly place: PastPlace;
  readonly disk: OnDisk | undefined;
}

/** What the page asks of the console. */
type Options = Pick<PageOptions, "root" | "newest" | "onNews"> & {
  readonly ports: Pick<PageOptions["ports"], "builds" | "now">;
};

type Detail = Omit<ImageView, "now" | "disk" | "isVerifying"> | Omit<CompareView, "now">;

export class BuildsPage implements Page {
  readonly #options: Options;
  #ports: BuildsPorts | undefined;
  #builds: readonly PastBuild[] = [];
  readonly #known = new Map<string, PastBuild>();
  readonly #disks = new Map<string, OnDisk>();
  readonly #verifying = new Set<string>();
  #chosen = 0;
  #top = 0;
  #room = 1;
  #marked: PastBuild | undefined;
  #detail: Detail | undefined;
  #use: LogUse | undefined;
  #isReading = false;
  /** The newest build as it was when somebody last looked, in a word. */
  #seen: string | undefined;
  /** The list is known to be of before. */
  #isOutdated = false;
  #readAt = 0;
  #isClosed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  enter(): void {
    this.#disks.clear();
    if (this.#hasNewestChanged()) this.#beginAtNewest();
    void this.#read();
  }

  poll(): boolean {
    if (this.#hasNewestChanged()) this.#isOutdated = true;
    const isRunning = this.#builds[0]?.state === "running";
    const isDue = performance.now() - this.#readAt >= againMs;
    if (this.#isOutdated || (isRunning && isDue)) void this.#read();
    return false;
  }

  view(size: PageSize): BuildsView {
    this.#room = this.#detail === undefined ? listRoom(size) : detailRoom(size);
    const now = this.#options.ports.now();
    if (this.#detail === undefined) return this.#listView(now);
    const view = this.#detailView(this.#detail, now);
    const top = Math.min(view.top, lastTop(view, size));
    this.#detail = { ...this.#detail, top };
    return { ...view, top };
  }

  move(motion: Motion): void {
    if (this.#detail !== undefined) {
      const top = moved(this.#detail.top, motion, this.#room, Number.MAX_SAFE_INTEGER);
      this.#detail = { ...this.#detail, top };
      return;
    }
    this.#chosen = moved(this.#chosen, motion, this.#room, Math.max(0, this.#builds.length - 1));
  }

  back(): boolean {
    if (this.#detail !== undefined) {
      this.#detail = undefined;
      return true;
    }
    if (this.#marked === undefined) return false;
    this.#marked = undefined;
    return true;
  }

  type(): boolean {
    return false;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** The build under the cursor. */
  get chosen(): ChosenBuild | undefined {
    const build = this.#builds[this.#chosen];
    if (build === undefined) return undefined;
    const of = this.#builds.length;
    return {
      build,
      isNewest: this.#chosen === 0,
      place: { at: of - this.#chosen, of },
      disk: this.#diskOf(build),
    };
  }

  /** Shows the image of the chosen build. */
  showImage(): void {
    this.#showImageOf(this.#chosen, 0);
  }

  /** Marks the chosen build, or compares it with the marked one; a sentence about what comes next. */
  compare(): string | undefined {
    const build = this.#builds[this.#chosen];
    if (build === undefined) return undefined;
    const marked = this.#marked;
    if (marked === undefined) {
      this.#marked = build;
      return `Build ${build.number} is marked: choose another one and press c again.`;
    }
    this.#marked = undefined;
    if (marked.folder === build.folder) return "The mark is taken away.";
    const [older, newer] = marked.number < build.number ? [marked, build] : [build, marked];
    return this.#showComparison(older, newer);
  }

  /** Verifies the image of the chosen build; a sentence when that could not be done. */
  async verify(): Promise<string | undefined> {
    const detail = this.#detail;
    const build = detail?.keys === "builds-image" ? detail.build : this.#builds[this.#chosen];
    const ports = this.#ports;
    if (build?.image === undefined || ports === undefined) return "This build made no image.";
    if (this.#verifying.has(build.folder)) return undefined;
    this.#verifying.add(build.folder);
    const refused = await ports.verify(build);
    this.#verifying.delete(build.folder);
    this.#disks.delete(build.folder);
    return refused;
  }

  /** Whether a build began or ended since somebody last looked. */
  #hasNewestChanged(): boolean {
    const newest = this.#options.newest();
    const now = newest && `${newest.folder} ${newest.isOver ? "over" : ""}`;
    const hasChanged = now !== this.#seen;
    this.#seen = now;
    return hasChanged;
  }

  /** Whoever comes because of the newest build has it chosen, before the list is read again. */
  #beginAtNewest(): void {
    this.#detail = undefined;
    this.#chosen = 0;
    const folder = this.#options.newest()?.folder;
    const state = folder === undefined ? undefined : this.#ports?.read(folder);
    if (folder === undefined || state === undefined || this.#builds.length === 0) return;
    const others = this.#builds.filter((build) => build.folder !== folder);
    this.#builds = [pastBuild(folder, state), ...others];
  }

  #detailView(detail: Detail, now: number): ImageView | CompareView {
    if (detail.keys === "builds-compare") return { ...detail, now };
    const { build } = detail;
    const isVerifying = this.#verifying.has(build.folder);
    const disk = this.#diskOf(build) ?? { logBytes: 0, made: [] };
    return { ...detail, now, disk, isVerifying };
  }

  #listView(now: number): ListView {
    const count = this.#builds.length;
    this.#chosen = Math.max(0, Math.min(this.#chosen, count - 1));
    const highest = Math.max(0, count - this.#room);
    const least = Math.max(0, this.#chosen - this.#room + 1);
    this.#top = Math.min(highest, Math.max(least, Math.min(this.#top, this.#chosen)));
    const build = this.#builds[this.#chosen];
    return {
      kind: "builds",
      keys: "builds",
      now,
      builds: this.#builds.slice(this.#top, this.#top + this.#room),
      top: this.#top,
      chosen: this.#chosen,
      count,
      isReading: this.#isReading && this.#use === undefined,
      longestMs: Math.max(0, ...this.#builds.map(({ durationMs = 0 }) => durationMs)),
      marked: this.#marked?.folder,
      disk: build === undefined ? undefined : this.#diskOf(build),
      isVerifying: build !== undefined && this.#verifying.has(build.folder),
      use: this.#use,
    };
  }

  #showImageOf(index: number, top: number): void {
    const build = this.#builds[index];
    if (build === undefined) return;
    const { root } = this.#options;
    const trends = trendsOf(this.#builds.slice(index));
    this.#detail = { kind: "builds", keys: "builds-image", build, trends, root, top };
  }

  #showComparison(older: PastBuild, newer: PastBuild): string | undefined {
    const ports = this.#ports;
    const before = ports?.read(older.folder);
    const after = ports?.read(newer.folder);
    if (ports === undefined || before === undefined || after === undefined) {
      return "The journal of one of them cannot be read.";
    }
    const compared = compareBuilds(before, after);
    const common = { kind: "builds", keys: "builds-compare", older, newer, compared } as const;
    this.#detail = { ...common, commits: undefined, top: 0 };
    void ports.commits(before, after).then((commits) => {
      const now = this.#detail;
      if (now?.keys !== "builds-compare" || now.compared !== compared) return;
      this.#detail = { ...now, commits };
      this.#options.onNews();
    });
    return undefined;
  }

  /** What lies on the disk is looked at once for each build that is chosen. */
  #diskOf(build: PastBuild): OnDisk | undefined {
    const known = this.#disks.get(build.folder);
    if (known !== undefined || this.#ports === undefined) return known;
    const disk = this.#ports.onDisk(build, this.#builds);
    this.#disks.set(build.folder, disk);
    return disk;
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#isOutdated = false;
    try {
      const ports = (this.#ports ??= await this.#options.ports.builds());
      const read: PastBuild[] = [];
      for await (const piece of ports.list(this.#known)) {
        if (this.#isClosed) return;
        read.push(...piece);
        for (const build of piece) this.#known.set(build.folder, build);
        // A list that was read before is replaced as a whole, so that nothing jumps.
        if (this.#builds.length <= read.length) this.#replace([...read]);
      }
      // What lies there may have changed with the builds.
      this.#disks.clear();
      this.#replace(read);
      this.#use = await ports.logUse(read);
    } finally {
      this.#isReading = false;
      this.#readAt = performance.now();
      if (!this.#isClosed) this.#options.onNews();
    }
  }

  /** The chosen build stays chosen though newer ones have come. */
  #replace(builds: readonly PastBuild[]): void {
    const folder = this.#chosen === 0 ? undefined : this.#builds[this.#chosen]?.folder;
    this.#builds = builds;
    const at = builds.findIndex((build) => build.folder === folder);
    if (at !== -1) this.#chosen = at;
    const detail = this.#detail;
    const shown = detail?.keys === "builds-image" ? detail.build.folder : undefined;
    const now = builds.findIndex((build) => build.folder === shown);
    if (now !== -1) this.#showImageOf(now, detail?.top ?? 0);
    this.#options.onNews();
  }
}

function moved(from: number, motion: Motion, room: number, last: number): number {
  if ("to" in motion) return motion.to === "first" ? 0 : last;
  const by = "rows" in motion ? motion.rows : motion.screens * Math.max(1, room - 1);
  return Math.max(0, Math.min(last, from + by));
}

/** The fill of the file systems of the first of these builds, and of those before it. */
function trendsOf(builds: readonly PastBuild[]): readonly Trend[] {
  const past = builds.flatMap(({ image }) => (image === undefined ? [] : [image])).reverse();
  return (builds[0]?.image?.volumes ?? []).map((fill): Trend => {
    const same = past.flatMap(({ volumes }) => volumes.filter(({ name }) => name === fill.name));
    return {
      fill,
      bytes: same.map(({ usedBytes }) => usedBytes),
      inodes: same.map(({ usedInodes }) => usedInodes),
    };
  });
}
