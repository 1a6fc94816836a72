// Invariant: the cursor is on a row of the list where there is one, and that row is on screen.
import type { Motion } from "../page.ts";

export class ListCursor {
  at = 0;
  top = 0;

  move(motion: Motion, count: number, height: number): void {
    if ("rows" in motion) this.at += motion.rows;
    else if ("screens" in motion) this.at += motion.screens * Math.max(1, height - 1);
    else this.at = motion.to === "first" ? 0 : count - 1;
    this.settle(count, height);
  }

  /** Puts a row in the middle of the screen, where it is not on it. */
  show(index: number, count: number, height: number): void {
    this.at = index;
    if (index < this.top || index >= this.top + height) this.top = index - (height >> 1);
    this.settle(count, height);
  }

  /** After the list or its room changed. */
  settle(count: number, height: number): void {
    this.at = Math.max(0, Math.min(count - 1, this.at));
    this.top = Math.min(this.top, this.at, Math.max(0, count - height));
    this.top = Math.max(0, this.top, this.at - height + 1);
  }
}
