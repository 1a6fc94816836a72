// Invariant: the manifest page reads its files when it comes on screen, and never changes the build.
import { valuesFor } from "../../../engine/manifest/query-filter.ts";
import {
  sizesByComponent,
  totalBytes,
  type SizeRow,
} from "../../../engine/manifest/query-sizes.ts";
import { countStates, type EntryState, type ShippedEntry } from "../../../engine/manifest/query.ts";
import type { ScreenName } from "../../model.ts";
import { beyond } from "../../present/more-marks.ts";
import type { PageOptions } from "../page-options.ts";
import type { Motion, Page, PageSize } from "../page.ts";
import { changeRow, Compare } from "./compare.ts";
import { detailLines } from "./detail.ts";
import { EntryList } from "./entry-list.ts";
import { manifestLayout } from "./layout.ts";
import { ListCursor } from "./list-cursor.ts";
import { noteOn } from "./note.ts";
import type { NamedLine } from "./ports.ts";
import { ShippedReader } from "./reader.ts";
import type { DetailLine, ManifestPanel, ManifestRow, ManifestView, TotalRow } from "./view.ts";

/** What of the options this page uses. */
type ManifestPageOptions = Pick<PageOptions, "root" | "onNews" | "isPast"> & {
  readonly ports: Pick<PageOptions["ports"], "manifest">;
};

export class ManifestPage implements Page {
  readonly #options: ManifestPageOptions;
  readonly #reader: ShippedReader;
  readonly #list = new EntryList();
  readonly #cursor = new ListCursor();
  #panel: ManifestPanel = "entries";
  #isTyping = false;
  #text = "";
  /** What could stand behind the term that is typed last. */
  #values: readonly string[] = [];
  #compare: Compare | undefined;
  #size: PageSize = { columns: 80, rows: 20 };
  #states: readonly (readonly [EntryState, number])[] = [];
  #totals: readonly SizeRow[] = [];
  #bytes = 0;
  #hasFaults = false;
  /** A path to go to once it is there. */
  #wanted: string | undefined;
  #notice: string | undefined;
  /** The screen that `back` leads to. */
  #cameFrom: ScreenName | undefined;
  #firstRow = 0;

