// Invariant: reading a journal never throws, whatever its bytes; what was passed over is told.
import { eventVersion, type EventBody, type JournalEvent } from "./events.ts";

type Shape = "string" | "number" | "boolean" | "object" | "list";

/** The fields every event of a type has; a type missing here does not compile. */
const shapes: Readonly<Record<EventBody["type"], Readonly<Record<string, Shape>>>> = {
  "build-started": {
    build: "string",
    program: "string",
    workspace: "string",
    layout: "string",
    targets: "list",
    keepGoing: "boolean",
    umask: "number",
    plan: "list",
    environment: "object",
  },
  "host-started": { host: "object", lock: "number", adopted: "boolean" },
  "logs-dropped": { builds: "list", keepBuilds: "number", keepBytes: "number" },
  "stage-started": {
    stage: "string",
    attempt: "number",
    argv: "list",
    cwd: "string",
    environment: "object",
    log: "string",
    status: "string",
    furtherLogs: "list",
    removed: "list",
  },
  "stage-process": { stage: "string", attempt: "number", wrapper: "object" },
  step: { stage: "string", attempt: "number", step: "object", span: "object" },
  problem: { problem: "object" },
  "problem-dropped": { stage: "string", attempt: "number", id: "string" },
  "log-truncated": {
    stage: "string",
    attempt: "number",
    log: "string",
    from: "number",
    to: "number",
  },
  "stage-ended": { stage: "string", attempt: "number", outcome: "string", durationMs: "number" },
  "stage-skipped": { stage: "string", reason: "string" },
  "command-taken": { id: "string", command: "string" },
  stopping: { signal: "string", graceSeconds: "number" },
  "build-ended": {
    outcome: "string",
    exitCode: "number",
    durationMs: "number",
    artefacts: "list",
  },
};

/** What one line of a journal turned out to be. */
export type ReadLine =
  | { readonly event: JournalEvent }
  /** A sentence about damage, or about an event of a newer version. */
  | { readonly note: string }
  | { readonly blank: true };

/** Reads one line of a journal, without its newline. */
export function readLine(text: string): ReadLine {
  if (text.trim() === "") return { blank: true };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      note: `a damaged line of the journal was passed over (${String(text.length)} characters)`,
    };
  }
  if (!isEventLike(value))
    return { note: "a line of the journal that is no event was passed over" };
  if (value.v > eventVersion || !isKnownType(value.type)) {
    return { note: `an event of a newer smartbuild (${value.type.slice(0, 40)}) was passed over` };
  }
  const lacking = Object.entries(shapes[value.type]).find(
    ([name, shape]) => shapeOf(value[name]) !== shape,
  );
  return lacking === undefined
    ? { event: value as unknown as JournalEvent }
    : { note: `a damaged event (${value.type} without ${lacking[0]}) was passed over` };
}

function isKnownType(type: string): type is EventBody["type"] {
  return Object.hasOwn(shapes, type);
}

function shapeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}

function isEventLike(
  value: unknown,
): value is { v: number; seq: number; at: string; type: string } & Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return (
    typeof fields["v"] === "number" &&
    Number.isSafeInteger(fields["seq"]) &&
    typeof fields["at"] === "string" &&
    typeof fields["type"] === "string"
  );
}
