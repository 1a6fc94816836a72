// Invariant: looks at one line alone; the same text always gives the same reading.
import stripAnsi from "strip-ansi";
import { AnchorTable } from "./anchors.ts";
import { isCommand } from "./commands.ts";
import type { Form, Parts } from "./form.ts";
import { allForms } from "./rules/all.ts";
import { innocents } from "./rules/innocents.ts";

/** A line that fits a form. */
export interface Reading {
  readonly form: Form;
  readonly parts: Parts;
  /** What was matched: without colours, overwritten states of a meter and frames of other tools. */
  readonly text: string;
}

/** Forms stand near the start or the end; a line of megabytes is no message. */
const longest = 4096;
const table = new AnchorTable(allForms.map(({ anchors }) => anchors));
const noParts: Parts = {};

/** Reads a line by the formats of `rules/`; undefined for a line that tells nothing by itself. */
export function readLine(raw: string): Reading | undefined {
  const text = raw.length > longest ? lastState(raw).slice(0, longest) : raw;
  let at = table.next(text, 0);
  if (at === -1) return undefined;
  const clean = cleaned(text);
  let best = allForms.length;
  let parts: Parts = noParts;
  const tried = new Set<number>();
  for (; at !== -1; at = table.next(text, at)) {
    for (const owner of table.owners) {
      if (owner >= best || tried.has(owner)) continue;
      tried.add(owner);
      const match = (allForms[owner] as Form).pattern.exec(clean);
      if (match === null) continue;
      best = owner;
      parts = match.groups ?? noParts;
    }
  }
  const form = allForms[best];
  if (form === undefined) return undefined;
  if (form.role !== "pointer" && form.role !== "ignored") {
    if (isCommand(clean)) return undefined;
    for (const pattern of innocents) if (pattern.test(clean)) return undefined;
  }
  return { form, parts, text: clean };
}

function lastState(text: string): string {
  const end = text.endsWith("\r") ? text.length - 1 : text.length;
  const start = text.lastIndexOf("\r", end - 1) + 1;
  return text.slice(start, end);
}

function cleaned(text: string): string {
  let clean = text;
  if (clean.includes("\r")) clean = lastState(clean);
  if (clean.includes("\u001b")) clean = stripAnsi(clean);
  // ant's task names.
  return clean.replace(/^\s+\[\w+\] /, "");
}
