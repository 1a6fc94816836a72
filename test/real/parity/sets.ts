// Invariant: a difference of two lists is told from both sides, without regard to order.

/** What only one of two collections holds, marked with `-` (left) or `+` (right). */
export function setDifferences(
  what: string,
  left: Iterable<string>,
  right: Iterable<string>,
): string[] {
  const [a, b] = [new Set(left), new Set(right)];
  return [
    ...[...a].filter((each) => !b.has(each)).map((each) => `${what}: - ${each}`),
    ...[...b].filter((each) => !a.has(each)).map((each) => `${what}: + ${each}`),
  ].sort();
}
