// Invariant: A and B alternate, and who goes first changes with every pair, so that a drift of the
// machine falls on both alike.

/** The ratio A / B over all pairs. */
export interface PairsResult {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Seconds, median over the pairs. */
  readonly a: number;
  readonly b: number;
}

/** One side of a comparison: does its work once and resolves to what it took, in seconds. */
export type Side = () => Promise<number> | number;

/** Median of numbers; the mean of the middle two when they are even in number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

/** Runs both sides once to warm up, then `pairs` times (at least 7) alternating; prints each pair. */
export async function comparePairs(a: Side, b: Side, pairs = 7): Promise<PairsResult> {
  if (pairs < 7) console.log(`  a median of ${pairs} pairs says little`);
  await a();
  await b();
  const taken: { a: number; b: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = await (pair % 2 === 0 ? a : b)();
    const second = await (pair % 2 === 0 ? b : a)();
    const [tookA, tookB] = pair % 2 === 0 ? [first, second] : [second, first];
    taken.push({ a: tookA, b: tookB });
    const ratio = (tookA / tookB).toFixed(3);
    console.log(`  pair ${pair + 1}: ${tookA.toFixed(3)} s / ${tookB.toFixed(3)} s = ${ratio}`);
  }
  const ratios = taken.map((pair) => pair.a / pair.b);
  return {
    median: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    a: median(taken.map((pair) => pair.a)),
    b: median(taken.map((pair) => pair.b)),
  };
}
