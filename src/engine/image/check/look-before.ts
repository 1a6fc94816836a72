// Invariant: what could only fail after hours of copying and customizing fails here; an entry that
// cannot be placed is left to the placing, which gives each its line in the log.
import type { ImageSettings } from "../image-settings.ts";
import type { Result } from "../../result.ts";
import { fail, ok } from "../../result.ts";
import type { CheckRequest } from "./check-image.ts";
import { checkImage } from "./check-image.ts";
import type { FindingKind } from "./finding.ts";
import { kindTexts } from "./finding.ts";
import { wantedSizes } from "../wanted-sizes.ts";

/** Found by no later step before much of the work is done. */
const lateKinds: ReadonlySet<FindingKind> = new Set(["does-not-fit", "beyond-limits"]);

/** What is looked at: the request of a build. */
export interface LookRequest extends Pick<
  CheckRequest,
  "root" | "layout" | "manifest" | "searchDirs" | "env"
> {
  readonly settings: ImageSettings;
  /** Goes on in spite of errors. */
  readonly force?: boolean;
}

/**
 * Checks what a build would be made of, before it. The lines that it returns are for the log. Fails
 * when the images cannot hold it all, unless that is forced.
 */
export function lookBefore(request: LookRequest): Result<readonly string[]> {
  const { root, layout, manifest, searchDirs, env, settings } = request;
  const { passwordHash } = settings;
  const checked = checkImage({
    ...{ root, layout, manifest, searchDirs, env, proto: root, brief: true },
    sizes: wantedSizes(root, layout, settings),
    ...(passwordHash !== undefined && { passwordHash }),
  });
  if (!checked.ok) return checked;
  const { entries, errors, warnings, findings } = checked.value;
  const counts = `${entries} entries checked: errors ${errors}, warnings ${warnings}`;
  const lines = [`${counts} (\`smartbuild image check\` shows them)`];
  const late = findings.filter(({ kind }) => lateKinds.has(kind));
  const [first, ...others] = late;
  if (first === undefined) return ok(lines);
  if (request.force === true) {
    return ok([...lines, ...late.map(({ message }) => `forced in spite of: ${message}`)]);
  }
  const more = others.length === 0 ? "" : `; and ${others.length} more such errors`;
  return fail("bad-input", `${first.message}${more}`, kindTexts[first.kind].advice);
}
