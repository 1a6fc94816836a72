// Invariant: a rule looks at nothing but what stands here.
import type { EarlierRights } from "./earlier-rights.ts";
import type { AuditFinding } from "./finding.ts";
import type { Platform } from "./platform.ts";
import type { PrintedLog } from "./printed/printed-logs.ts";

/** A hard link of a manifest; both paths are below the root of the image. */
export interface HardLink {
  readonly path: string;
  readonly target: string;
  readonly component: string;
}

/** What a rule may ask. */
export interface AuditContext {
  readonly platform: Platform;
  /** Absolute paths that belong to the build and not to the platform: the workspace first. */
  readonly buildFolders: readonly string[];
  /** Paths that the proto area or an overlay has and no manifest names. */
  readonly undelivered: readonly string[];
  /** Files that a manifest names and no search folder has. */
  readonly uninstalled: readonly { readonly path: string; readonly component: string }[];
  /** All hard links that a manifest asks for, also those that cannot be made. */
  readonly hardLinks: readonly HardLink[];
  /** What the last build shipped that runs as somebody else; undefined when none kept a list. */
  readonly earlier: EarlierRights | undefined;
  /** What the components printed when they were last compiled; read when it is asked for. */
  readonly printedLogs: () => readonly PrintedLog[];
  /** Absolute folders in place of the run-time linker's default ones; undefined for illumos' own. */
  readonly defaultLibraryFolders?: readonly string[] | undefined;
  /** True for a path below the root of the image that the proto area has. */
  readonly isInProto: (path: string) => boolean;
  /** True for an absolute path of the build host. */
  readonly isOnHost: (path: string) => boolean;
}

export type Rule = (context: AuditContext) => Iterable<AuditFinding>;
