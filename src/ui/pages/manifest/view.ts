// Invariant: plain data; what one frame shows of the manifest page.

/** Which of the page's keys are read. */
export type ManifestKeys = "manifest";

export interface ManifestView {
  readonly kind: "manifest";
  readonly keys: ManifestKeys;
}
