// Invariant: plain data; what one frame shows of the builds page.

/** Which of the page's keys are read. */
export type BuildsKeys = "builds";

export interface BuildsView {
  readonly kind: "builds";
  readonly keys: BuildsKeys;
}
