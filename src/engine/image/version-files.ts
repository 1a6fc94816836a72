// Invariant: the texts are the tree's own, filled with the stamp and nothing that changes from one
// build to the next.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toBytes, fromText } from "../manifest/byte-text.ts";
import type { Layout } from "../workspace/probes.ts";
import type { Attributes, ImageTree } from "./image-tree.ts";

const made: Attributes = { mode: 0o644, uid: 0, gid: 0 };

/** What the version files are made from. */
export interface VersionRequest {
  readonly root: string;
  readonly layout: Layout;
  readonly stamp: string;
  /** Of gitStatus. */
  readonly status: string;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The head of etc/release as the tree's script has it; undefined when it makes none. */
function releaseHead({ root, layout, stamp }: VersionRequest): string | undefined {
  if (layout === "modern") {
    const script = read(join(root, "tools/build_etcrelease"));
    const template = /^ber_template="([^"]*)"/m.exec(script)?.[1];
    const filled = template
      ?.replaceAll("%%VERSION%%", () => stamp)
      .replaceAll("%%YEAR%%", () => stamp.slice(0, 4));
    return filled === undefined ? undefined : `${filled.trimEnd()}\n\n`;
  }
  const script = read(join(root, "tools/build_live"));
  const text = /<<\s*EOF\s*>\s*\S*\/etc\/release\n([^]*?)^EOF$/m.exec(script)?.[1];
  return text?.replace(/\$\{?BUILDSTAMP\}?/g, () => stamp);
}

/**
 * Puts etc/release, etc/versions/build (modern) and etc/joyent_buildstamp (classic, which the tree's
 * README promises and its builder left out from 2012-07 on) into the image. Returns what was done, a
 * line each.
 */
export function versionFiles(tree: ImageTree, request: VersionRequest): string[] {
  const { layout, stamp, status } = request;
  const done: string[] = [];
  const write = (path: string, text: string): void => {
    tree.write(path, toBytes(fromText(text)), made);
    done.push(path);
  };
  const head = releaseHead(request);
  if (head !== undefined) write("etc/release", `${head}${status}`);
  else if (tree.fileAt("etc/release") === undefined) {
    write(
      "etc/release",
      `SmartOS ${stamp} x86_64\n\nBuilt with the following components:\n\n${status}`,
    );
  }
  if (layout === "modern") write("etc/versions/build", status);
  else write("etc/joyent_buildstamp", `${stamp}\n`);
  return done;
}
