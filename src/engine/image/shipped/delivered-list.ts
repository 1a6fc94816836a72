// Invariant: what an image got is kept in its build's folder as one compressed file, which is whole
// or not there.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { DeliveredEntry } from "../../manifest/query-diff.ts";
import { fail, ok, type Result } from "../../result.ts";

const name = "delivered.json.gz";
const version = 1;

/** Path, type, mode, user, group, target, size, MD5, last change; null for what is not known. */
type Row = readonly [
  path: string,
  type: DeliveredEntry["type"],
  mode: number | null,
  user: string | null,
  group: string | null,
  target: string | null,
  size: number | null,
  md5: string | null,
  modified: number | null,
];

/** Keeps the list of what a build's image got. Throws system errors. */
export function writeDelivered(buildFolder: string, entries: readonly DeliveredEntry[]): void {
  const rows = entries.map((entry): Row => {
    const { path, type, mode, user, group, target, size, md5, modified } = entry;
    const known = [mode, user, group, target, size, md5, modified] as const;
    const [a, b, c, d, e, f, g] = known;
    return [
      path,
      type,
      a ?? null,
      b ?? null,
      c ?? null,
      d ?? null,
      e ?? null,
      f ?? null,
      g ?? null,
    ];
  });
  const file = join(buildFolder, name);
  const text = JSON.stringify({ version, entries: rows });
  // A list for later, so it is not worth the time that better compression takes.
  try {
    writeFileSync(`${file}.new`, gzipSync(text, { level: 1 }), { mode: 0o644 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    // On a full disk the journal needs the room more.
    rmSync(`${file}.new`, { force: true });
    throw error;
  }
}

/** Whether a build kept what its image got. */
export function hasDelivered(buildFolder: string): boolean {
  return existsSync(join(buildFolder, name));
}

/** What the image of a build got. Failure `bad-input` when nothing was kept, or it is damaged. */
export function readDelivered(buildFolder: string): Result<readonly DeliveredEntry[]> {
  const build = basename(buildFolder);
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(buildFolder, name));
  } catch {
    return fail(
      "bad-input",
      `Build ${build} kept no list of what it shipped: its image was not finished.`,
      "Choose a build that made an image.",
    );
  }
  try {
    const list = JSON.parse(gunzipSync(bytes).toString("utf8")) as {
      readonly version: number;
      readonly entries: readonly Row[];
    };
    if (list.version !== version) throw new Error(`it has version ${list.version}`);
    return ok(list.entries.map(entryOf));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail("bad-input", `Cannot read ${join(buildFolder, name)}: ${reason}`);
  }
}

function entryOf(row: Row): DeliveredEntry {
  const [path, type, mode, user, group, target, size, md5, modified] = row;
  return {
    ...{ path, type },
    ...(mode === null ? {} : { mode }),
    ...(user === null ? {} : { user }),
    ...(group === null ? {} : { group }),
    ...(target === null ? {} : { target }),
    ...(size === null ? {} : { size }),
    ...(md5 === null ? {} : { md5 }),
    ...(modified === null ? {} : { modified }),
  };
}
