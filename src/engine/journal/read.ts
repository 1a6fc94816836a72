// Invariant: reading a journal never throws, whatever its bytes; what was passed over is told.
import { eventVersion, type EventBody, type JournalEvent } from "./events.ts";

/** Every type of event this version knows; a type missing here does not compile. */
const knownTypes: Readonly<Record<EventBody["type"], true>> = {
  "build-started": true,
  "host-started": true,
  "stage-started": true,
  "stage-process": true,
  step: true,
  problem: true,
  "log-truncated": true,
  "stage-ended": true,
  "stage-skipped": true,
  "command-taken": true,
  stopping: true,
  "build-ended": true,
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
  if (value.v > eventVersion || !Object.hasOwn(knownTypes, value.type)) {
    return { note: `an event of a newer smartbuild (${value.type.slice(0, 40)}) was passed over` };
  }
  return { event: value as unknown as JournalEvent };
}

function isEventLike(
  value: unknown,
): value is { v: number; seq: number; at: string; type: string } {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return (
    typeof fields["v"] === "number" &&
    Number.isSafeInteger(fields["seq"]) &&
    typeof fields["at"] === "string" &&
    typeof fields["type"] === "string"
  );
}
