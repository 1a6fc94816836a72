// Invariant: the same text and the same warnings, byte for byte, as the layout's tools/sorter.
import type { Layout } from "../workspace/probes.ts";
import type { ByteText } from "./byte-text.ts";
import { compareBytes } from "./byte-text.ts";
import type { PlacedLine } from "./entry.ts";

/** A line of the sorted manifest. */
export interface SortedLine extends PlacedLine {
  /** Field 2 verbatim: for a link `path=target`. */
  readonly key: ByteText;
  /** The earlier lines with the same key, which this one replaced; oldest first. */
  readonly replaced: readonly PlacedLine[];
}

/** What the sorter makes of an aggregate. */
export interface SortedManifest {
  readonly lines: readonly SortedLine[];
  /** Its lines on stderr, in order, without newlines. */
  readonly warnings: readonly string[];
  /** Lines it removed and counts as errors: it exits 1 when there are any (modern only). */
  readonly errors: number;
}

interface Slot {
  current: PlacedLine;
  replaced?: PlacedLine[];
}

const outerBlanks = /^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g;

/**
 * Sorts an aggregate as the layout's tools/sorter does: the key is field 2 (classic splits at
 * every single space, modern at any white space), the last line of a key wins, keys are in byte
 * order. A repeated directory with the same properties is no duplicate.
 */
export function sortManifest(lines: readonly PlacedLine[], layout: Layout): SortedManifest {
  const slots = new Map<ByteText, Slot>();
  const warnings: string[] = [];
  let errors = 0;
  const separator = layout === "classic" ? " " : /[ \t\n\r\v\f]+/;
  const duplicate = layout === "classic" ? "duplicate entry" : "duplicate manifest entry";
  const rejected = layout === "classic" ? "WARNING" : "ERROR";
  for (const line of lines) {
    const text = line.text.replace(outerBlanks, "");
    if (text === "" || text.startsWith("#")) continue;
    const [type, key] = text.split(separator, 2);
    if (key === undefined) {
      warnings.push(`${rejected}: unexpected manifest line: '${text}' (removing)`);
      if (layout === "modern") errors++;
      continue;
    }
    const current = text === line.text ? line : { ...line, text };
    const slot = slots.get(key);
    if (slot === undefined) {
      slots.set(key, { current });
      continue;
    }
    if (type !== "d" || slot.current.text !== text) {
      warnings.push(`WARNING: ${duplicate} for '${key}'`);
    }
    (slot.replaced ??= []).push(slot.current);
    slot.current = current;
  }
  const sorted = [...slots.keys()].sort(compareBytes).map((key): SortedLine => {
    const slot = slots.get(key);
    if (slot === undefined) throw new Error("a key of the map has no slot");
    const { text, file, line } = slot.current;
    return { key, text, file, line, replaced: slot.replaced ?? [] };
  });
  return { lines: sorted, warnings, errors };
}

/** The bytes of manifest.gen. */
export function manifestText(manifest: SortedManifest): ByteText {
  return manifest.lines.map(({ text }) => `${text}\n`).join("");
}