  constructor(options: ManifestPageOptions) {
    this.#options = options;
    this.#reader = new ShippedReader(options.ports.manifest, {
      onEntries: (entries) => {
        this.#take(entries);
      },
      onNews: options.onNews,
    });
  }

  enter(): void {
    this.#cameFrom = undefined;
    this.#reader.read();
  }

  poll(): boolean {
    return false;
  }

  get cameFrom(): ScreenName | undefined {
    return this.#cameFrom;
  }

  /** Goes to a path, now or once it is read. `from`: where `back` leads. */
  goTo(path: string, from: ScreenName): void {
    this.#leavePanel();
    this.#cameFrom = from;
    this.#wanted = path;
    this.#isTyping = false;
    if (this.#list.entries.length > 0) this.#goToWanted();
  }

  /** The entry at the cursor. */
  get entry(): ShippedEntry | undefined {
    return this.#list.node?.entry;
  }

  /** Where the line that counts for the entry at the cursor is edited. */
  get place(): NamedLine | undefined {
    return this.#options.ports.manifest.places(this.entry?.lines.slice(0, 1) ?? [])[0];
  }

  /** The workspace. */
  get root(): string {
    return this.#options.root;
  }

  readAgain(): void {
    this.#reader.read();
  }

  beginFilter(): void {
    this.#leavePanel();
    this.#isTyping = true;
  }

  endFilter(keep: boolean): void {
    this.#isTyping = false;
    if (!keep) this.#setFilter("");
  }

  type(key: string): boolean {
    if (!this.#isTyping) return false;
    const characters = Array.from(this.#text);
    if (key === "backspace") this.#setFilter(characters.slice(0, -1).join(""));
    else if (key === "ctrl-u") this.#setFilter("");
    else this.#setFilter(this.#text + (key === "space" ? " " : characterOf(key)));
    return true;
  }

  paste(text: string): boolean {
    if (!this.#isTyping) return false;
    this.#setFilter(this.#text + text.replaceAll(/\p{Cc}+/gu, " "));
    return true;
  }

  move(motion: Motion): void {
    if (this.#panel === "entries") this.#list.move(motion, this.#height);
    else if (this.#panel === "detail") {
      const step = "rows" in motion ? motion.rows : "screens" in motion ? motion.screens * 5 : 0;
      const from = "to" in motion && motion.to === "last" ? 1000 : this.#firstRow + step;
      this.#firstRow = "to" in motion && motion.to === "first" ? 0 : Math.max(0, from);
    } else this.#cursor.move(motion, this.#count, this.#height);
  }

  /** Opens a directory; of what is none, all that is known of it. */
  open(): void {
    const { shipped } = this.#reader;
    if (this.#panel === "entries") {
      if (this.#list.open(this.#height) || this.#list.node === undefined) return;
      this.#panel = "detail";
      this.#firstRow = 0;
    } else if (this.#panel === "builds" && shipped !== undefined) {
      if (this.#compare?.choose(this.#cursor.at, shipped) !== true) return;
      this.#panel = "compare";
      this.#cursor.move({ to: "first" }, 1, 1);
    } else if (this.#panel === "compare") {
      const path = this.#compare?.changes[this.#cursor.at]?.path;
      if (path !== undefined && this.#list.show(path, this.#height)) this.#leavePanel();
      else if (path !== undefined) this.#notice = `${path} does not ship any more.`;
    } else if (this.#panel === "totals") {
      const name = this.#totals[this.#cursor.at]?.name;
      if (name === undefined) return;
      this.#leavePanel();
      this.#setFilter(`component:${name.split(" ").at(-1) ?? name}`);
    }
  }

  closeFolder(): void {
    if (this.#panel === "detail") this.#panel = "entries";
    else if (this.#panel === "entries") this.#list.close(this.#height);
  }

  toggleAll(): void {
    this.#list.toggleAll(this.#height);
  }

  nextFault(step: 1 | -1): void {
    this.#leavePanel();
    this.#list.nextFault(step, this.#height);
  }

  toggleUndelivered(): void {
    this.#leavePanel();
    this.#reader.toggleUndelivered();
  }

  toggleTotals(): void {
    const isShown = this.#panel === "totals";
    this.#leavePanel();
    if (isShown) return;
    this.#panel = "totals";
    this.#cursor.move({ to: "first" }, 1, 1);
  }

  toggleCompare(): void {
    const isShown = this.#panel === "builds" || this.#panel === "compare";
    this.#leavePanel();
    if (isShown) return;
    this.#panel = "builds";
    this.#cursor.move({ to: "first" }, 1, 1);
    const { ports, onNews } = this.#options;
    this.#compare = new Compare(ports.manifest, onNews, (count, first) => {
      this.#cursor.move({ rows: first }, count, this.#height);
    });
  }

  back(): boolean {
    if (this.#panel === "compare") {
      // To the choice of a build first.
      this.#leavePanel();
      this.toggleCompare();
      return true;
    }
    if (this.#panel !== "entries") {
      this.#leavePanel();
      return true;
    }
    if (this.#text === "") return false;
    this.#setFilter("");
    return true;
  }

  close(): void {
    this.#reader.close();
    this.#compare?.close();
  }

  view(size: PageSize): ManifestView {
    this.#size = size;
    const note = this.#notice ?? noteOn(this.#reader.shipped);
    const panel = this.#panel;
    const layout = manifestLayout(size, { panel, note });
    const { rows, cursor } = this.#window(layout.listHeight);
    const place = this.#place;
    const { filter } = this.#list;
    const { shipped } = this.#reader;
    return {
      kind: "manifest",
      keys: this.#isTyping ? "manifest-filter" : "manifest",
      panel,
      entries: shipped?.entries.length,
      matching: filter === undefined ? undefined : this.#list.count,
      isPast: this.#options.isPast(),
      states: this.#states,
      filter:
        this.#isTyping || this.#text !== ""
          ? { text: this.#text, isTyping: this.#isTyping, hint: this.#hint() }
          : undefined,
      note,
      isBusy: this.#reader.isBusy,
      title: this.#title,
      rows,
      empty: this.#empty,
      cursor,
      beyond: beyond(cursor < 0 ? 0 : place.at - 1 - cursor, rows.length, place.of),
      place,
      detail: layout.detail === "none" ? [] : this.#detail(),
      withUndelivered: this.#reader.withUndelivered,
      hasLine: (this.entry?.lines.length ?? 0) > 0,
      hasFaults: this.#hasFaults,
    };
  }

  get #height(): number {
    const note = this.#notice ?? noteOn(this.#reader.shipped);
    return manifestLayout(this.#size, { panel: this.#panel, note }).listHeight;
  }

  get #count(): number {
    switch (this.#panel) {
      case "entries":
      case "detail":
        return this.#list.count;
      case "totals":
        return this.#totals.length;
      case "builds":
        return this.#compare?.builds.length ?? 0;
      case "compare":
        return this.#compare?.changes.length ?? 0;
    }
  }

  get #place(): ManifestView["place"] {
    const at =
      this.#panel === "entries" || this.#panel === "detail" ? this.#list.at : this.#cursor.at;
    const of = this.#count;
    return { at: Math.min(of, at + 1), of };
  }

  get #title(): string {
    switch (this.#panel) {
      case "entries":
      case "detail":
        return "";
      case "totals":
        return "What each component puts into the image";
      case "builds":
      case "compare":
        return this.#compare?.title ?? "";
    }
  }

  get #empty(): string {
    const { refused, isBusy } = this.#reader;
    if (this.#panel === "builds" || this.#panel === "compare") return this.#compare?.empty ?? "";
    if (refused !== undefined) return refused;
    if (isBusy && this.#list.entries.length === 0) return "Reading the manifests …";
    if (this.#list.filter !== undefined) return "Nothing matches. Esc takes the filter away.";
    return "The manifests have no entries.";
  }

  #window(height: number): { readonly rows: readonly ManifestRow[]; readonly cursor: number } {
    if (this.#panel === "entries" || this.#panel === "detail") return this.#list.window(height);
    this.#cursor.settle(this.#count, height);
    const { at, top } = this.#cursor;
    const rows = this.#panelRows(top, top + height);
    return { rows, cursor: rows.length === 0 ? -1 : at - top };
  }

  #panelRows(from: number, to: number): readonly ManifestRow[] {
    if (this.#panel === "builds") return this.#compare?.builds.slice(from, to) ?? [];
    if (this.#panel === "compare") {
      return this.#compare?.changes.slice(from, to).map(changeRow) ?? [];
    }
    const largest = this.#totals[0]?.bytes ?? 0;
    return this.#totals.slice(from, to).map(({ name, bytes, entries, faults }): TotalRow => {
      const share = this.#bytes === 0 ? 0 : bytes / this.#bytes;
      const bar = largest === 0 ? 0 : bytes / largest;
      return { kind: "total", name, bytes, entries, faults, share, bar };
    });
  }

  #detail(): readonly DetailLine[] {
    const { node } = this.#list;
    const { shipped } = this.#reader;
    if (node === undefined || shipped === undefined) return [];
    const { entry } = node;
    const places = this.#options.ports.manifest.places(entry?.lines ?? []);
    const lines = detailLines({ node, places, total: this.#bytes, shipped });
    if (this.#panel !== "detail") return lines;
    this.#firstRow = Math.min(this.#firstRow, lines.length - 1);
    return lines.slice(this.#firstRow);
  }

  #hint(): string {
    const { fault } = this.#list.filter ?? {};
    if (fault !== undefined) return fault;
    if (!this.#isTyping) return "";
    if (this.#values.length > 0) return this.#values.join(" ");
    return this.#text === "" ? "part of a path; component: type: state: owner: !not" : "";
  }

  #setFilter(text: string): void {
    this.#text = text;
    this.#notice = undefined;
    this.#values = valuesFor(text, this.#list.entries);
    this.#list.setFilter(text, this.#height);
  }

  #take(entries: readonly ShippedEntry[]): void {
    this.#list.set(entries, this.#height);
    const states = [...countStates(entries)].filter(([state]) => state !== "ok");
    this.#states = states.sort(([a], [b]) => firstTold(b) - firstTold(a));
    this.#totals = sizesByComponent(entries);
    this.#bytes = totalBytes(entries);
    this.#hasFaults = this.#list.hasFaults;
    this.#goToWanted();
  }

  #goToWanted(): void {
    const path = this.#wanted;
    if (path === undefined) return;
    const isThere = this.#list.show(path, this.#height);
    if (isThere) this.#text = "";
    if (isThere || !this.#reader.isBusy) this.#wanted = undefined;
    this.#notice = isThere || this.#reader.isBusy ? undefined : `No manifest names ${path}.`;
  }

  #leavePanel(): void {
    this.#panel = "entries";
    this.#notice = undefined;
    this.#compare?.close();
    this.#compare = undefined;
  }
}

/**
 * What was asked for last comes first; of what is not built yet there are many while a build runs,
 * and only FAILED matters more.
 */
function firstTold(state: EntryState): number {
  return 1 + ["unbuilt", "failed", "undelivered"].indexOf(state);
}

function characterOf(key: string): string {
  return Array.from(key).length === 1 ? key : "";
}
