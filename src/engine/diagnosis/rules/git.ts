// Invariant: formats of git and ssh.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What git and ssh print. */
export const gitForms: readonly Form[] = [
  {
    kind: "download-failed",
    role: "fatal",
    anchors: ["ssh: ", "Permission denied (publickey", "ost key verif"],
    pattern:
      /^(?:ssh: (?<what>(?:connect to host|Could not resolve).*)|(?:\S+: )?(?<name>Permission denied \((?:publickey|keyboard).*|Host key verification failed.*))/,
    say: ({ what, name }) => `ssh could not reach the git host: ${what ?? name ?? ""}`,
  },
  outcome(
    "git-failed",
    [
      "rom remote repository",
      "correct access rights",
      "repository exists",
      "early EOF",
      "index-pack failed",
      "end hung up",
      "Submodule path",
      "clone of '",
    ],
    /^fatal: Could not read from remote repository|^Please make sure you have the correct access|^and the repository exists|^fatal: (?:early EOF|index-pack failed|the remote end hung up)|^fatal: clone of '/,
  ),
  {
    kind: "git-failed",
    role: "likely",
    anchors: ["did not match any file"],
    pattern: /^error: (?<what>pathspec '(?<name>[^']+)' did not match any file.*)/,
    say: ({ name }) => `git knows no branch, tag or file ${name ?? ""}`,
  },
  {
    kind: "git-failed",
    role: "fatal",
    anchors: [
      "invalid object",
      "object file",
      "bad object",
      "loose object",
      "sha1 mismatch",
      "couldn't find remote",
      "dubious ownership",
      "unable to access",
      "not a git repo",
      "already exists and is not",
      "would be overwritten",
      "CONFLICT (",
      "unable to read tree",
      "Remote branch",
      "does not appear to be a git",
      "repository '",
      "No space",
      "bad config",
      "could not read Username",
      "unable to checkout",
    ],
    pattern:
      /^(?:fatal|error|CONFLICT \([^)]*\)): ?(?<what>(?:invalid object|object file|bad object|loose object|.*sha1 mismatch|[Cc]ouldn't find remote|(?:detected|unsafe) .*ownership in repository at (?<file>.*)|unable to access|[Nn]ot a git repo|destination path|.*would be overwritten|Merge conflict|unable to read tree|Remote branch|'.*' does not appear to be a git|repository '|bad config|could not read Username|could not read Password|unable to (?:checkout|write)|.*already exists and is not).*)/,
    say: ({ what }) => `git stopped: ${what ?? ""}`,
    continues: /^To add an exception|^\s*$|^\tgit config/,
  },
  {
    kind: "git-failed",
    role: "likely",
    anchors: ["fatal: ", "error: "],
    pattern: /^(?:fatal|error): (?<what>(?!too many errors)\S.*)/,
    say: ({ what }) => `git or another tool stopped: ${what ?? ""}`,
  },
];
