// Invariant: pure; every kind of finding gives its path one state, and a file's state is what the
// builder would say of it.
import { toText } from "../../manifest/byte-text.ts";
import type { ManifestEntry, PlacedLine } from "../../manifest/entry.ts";
import {
  entryStates,
  type EntryFinding,
  type EntryState,
  type ShippedEntry,
} from "../../manifest/query.ts";
import { componentOf } from "../check/contributors.ts";
import { kindTexts, type Finding, type FindingKind } from "../check/finding.ts";
import type { FoundSource } from "./find-files.ts";

/** What is known of one path. */
export interface KnownEntry {
  /** The line that counts. */
  readonly entry: ManifestEntry;
  /** All lines that name the path, that one first. */
  readonly lines: readonly PlacedLine[];
  readonly findings: readonly Finding[];
  /** Undefined while nobody has looked, and for what is no file. */
  readonly found: FoundSource | undefined;
  /** That a file is not there means nothing. */
  readonly isUnbuilt: boolean;
  /** The stage that has yet to deliver it, where that is known. */
  readonly awaits?: string;
}

const states: Readonly<Record<FindingKind, EntryState>> = {
  "malformed-line": "failed",
  "bad-mode": "failed",
  "missing-file": "failed",
  "unusable-file": "failed",
  "missing-parent": "failed",
  "type-clash": "conflicting",
  conflict: "conflicting",
  duplicate: "duplicate",
  "hard-link": "failed",
  "beyond-limits": "finding",
  "does-not-fit": "finding",
  "may-not-fit": "finding",
  "unknown-user": "finding",
  "unknown-group": "finding",
  "odd-mode": "finding",
  "under-file": "finding",
  "dangling-link": "broken-link",
  "broken-proto-link": "broken-link",
};

const allWell: readonly EntryState[] = ["ok"];
const noFindings: readonly EntryFinding[] = [];
const noShadows: readonly string[] = [];

/** A path of what ships as it is shown. */
export function describeEntry(known: KnownEntry): ShippedEntry {
  const { entry, lines, found } = known;
  const owned = "mode" in entry ? entry : undefined;
  const apply = statesOf(known);
  return {
    path: toText(entry.path),
    type: entry.type,
    mode: owned?.mode,
    user: owned && toText(owned.user),
    group: owned && toText(owned.group),
    target: "target" in entry ? toText(entry.target) : undefined,
    size: entry.type === "s" ? entry.target.length : found?.size,
    component: componentOf(entry.file),
    lines,
    source: found?.source,
    shadows: found?.shadows ?? noShadows,
    modified: found?.modified,
    awaits: known.awaits,
    state: apply[0] ?? "ok",
    states: apply,
    findings: findingsOf(known),
  };
}

/** The same path once its file has been looked for. */
export function withFile(
  earlier: ShippedEntry,
  known: KnownEntry,
  audit: readonly EntryFinding[] = noFindings,
): ShippedEntry {
  const own = statesOf(known);
  const apply = audit.length === 0 ? own : withAudit(own);
  const { found } = known;
  return {
    ...earlier,
    size: found?.size,
    source: found?.source,
    shadows: found?.shadows ?? noShadows,
    modified: found?.modified,
    awaits: known.awaits,
    state: apply[0] ?? "ok",
    states: apply,
    findings: audit.length === 0 ? findingsOf(known) : [...findingsOf(known), ...audit],
  };
}

/** The same path with what an audit says of it. */
export function withFindings(
  earlier: ShippedEntry,
  audit: readonly EntryFinding[] = noFindings,
): ShippedEntry {
  if (audit.length === 0) return earlier;
  const states = withAudit(earlier.states);
  const findings = [...earlier.findings, ...audit];
  return { ...earlier, state: states[0] ?? "ok", states, findings };
}

function withAudit(own: readonly EntryState[]): readonly EntryState[] {
  return entryStates.filter(
    (state) => state === "finding" || (state !== "ok" && own.includes(state)),
  );
}

const notBuilt: readonly EntryState[] = ["unbuilt"];

function statesOf({ entry, findings, found, isUnbuilt }: KnownEntry): readonly EntryState[] {
  const own = entry.type === "f" ? fileState(found, isUnbuilt) : undefined;
  if (findings.length === 0) {
    return own === undefined ? allWell : own === "unbuilt" ? notBuilt : [own];
  }
  const all = new Set(findings.map(({ kind }) => states[kind]));
  if (own !== undefined) all.add(own);
  return entryStates.filter((state) => all.has(state));
}

/** What the search folders say; undefined when all is well. */
function fileState(found: FoundSource | undefined, isUnbuilt: boolean): EntryState | undefined {
  if (found?.unusable !== undefined) return "failed";
  if (found?.source === undefined) return isUnbuilt ? "unbuilt" : "failed";
  return found.shadows.length > 0 ? "shadowed" : undefined;
}

function findingsOf({ entry, findings, found, isUnbuilt }: KnownEntry): readonly EntryFinding[] {
  const isPresent = entry.type !== "f" || (found?.unusable ?? found?.source) !== undefined;
  if (findings.length === 0 && (isPresent ? found?.unusable === undefined : isUnbuilt)) {
    return noFindings;
  }
  const told = findings.map(({ kind, severity, message }): EntryFinding => {
    return { kind, severity, message, advice: kindTexts[kind].advice };
  });
  const path = toText(entry.path);
  if (entry.type === "f" && found?.unusable !== undefined) {
    const message = `${found.source ?? ""}/${path}: ${found.unusable}`;
    told.push(fault("unusable-file", message));
  } else if (entry.type === "f" && found?.source === undefined && !isUnbuilt) {
    told.push(fault("missing-file", `${path} is in none of the search folders`));
  }
  return told;
}

function fault(kind: FindingKind, message: string): EntryFinding {
  return { kind, severity: "error", message, advice: kindTexts[kind].advice };
}
