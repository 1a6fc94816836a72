// Invariant: pure; one sentence, the most important one, about how far what is shown can be trusted.
import type { Shipped } from "../../../engine/manifest/query.ts";

/** What has to be known of what ships; undefined where it is as it seems. */
export function noteOn(shipped: Shipped | undefined): string | undefined {
  if (shipped === undefined) return undefined;
  const { refused, isUnbuilt, origin, changedSince } = shipped;
  const [first, ...others] = refused;
  if (first !== undefined) {
    const more = others.length === 0 ? "" : `, and ${String(others.length)} more such lines`;
    return `${first.line.file}:${String(first.line.line)} is no entry: ${first.reason}${more}`;
  }
  if (changedSince.length > 0) {
    return `manifest.d is older than ${changedSince.join(", ")}: build the manifest stage to see it here.`;
  }
  if (origin === "components") {
    return isUnbuilt
      ? "Nothing is built yet: these are the entries that the components' manifests ask for."
      : "manifest.d is not made yet: these are the components' own manifests.";
  }
  return isUnbuilt ? "Nothing is built yet, so no file is there." : undefined;
}
