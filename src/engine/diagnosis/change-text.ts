// Invariant: pure; each line tells one change, without escape sequences.
import type { StageChanges } from "../journal/events.ts";

/** What changed since a stage's last good build, as people read it; the first line is a heading. */
export function changeLines(stage: string, changes: StageChanges): string[] {
  const { build, at, commits, commitCount, unlisted = [], uncommitted, settings } = changes;
  const more = commitCount === undefined ? 0 : commitCount - commits.length;
  return [
    `Changed since the last good build of ${stage} (${build}, ${at.slice(0, 10)}):`,
    ...commits.map(
      ({ repository, id, subject, touches }) =>
        `  ${id} ${repository === "." ? "" : `${repository}: `}${subject}${touches === true ? " (touches the named file)" : ""}`,
    ),
    ...(more > 0 ? [`  and ${String(more)} more commits`] : []),
    ...unlisted.map((name) => `  ${name} has another HEAD; git cannot list the commits between`),
    ...uncommitted.map((path) => `  not committed: ${path}`),
    ...settings.map((name) => `  the setting ${name}`),
    ...changes.fragments.map((name) => `  ${name}`),
  ];
}
