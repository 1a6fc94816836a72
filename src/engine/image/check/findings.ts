// Invariant: a finding names the manifest line that a developer edits, and is text people can read.
import type { ByteText } from "../../manifest/byte-text.ts";
import { toText } from "../../manifest/byte-text.ts";
import type { PlacedLine } from "../../manifest/entry.ts";
import type { EntryPlace } from "../../manifest/provenance.ts";
import { Originals } from "../../manifest/provenance.ts";
import type { Layout } from "../../workspace/probes.ts";
import type { Finding, FindingKind, Severity } from "./finding.ts";

/** What a finding is about. */
export interface Subject {
  readonly path?: ByteText;
  /** The lines to look at, the one that counts first. */
  readonly lines?: readonly PlacedLine[];
}

/** Collects what is wrong. */
export class Findings {
  readonly #originals: Originals;
  readonly #all: Finding[] = [];

  constructor(root: string, layout: Layout) {
    this.#originals = new Originals(root, layout);
  }

  get all(): readonly Finding[] {
    return this.#all;
  }

  error(kind: FindingKind, message: ByteText, subject: Subject = {}): void {
    this.#add(kind, "error", message, subject);
  }

  warning(kind: FindingKind, message: ByteText, subject: Subject = {}): void {
    this.#add(kind, "warning", message, subject);
  }

  /** Where to edit a line of manifest.d. */
  placeOf(line: PlacedLine): EntryPlace {
    return this.#originals.find(line);
  }

  #add(kind: FindingKind, severity: Severity, message: ByteText, subject: Subject): void {
    const { path, lines = [] } = subject;
    this.#all.push({
      kind,
      severity,
      ...(path !== undefined && { path: toText(path) }),
      message: toText(message),
      places: lines.map((line) => this.placeOf(line)),
    });
  }
}
