// Invariant: other people's programs read the same bytes as ours did; one that is not installed is
// left out with a word, never a failure.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromText, toText } from "../../manifest/byte-text.ts";
import { runTool } from "../../process/run-tool.ts";
import { errorReason } from "../sources.ts";
import { extractImage } from "./extract.ts";
import type { Found } from "./mounted-image.ts";
import { contentOf, MountedImage, piecesOf, writeOut } from "./mounted-image.ts";
import type { OpenImage, OpenVolume } from "./open-image.ts";
import type { Problem } from "./verify-image.ts";

/** What another reader was asked, in words. */
export interface OtherReading {
  readonly remarks: readonly string[];
  readonly problems: readonly Problem[];
}

/** Files of each image that icat reads, the largest ones: they have all kinds of block maps. */
const icatFiles = 20;

/**
 * Reads an image with sleuthkit (fsstat, icat) and grub-fstest, as far as they are installed, and
 * compares with what our reader says. Needs room for the image's files in a temporary folder,
 * which is removed.
 */
export async function readWithOthers(
  image: OpenImage,
  environment: Readonly<NodeJS.ProcessEnv>,
): Promise<OtherReading> {
  const installed = ["fsstat", "icat", "grub-fstest"].filter((name) =>
    isInstalled(name, environment),
  );
  const remarks: string[] = [];
  const problems: Problem[] = [];
  if (installed.length === 0) {
    return { remarks: ["neither sleuthkit nor grub-fstest is installed"], problems };
  }
  const work = fs.mkdtempSync(join(tmpdir(), "smartbuild-verify-"));
  try {
    for (const { name, volume, fileSystem } of volumesOf(image)) {
      const tree = new MountedImage(fileSystem);
      const raw = volume.compressed === undefined ? image.file : join(work, `${name}.ufs`);
      if (raw !== image.file) unpack(volume, raw);
      const context = { name, raw, volume, tree, work, remarks, problems };
      if (installed.includes("fsstat")) await compareCounts(context);
      if (installed.includes("icat")) await compareLargest(context);
      if (installed.includes("grub-fstest")) await compareFiles(context);
    }
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    remarks.push(`other readers were not asked: ${work}: ${errorReason(error)}`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return { remarks, problems };
}

interface Context {
  /** Of the image, for messages. */
  readonly name: string;
  /** The uncompressed file system as a file. */
  readonly raw: string;
  readonly volume: OpenVolume;
  readonly tree: MountedImage;
  readonly work: string;
  readonly remarks: string[];
  readonly problems: Problem[];
}

function volumesOf({ root, usr, bare, tree }: OpenImage) {
  const volumes = [{ name: "root", volume: root, fileSystem: bare.root.fileSystem }];
  const mounted = tree.find("usr", false);
  if (usr !== undefined && mounted !== undefined) {
    volumes.push({ name: "usr", volume: usr, fileSystem: mounted.fileSystem });
  }
  return volumes;
}

function isInstalled(program: string, { PATH = "/usr/bin:/bin" }: Readonly<NodeJS.ProcessEnv>) {
  return PATH.split(":").some((folder) => {
    try {
      fs.accessSync(join(folder, program), fs.constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A compressed file system as a file of its own. */
function unpack({ source }: OpenVolume, path: string): void {
  const file = fs.openSync(path, "wx", 0o600);
  try {
    writeOut(source, file);
  } finally {
    fs.closeSync(file);
  }
}

async function compareCounts({ name, raw, volume, work, remarks, problems }: Context) {
  const { ok, stdout, stderr } = await runTool("fsstat", ["-f", "ufs", raw], work);
  if (!ok) {
    problems.push(problem(name, `fsstat cannot read it: ${stderr.trim()}`));
    return;
  }
  const { totals } = volume.info;
  const counts = {
    "Num of Avail Inodes": totals.freeInodes,
    "Num of Directories": totals.directories,
    "Num of Avail Full Blocks": totals.freeBlocks,
    "Num of Avail Fragments": totals.freeFragments,
  };
  for (const [label, ours] of Object.entries(counts)) {
    const theirs = new RegExp(`^${label}: (\\d+)$`, "m").exec(stdout)?.[1];
    if (Number(theirs) === ours) continue;
    problems.push(problem(name, `fsstat says ${label}: ${theirs ?? "nothing"}; we read ${ours}`));
  }
  remarks.push(`${name}: fsstat counted inodes, directories, blocks and fragments`);
}

/** icat by inode number, through a pipe: contents are no text. */
async function compareLargest({ name, raw, tree, work, remarks, problems }: Context) {
  const files = [...tree.walk()].filter(({ node }) => node.kind === "file");
  const largest = files.sort((a, b) => b.node.size - a.node.size).slice(0, icatFiles);
  for (const found of largest) {
    const script = 'icat -f ufs "$1" "$2" | md5sum';
    const words = ["-c", script, "sh", raw, String(found.node.inode)];
    const { stdout } = await runTool("/bin/sh", words, work);
    if (stdout.startsWith(md5Of(found))) continue;
    problems.push(problem(name, `icat reads other contents of ${toText(found.path)}`));
  }
  remarks.push(`${name}: icat read the ${largest.length} largest files`);
}

function md5Of(found: Found): string {
  const md5 = createHash("md5");
  for (const piece of piecesOf(contentOf(found))) md5.update(piece);
  return md5.digest("hex");
}

/** grub-fstest compares whole folders, so all files are written out first. */
async function compareFiles({ name, raw, tree, work, remarks, problems }: Context) {
  const folder = join(work, name);
  const extracted = extractImage(tree, tree.root, folder, { plain: true });
  if (!extracted.ok) {
    remarks.push(`${name}: grub-fstest was not asked: ${extracted.failure.message}`);
    return;
  }
  const { ok, stderr } = await runTool("grub-fstest", [raw, "cmp", "/", folder], work);
  fs.rmSync(folder, { recursive: true, force: true });
  if (!ok) problems.push(problem(name, `grub-fstest reads it otherwise: ${stderr.trim()}`));
  else remarks.push(`${name}: grub-fstest compared ${extracted.value.files} files`);
}

function problem(name: string, message: string): Problem {
  return { path: `(${name} image)`, message: fromText(message) };
}
