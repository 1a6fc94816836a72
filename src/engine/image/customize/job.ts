// Invariant: what goes to the process that stages and what comes back is plain JSON.
import type { ByteText } from "../../manifest/byte-text.ts";

/** How scripts get to do what only root may. */
export type Way =
  /** This process is root. */
  | "root"
  /** Through pfexec. */
  | "pfexec"
  /** Inside fakeroot, which remembers owners. */
  | "fakeroot"
  /** As an ordinary user; chown, chgrp and chmod are recorded. */
  | "recorded";

/** A node to stage; `content` of a file is a path, or bytes in base64. */
export interface StagedNode {
  readonly path: ByteText;
  readonly type: "directory" | "file" | "symlink" | "hardlink";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly source?: ByteText;
  readonly base64?: string;
  readonly target?: ByteText;
}

/** A script to run on the staged copy. */
export interface StagedScript {
  /** As the log names it. */
  readonly name: string;
  /** `%s` alone stands for the folder of the copy. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** All that the staging process needs. */
export interface StageJob {
  readonly way: Way;
  /** Folder to make: it gets the copy (`image`), the shims and the record. */
  readonly folder: string;
  /** Where scripts start. */
  readonly cwd: string;
  readonly nodes: readonly StagedNode[];
  readonly scripts: readonly StagedScript[];
  /** Ids by name, for recorded chown and chgrp. */
  readonly users: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
  /** Who is to be able to read the copy afterwards. */
  readonly reader: number;
}

/** What stands at a path of the copy after the scripts. */
export interface StagedEntry {
  readonly path: ByteText;
  readonly type: "directory" | "file" | "symlink" | "hardlink";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of a file. */
  readonly size: number;
  /** Of a symbolic or hard link. */
  readonly target?: ByteText;
}

/** One difference that the scripts made. */
export type StagedChange =
  | { readonly kind: "added" | "changed"; readonly entry: StagedEntry }
  | { readonly kind: "attributes"; readonly entry: StagedEntry; readonly before: string }
  | { readonly kind: "removed"; readonly path: ByteText };

/** What came of a job; written by the staging process. */
export type StageOutcome =
  | { readonly kind: "done"; readonly changes: readonly StagedChange[]; readonly remarks: string[] }
  | { readonly kind: "failed"; readonly script: string; readonly status: string }
  | { readonly kind: "refused"; readonly reason: string };

/** Names below a job's folder. */
export const jobFiles = {
  ...{ image: "image", shims: "shims", record: "record", job: "job.json", outcome: "outcome.json" },
} as const;

/** Mode and owners as a log shows them. */
export function attributeText({
  mode,
  uid,
  gid,
}: {
  mode: number;
  uid: number;
  gid: number;
}): string {
  return `${mode.toString(8).padStart(4, "0")} ${uid}:${gid}`;
}
