// Invariant: what is compared is one earlier build and what ships now; leaving it ends the work.
import {
  changeText,
  type Comparison,
  type EntryChange,
} from "../../../engine/manifest/query-diff.ts";
import type { Shipped } from "../../../engine/manifest/query.ts";
import { grouped } from "../../present/narrowed.ts";
import type { ComparableBuild, ManifestPorts } from "./ports.ts";
import { sizeText } from "./size-text.ts";
import type { BuildRow, ChangeRow } from "./view.ts";

export class Compare {
  readonly #ports: ManifestPorts;
  readonly #onNews: () => void;
  #builds: readonly ComparableBuild[] | undefined;
  #build: ComparableBuild | undefined;
  #comparison: Comparison | undefined;
  #refused: string | undefined;
  #progress = 0;
  #abort = new AbortController();

  /** `onBuilds`: told once how many builds there are, and where the choice best begins. */
  constructor(
    ports: ManifestPorts,
    onNews: () => void,
    onBuilds: (count: number, first: number) => void,
  ) {
    this.#ports = ports;
    this.#onNews = onNews;
    void ports.builds().then((builds) => {
      this.#builds = builds;
      // The newest one is mostly what ships now.
      const earlier = builds.findIndex(({ isNewest }) => !isNewest);
      onBuilds(builds.length, Math.max(0, earlier));
      onNews();
    });
  }

  get builds(): readonly BuildRow[] {
    return (this.#builds ?? []).map(({ name, startedAt, result, isNewest }) => ({
      kind: "build",
      name,
      when: dayAndTime(startedAt),
      result,
      isNewest,
    }));
  }

  get changes(): readonly EntryChange[] {
    return this.#comparison?.changes ?? [];
  }

  /** Compares with the build in a row of the list. */
  choose(index: number, shipped: Shipped): boolean {
    const build = this.#builds?.[index];
    if (build === undefined) return false;
    this.#build = build;
    const onProgress = (share: number): void => {
      this.#progress = share;
    };
    void this.#ports
      .compare(build.folder, shipped, onProgress, this.#abort.signal)
      .then((compared) => {
        if (this.#abort.signal.aborted) return;
        if ("refused" in compared) this.#refused = compared.refused;
        else this.#comparison = compared.comparison;
        this.#onNews();
      });
    return true;
  }

  get title(): string {
    if (this.#build === undefined) return "Choose the build to compare with";
    const since = `since build ${this.#build.name}`;
    const { added, removed, changed, bytesBefore, bytesAfter } = this.#comparison ?? {};
    if (added === undefined || bytesBefore === undefined || bytesAfter === undefined) return since;
    const by = bytesAfter - bytesBefore;
    const size = by === 0 ? "same size" : `${by > 0 ? "+" : "-"}${sizeText(Math.abs(by))}`;
    return (
      `${grouped(added)} added, ${grouped(removed ?? 0)} removed, ` +
      `${grouped(changed ?? 0)} changed, ${size} ${since}`
    );
  }

  /** The sentence where there are no rows. */
  get empty(): string {
    if (this.#builds === undefined) return "Looking for builds …";
    if (this.#build === undefined) {
      return "No build kept what it shipped yet: that begins with the next image. Esc goes back.";
    }
    if (this.#refused !== undefined) return this.#refused;
    if (this.#comparison === undefined) {
      return this.#progress === 0
        ? "Comparing …"
        : `Comparing contents ${String(Math.floor(this.#progress * 100))} % …`;
    }
    return "Nothing differs: the same entries, modes, owners, links and contents.";
  }

  close(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }
}

/** `2026-11-23 10:15` in local time; empty for what is no time. */
function dayAndTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A change as a row. */
export function changeRow(change: EntryChange): ChangeRow {
  const { kind, path } = change;
  switch (kind) {
    case "added":
      return { kind: "change", change: kind, path, detail: bytesOf(change.after.size) };
    case "removed":
      return { kind: "change", change: kind, path, detail: bytesOf(change.before.size) };
    case "changed":
      return { kind: "change", change: kind, path, detail: changeText(change) };
  }
}

function bytesOf(bytes: number | undefined): string {
  return bytes === undefined ? "" : sizeText(bytes);
}
