// Invariant: reads the entries that builder and our own image log print (builder.c's printf formats);
// a file whose name contains FAILED is no failure.

/** An entry that could not be delivered. */
export interface FailedEntry {
  readonly path: string;
  /** What the log adds in parentheses, or that it was not found. */
  readonly reason: string;
}

const entry =
  /^(?:FILE: \[(.+?)\](?:\[[^\]]*\]){3}|DIR: \[(.+?)\](?:\[[^\]]*\]){3}|LINK\((?:symlink|link)\): (.+?) => .+?): FAILED(?: \((.*)\))?$/;

/** The entry that a line of the live image log says FAILED of; undefined for any other line. */
export function failedEntry(line: string): FailedEntry | undefined {
  if (!line.includes("FAILED")) return undefined;
  const match = entry.exec(line);
  const path = match?.[1] ?? match?.[2] ?? match?.[3];
  return path === undefined ? undefined : { path, reason: match?.[4] ?? "not found" };
}
