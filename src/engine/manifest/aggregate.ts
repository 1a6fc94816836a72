// Invariant: lines keep the file and line they came from; files are taken in the order in which a
// shell expands `manifest.d/*` in the C locale.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { ByteText } from "./byte-text.ts";
import { compareBytes, fromBytes, fromText } from "./byte-text.ts";
import type { PlacedLine } from "./entry.ts";

/** One component's manifest, e.g. `illumos.manifest`. */
export interface ManifestSource {
  /** File name below manifest.d; entries name it as their file. */
  readonly name: string;
  readonly text: ByteText;
}

/**
 * The component manifests of a folder (manifest.d), or the one manifest when the path is a file.
 * Names starting with a dot are left out, as the shell's `*` does.
 */
export function readManifests(path: string): Result<readonly ManifestSource[]> {
  try {
    if (!statSync(path).isDirectory()) return ok([readSource(path)]);
    const names = readdirSync(path)
      .filter((name) => !name.startsWith("."))
      .sort((a, b) => compareBytes(fromText(a), fromText(b)));
    if (names.length === 0) {
      return fail("bad-input", `no manifests in ${path}`, "Run the manifest stage first.");
    }
    return ok(names.map((name) => readSource(join(path, name))));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(
      "bad-input",
      `cannot read the manifests: ${reason}`,
      "Run the manifest stage first.",
    );
  }
}

function readSource(path: string): ManifestSource {
  return { name: basename(path), text: fromBytes(readFileSync(path)) };
}

/** All lines of all sources in order, less those with `#` in column 1, as tools/build_manifest does. */
export function aggregate(sources: readonly ManifestSource[]): PlacedLine[] {
  const lines: PlacedLine[] = [];
  for (const source of sources) {
    let line = 0;
    let start = 0;
    while (start < source.text.length) {
      const newline = source.text.indexOf("\n", start);
      const end = newline < 0 ? source.text.length : newline;
      line++;
      if (source.text[start] !== "#") {
        lines.push({ text: source.text.slice(start, end), file: source.name, line });
      }
      start = end + 1;
    }
  }
  return lines;
}
