// Invariant: there is one edge for each two components, with the first reason that was found.

/** One component needs another to be built before it. */
export interface Edge {
  /** e.g. `curl`, `local/kvm-cmd`. */
  readonly component: string;
  readonly needs: string;
  /** What shows it, e.g. `usr/bin/curl needs libidn.so.11`. */
  readonly because: string;
}

/** Gathers edges between known components. */
export class Edges {
  readonly #components: ReadonlySet<string>;
  readonly #edges = new Map<string, Edge>();

  constructor(components: Iterable<string>) {
    this.#components = new Set(components);
  }

  get all(): readonly Edge[] {
    return [...this.#edges.values()];
  }

  /** Nothing is added for an unknown component, one that is its own need, or an edge there is. */
  add(component: string, needs: string | undefined, because: string): void {
    if (needs === undefined || needs === component) return;
    const key = `${component} ${needs}`;
    if (this.#edges.has(key)) return;
    if (!this.#components.has(component) || !this.#components.has(needs)) return;
    this.#edges.set(key, { component, needs, because });
  }
}
