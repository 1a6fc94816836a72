// Invariant: pure; only what is one slip away from a command is taken for it.
import { editDistance } from "../engine/diagnosis/near-names.ts";

/** Letters that may be wrong or missing. */
const mostWrong = 2;

/** The command that was meant, as far as its name or its beginning tells; undefined when none did. */
export function nearCommand(typed: string, names: readonly string[]): string | undefined {
  const begun = names.filter((name) => typed.length > 1 && name.startsWith(typed));
  if (begun.length === 1) return begun[0];
  const most = Math.min(mostWrong, Math.floor(typed.length / 2));
  const near = names
    .map((name) => ({ name, distance: editDistance(typed, name, most) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.name;
}
