// Invariant: the platform is what a finished image holds, with /usr mounted; no manifest is asked, so
// nothing of it has a component.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readable } from "../image/format/bytes-io.ts";
import { accountsOf, type Accounts } from "../image/inspect/accounts.ts";
import { contentOf, targetOf, type Found } from "../image/inspect/mounted-image.ts";
import { openImage } from "../image/inspect/open-image.ts";
import { toText } from "../manifest/byte-text.ts";
import { ok, type Result } from "../result.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { AuditContext } from "./audit-context.ts";
import { madeByImage } from "./made-by-image.ts";
import { Platform, type PlatformEntry } from "./platform.ts";
import { elfOf } from "./read-elf.ts";

/** An image that can be audited; `close` must be called, after that nothing of it can be read. */
export interface OpenedPlatform {
  readonly context: AuditContext;
  close(): void;
}

/**
 * Opens a boot archive, a .lgz or a platform folder for an audit. `workspace`: the one that it was
 * made in, if any. Fails with `bad-input` as openImage does, and on a damaged image.
 */
export function readImagePlatform(
  path: string,
  workspace: Workspace | undefined,
): Result<OpenedPlatform> {
  const opened = openImage(path);
  if (!opened.ok) return opened;
  const image = opened.value;
  const close = (): void => {
    image.close();
  };
  const entries = readable(image.file, () => {
    const accounts = accountsOf(image.tree);
    return [...image.tree.walk()].map((found) => entryOf(found, accounts));
  });
  if (!entries.ok) {
    close();
    return entries;
  }
  const { proto } = workspace?.paths ?? {};
  const made = madeByImage(workspace?.layout ?? "modern");
  const context: AuditContext = {
    platform: new Platform(entries.value, elfOf, made),
    buildFolders: workspace === undefined ? [] : [workspace.root],
    ...{ undelivered: [], uninstalled: [], hardLinks: [], earlier: undefined },
    printedLogs: () => [],
    isInProto: (at) => proto !== undefined && existsSync(join(proto, at)),
    isOnHost: existsSync,
  };
  return ok({ context, close });
}

function entryOf(found: Found, { users, groups }: Accounts): PlatformEntry {
  const { path, node } = found;
  const target = targetOf(found);
  const name = (names: ReadonlyMap<number, string>, id: number): string =>
    names.get(id) ?? String(id);
  return {
    path: toText(path),
    type: node.kind === "directory" ? "d" : node.kind === "symlink" ? "s" : "f",
    mode: node.kind === "symlink" ? undefined : node.mode,
    owner: `${name(users, node.uid)}:${name(groups, node.gid)}`,
    component: "",
    target: target === undefined ? undefined : toText(target),
    // A device or a fifo has no content.
    open: () =>
      node.kind === "file" ? { source: contentOf(found), close: () => undefined } : undefined,
  };
}
