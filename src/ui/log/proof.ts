// Invariant: reads the few lines that prove a problem and those around them, and nothing else.
import { LogIndex } from "../../engine/logs/line-index.ts";
import type { LogSpan } from "../../engine/journal/events.ts";
import { readBefore, readFrom } from "../../engine/logs/window.ts";
import type { VisibleLine } from "../model.ts";

const context = 3;
const mostLines = 20;

/** At most 20 lines of the proof with 3 around them; empty when the log is gone. */
export function readProof(path: string, span: LogSpan, ascii: boolean): readonly VisibleLine[] {
  const opened = LogIndex.open(path);
  if (!opened.ok) return [];
  const index = opened.value;
  try {
    index.look();
    const cleaning = { maxColumns: 400, ascii };
    const before = readBefore(index, span.start, context, cleaning);
    const from = readFrom(index, span.start, mostLines + context, cleaning);
    const proof = from.filter(({ offset }) => offset < span.end).slice(0, mostLines);
    const after = from.slice(proof.length, proof.length + context);
    return [
      ...before.map((line) => ({ ...line, kind: undefined })),
      ...proof.map((line) => ({ ...line, kind: "cause" as const })),
      ...after.map((line) => ({ ...line, kind: undefined })),
    ];
  } finally {
    index.close();
  }
}
