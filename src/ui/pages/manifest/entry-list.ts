// Invariant: what is shown is the tree with its open directories, or while a filter is set the flat
// list of all it lets through; the cursor stays on its path where that is still shown.
import { parseFilter, type EntryFilter } from "../../../engine/manifest/query-filter.ts";
import { isFault } from "../../../engine/manifest/query-sizes.ts";
import {
  foldersAbove,
  indexOfPath,
  openRows,
  treeOf,
  type TreeNode,
} from "../../../engine/manifest/query-tree.ts";
import { modeText, type ShippedEntry } from "../../../engine/manifest/query.ts";
import type { Motion } from "../page.ts";
import { ListCursor } from "./list-cursor.ts";
import type { EntryRow } from "./view.ts";

export class EntryList {
  #entries: readonly ShippedEntry[] = [];
  #nodes: readonly TreeNode[] = [];
  /** Indexes of nodes, as they are shown. */
  #rows: readonly number[] = [];
  #filter: EntryFilter | undefined;
  #open = new Set<string>();
  readonly #cursor = new ListCursor();

  get entries(): readonly ShippedEntry[] {
    return this.#entries;
  }

  /** The path that a reader sees the cursor on. */
  get path(): string | undefined {
    return this.node?.path;
  }

  get node(): TreeNode | undefined {
    return this.#nodes[this.#rows[this.#cursor.at] ?? -1];
  }

  get count(): number {
    return this.#rows.length;
  }

  /** 0-based. */
  get at(): number {
    return this.#cursor.at;
  }

  get filter(): EntryFilter | undefined {
    return this.#filter;
  }

  get hasFaults(): boolean {
    return this.#nodes.some(({ entry }) => entry !== undefined && isFault(entry));
  }

  /** Other entries, e.g. after the files were looked for. */
  set(entries: readonly ShippedEntry[], height: number): void {
    const { path } = this;
    this.#entries = entries;
    this.#nodes = treeOf(entries);
    this.#refresh(path, height);
  }

  /** Sets a filter; an empty text takes it away. */
  setFilter(text: string | undefined, height: number): void {
    const { path } = this;
    this.#filter = text === undefined || text.trim() === "" ? undefined : parseFilter(text);
    if (this.#filter === undefined && path !== undefined) this.#openAbove(path);
    this.#refresh(path, height);
  }

  move(motion: Motion, height: number): void {
    this.#cursor.move(motion, this.count, height);
  }

  /** Opens the directory at the cursor, or goes to its first entry; false for what is none. */
  open(height: number): boolean {
    const { node } = this;
    if (node === undefined || node.below === 0 || this.#filter !== undefined) return false;
    if (this.#open.has(node.path)) this.move({ rows: 1 }, height);
    else {
      this.#open.add(node.path);
      this.#refresh(node.path, height);
    }
    return true;
  }

  /** Closes the directory at the cursor, or else goes to the one it is in. */
  close(height: number): void {
    const { node } = this;
    if (node === undefined || this.#filter !== undefined) return;
    const folder = this.#open.has(node.path) ? node.path : foldersAbove(node.path).at(-1);
    if (folder === undefined) return;
    if (folder === node.path) this.#open.delete(folder);
    this.#refresh(folder, height);
  }

  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  /** Opens all directories; where all are open, closes them. */
  toggleAll(height: number): void {
    const { path } = this;
    const folders = this.#nodes.filter(({ below }) => below > 0);
    const areOpen = folders.every((folder) => this.#open.has(folder.path));
    this.#open = new Set(areOpen ? [] : folders.map((folder) => folder.path));
    this.#refresh(areOpen ? path?.split("/")[0] : path, height);
  }

  /** Goes to a path and opens all above it; false when there is none. A filter is taken away. */
  show(path: string, height: number): boolean {
    const index = indexOfPath(this.#nodes, path);
    if (this.#nodes[index]?.path !== path) return false;
    this.#filter = undefined;
    this.#openAbove(path);
    this.#refresh(path, height);
    return true;
  }

  /** To the next entry that needs somebody, going round; false when there is none. */
  nextFault(step: 1 | -1, height: number): boolean {
    const count = this.#filter === undefined ? this.#nodes.length : this.#rows.length;
    const from = this.#filter === undefined ? (this.#rows[this.#cursor.at] ?? 0) : this.at;
    for (let by = 1; by <= count; by++) {
      const at = (from + step * by + count * 2) % count;
      const node = this.#nodes[this.#filter === undefined ? at : (this.#rows[at] ?? -1)];
      if (node?.entry === undefined || !isFault(node.entry)) continue;
      if (this.#filter === undefined) return this.show(node.path, height);
      this.#cursor.show(at, this.count, height);
      return true;
    }
    return false;
  }

  /** The rows that are on screen, and which of them has the cursor. */
  window(height: number): { readonly rows: readonly EntryRow[]; readonly cursor: number } {
    this.#cursor.settle(this.count, height);
    const { top, at } = this.#cursor;
    const rows = this.#rows.slice(top, top + height).flatMap((index): EntryRow[] => {
      const node = this.#nodes[index];
      return node === undefined ? [] : [this.#row(node)];
    });
    return { rows, cursor: rows.length === 0 ? -1 : at - top };
  }

  #row({ path, name, depth, entry, below, bytes, worst }: TreeNode): EntryRow {
    const isFlat = this.#filter !== undefined;
    const isOpen = this.#open.has(path);
    const isFolder = below > 0 && !isFlat;
    const link = entry?.target === undefined ? "" : ` => ${entry.target}`;
    return {
      kind: "entry",
      text: (isFlat ? path : name) + link,
      depth: isFlat ? 0 : depth,
      ...(isFolder ? { isOpen } : {}),
      type: entry?.type ?? "d",
      mode: entry?.mode === undefined ? "" : modeText(entry.mode),
      owner: entry?.user === undefined ? "" : `${entry.user}:${entry.group ?? ""}`,
      size: entry?.type === "f" ? entry.size : isFolder ? bytes : undefined,
      below: isFlat ? 0 : below,
      component: entry?.component ?? "",
      state: isFolder && !isOpen ? worst : (entry?.state ?? "failed"),
    };
  }

  #openAbove(path: string): void {
    for (const folder of foldersAbove(path)) this.#open.add(folder);
  }

  #refresh(path: string | undefined, height: number): void {
    const { matches } = this.#filter ?? {};
    if (matches === undefined) this.#rows = openRows(this.#nodes, this.#open);
    else {
      const rows: number[] = [];
      this.#nodes.forEach(({ entry }, index) => {
        if (entry !== undefined && matches(entry)) rows.push(index);
      });
      this.#rows = rows;
    }
    this.#cursor.show(this.#rowOf(path), this.count, height);
  }

  /** The row of a path, or of the nearest that is shown before it. */
  #rowOf(path: string | undefined): number {
    if (path === undefined) return 0;
    const index = indexOfPath(this.#nodes, path);
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
