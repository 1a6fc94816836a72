// Invariant: pure; what is declared through another component counts as declared.
import type { Edge } from "./edges.ts";

/** Declared needs by component. */
export type Declared = ReadonlyMap<string, readonly string[]>;

/** What declared and inferred needs say together. */
export interface OrderReport {
  /** Inferred and not declared, not even through others: unsafe in a parallel build. */
  readonly missing: readonly Edge[];
  /** Declared, and nothing shows that it is needed. */
  readonly needless: readonly { readonly component: string; readonly needs: string }[];
  /** Components that need each other, the first one again at the end. */
  readonly cycles: readonly (readonly string[])[];
  /** The longest way through all needs, first built first. */
  readonly criticalPath: readonly { readonly component: string; readonly durationMs: number }[];
  /** What is declared and what is missing, of components that miss some, as lines of their Makefile. */
  readonly makefile: readonly string[];
}

/**
 * Compares what is declared with what was inferred. `durations`: milliseconds by component; `single`:
 * what is declared one by one, in the Makefile that the lines are for.
 */
export function judgeOrder(
  declared: Declared,
  inferred: readonly Edge[],
  durations: ReadonlyMap<string, number>,
  single: Declared = declared,
): OrderReport {
  const missing = inferred.filter(({ component, needs }) => !reaches(declared, component, needs));
  const shown = new Set(inferred.map(({ component, needs }) => `${component} ${needs}`));
  const all = new Map<string, readonly string[]>(
    [...declared].map(([component, needs]) => [
      component,
      [
        ...needs,
        ...missing.filter((edge) => edge.component === component).map((edge) => edge.needs),
      ],
    ]),
  );
  return {
    missing,
    needless: [...single].flatMap(([component, needs]) =>
      needs
        .filter((need) => durations.has(component) && !shown.has(`${component} ${need}`))
        .map((need) => ({ component, needs: need })),
    ),
    cycles: cyclesOf(all),
    criticalPath: longestWay(all, durations),
    makefile: [...single.keys()].flatMap((component) =>
      missing.some((edge) => edge.component === component && single.has(edge.needs))
        ? [`${component}: ${namesIn(all.get(component) ?? [], single).join(" ")}`]
        : [],
    ),
  };
}

function namesIn(needs: readonly string[], single: Declared): readonly string[] {
  return [...new Set(needs)].filter((need) => single.has(need)).sort();
}

function reaches(needs: Declared, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of needs.get(at) ?? []) {
      if (next === to) return true;
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return false;
}

/** One cycle for each component that first closes one. */
function cyclesOf(needs: Declared): readonly (readonly string[])[] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (component: string, way: readonly string[]): void => {
    const at = way.indexOf(component);
    if (at >= 0) {
      cycles.push([...way.slice(at), component]);
      return;
    }
    if (done.has(component)) return;
    for (const next of needs.get(component) ?? []) visit(next, [...way, component]);
    done.add(component);
  };
  for (const component of needs.keys()) visit(component, []);
  return cycles;
}

function longestWay(
  needs: Declared,
  durations: ReadonlyMap<string, number>,
): OrderReport["criticalPath"] {
  const known = new Map<string, readonly string[]>();
  const lengthOf = (way: readonly string[]): number =>
    way.reduce((sum, each) => sum + (durations.get(each) ?? 0), 0);
  const wayTo = (component: string, above: readonly string[]): readonly string[] => {
    const before = known.get(component);
    if (before !== undefined) return before;
    // Of a cycle no way is the longest: it is cut where it closes.
    const ways = (needs.get(component) ?? [])
      .filter((need) => need !== component && !above.includes(need))
      .map((need) => wayTo(need, [...above, component]));
    const longest = ways.reduce<readonly string[]>(
      (best, way) => (lengthOf(way) > lengthOf(best) ? way : best),
      [],
    );
    const way = [...longest, component];
    known.set(component, way);
    return way;
  };
  const ways = [...needs.keys()].map((component) => wayTo(component, []));
  const longest = ways.reduce<readonly string[]>(
    (best, way) => (lengthOf(way) > lengthOf(best) ? way : best),
    [],
  );
  return longest.map((component) => ({ component, durationMs: durations.get(component) ?? 0 }));
}
