// Invariant: pure; what is known of an image is said in its own tone wherever it is said.
import { verificationText, type Verification } from "../../../engine/journal/verified.ts";
import { cell, type Row, shorten, type Tone } from "../../present/cells.ts";
import type { Theme } from "../../theme.ts";
import type { MadeFile } from "./ports.ts";

/** Whether what lies there is what the build made. */
export function isStillThere({ isThere, replacedBy }: MadeFile): boolean {
  return isThere && replacedBy === undefined;
}

/** What became of a file that is not `isStillThere`. */
export function goneText({ replacedBy }: MadeFile): string {
  return replacedBy === undefined ? "not there any more" : `replaced by build ${replacedBy}`;
}

/** The state of an image's verification, and the key that changes it; undefined without an image. */
export function verificationRow(
  verification: Verification | undefined,
  isVerifying: boolean,
  width: number,
  { marks }: Theme,
): Row | undefined {
  if (verification === undefined) return undefined;
  if (isVerifying) {
    return [cell(` verifying: reads every entry and sum ${marks.ellipsis}`, "running")];
  }
  const can = verification.state === "never" || verification.state === "changed";
  const long = `${verificationText(verification)}${can ? "; v verifies it" : ""}`;
  // The verdict comes before the colon.
  const text = long.length <= width - 2 ? long : (long.split(":")[0] ?? "");
  return [cell(` ${shorten(text, width - 2, marks.ellipsis)}`, toneOf(verification))];
}

function toneOf({ state }: Verification): Tone {
  switch (state) {
    case "clean":
      return "succeeded";
    case "problems":
      return "failed";
    case "changed":
      return "notice";
    case "never":
    case "gone":
    case "replaced":
      return "dim";
  }
}
