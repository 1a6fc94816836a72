// Invariant: pure; lines taken away and put in differ by their sign, not by colour alone.
import { cell, type Row, type Tone } from "../../present/cells.ts";
import type { DiffRow } from "./view.ts";

const tones: Readonly<Record<DiffRow["sign"], Tone>> = {
  " ": "dim",
  "-": "log-failure",
  "+": "succeeded",
  file: "strong",
  place: "key",
  more: "plain",
};

/** A row of the diff. */
export function diffRowCells({ sign, text }: DiffRow): Row {
  const isMarked = sign === " " || sign === "-" || sign === "+";
  const shown = sign === "file" ? text : `${isMarked ? sign : " "} ${text}`;
  return [cell(` ${shown}`, tones[sign])];
}
