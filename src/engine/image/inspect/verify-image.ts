// Invariant: every entry of the manifest and every file of the image is looked at, whatever was
// wrong with the ones before.
import { createHash } from "node:crypto";
import type { ByteText } from "../../manifest/byte-text.ts";
import { compareBytes, fromText } from "../../manifest/byte-text.ts";
import type { ManifestEntry, OwnedEntry } from "../../manifest/entry.ts";
import { typeNames } from "../../manifest/entry.ts";
import type { Owners } from "../owners.ts";
import type { ImagePlan } from "../plan.ts";
import { sameContent } from "./diff-images.ts";
import { UnreadableError } from "../format/bytes-io.ts";
import type { Found, MountedImage } from "./mounted-image.ts";
import { contentOf, piecesOf, targetOf } from "./mounted-image.ts";

/** What the image should hold. What is absent is not compared. */
export interface Expected {
  readonly plan?: ImagePlan;
  readonly owners?: Owners;
  /** MD5 (hex) by path, as the image's own md5 manifest has them. */
  readonly sums?: ReadonlyMap<ByteText, string>;
}

/** Something that is not as it should be. */
export interface Problem {
  readonly path: ByteText;
  readonly message: ByteText;
}

/** What a look at every entry found. */
export interface Verified {
  readonly problems: readonly Problem[];
  /** Entries of the manifest that were compared. */
  readonly compared: number;
  /** Files whose MD5 was compared. */
  readonly summed: number;
  /** What the image has beside the manifest, in byte order. */
  readonly extras: readonly ByteText[];
  /** Everything in the image. */
  readonly entries: number;
  /** Of all files; hard links count once. */
  readonly bytes: number;
}

/** Compares an image with its manifest and its md5 manifest. Reads every file once. */
export function verifyImage(tree: MountedImage, expected: Expected): Verified {
  const found = new Map<ByteText, Found>();
  for (const each of tree.walk()) found.set(each.path, each);
  const problems: Problem[] = [];
  const wrong = (path: ByteText, message: ByteText): void => {
    problems.push({ path, message });
  };
  const wanted = expectedEntries(expected.plan);
  for (const [path, entry] of wanted) {
    const actual = found.get(path);
    if (actual === undefined) wrong(path, `is not in the image (a ${typeNames[entry.type]})`);
    else for (const message of compare(entry, actual, found, expected.owners)) wrong(path, message);
  }
  const { sums, bytes } = hashFiles(found.values(), wrong);
  let summed = 0;
  for (const [path, sum] of expected.sums ?? []) {
    const actual = sums.get(path);
    if (actual !== undefined) summed++;
    if (actual === sum) continue;
    const kind = found.get(path)?.node.kind;
    if (actual !== undefined) wrong(path, "has other contents than its MD5 says");
    else
      wrong(path, kind === undefined ? "is in the md5 manifest only" : `is a ${kind}, not a file`);
  }
  const listed = expected.plan === undefined ? expected.sums : wanted;
  const extras = listed === undefined ? [] : [...found.keys()].filter((path) => !listed.has(path));
  const isFile = (path: ByteText): boolean => found.get(path)?.node.kind === "file";
  return {
    ...{ problems, compared: wanted.size, summed, bytes, entries: found.size },
    extras: (expected.plan === undefined ? extras.filter(isFile) : extras).sort(compareBytes),
  };
}

/** By path; of a directory named twice the last line, as it is placed. */
function expectedEntries(plan: ImagePlan | undefined): Map<ByteText, ManifestEntry> {
  const entries = new Map<ByteText, ManifestEntry>();
  if (plan === undefined) return entries;
  const { directories, files, symlinks, hardLinks } = plan;
  for (const entry of [...directories, ...files, ...symlinks, ...hardLinks]) {
    entries.set(entry.path, entry);
  }
  return entries;
}

function compare(
  entry: ManifestEntry,
  actual: Found,
  found: ReadonlyMap<ByteText, Found>,
  owners: Owners | undefined,
): ByteText[] {
  const { node } = actual;
  switch (entry.type) {
    case "d":
    case "f": {
      const kind = entry.type === "d" ? "directory" : "file";
      if (node.kind !== kind) return [`is a ${node.kind}, not a ${kind}`];
      return compareOwned(entry, actual, owners);
    }
    case "s": {
      const target = targetOf(actual);
      if (target === undefined) return [`is a ${node.kind}, not a symlink`];
      return target === entry.target ? [] : [`leads to ${target}, not to ${entry.target}`];
    }
    case "h": {
      const other = found.get(entry.target);
      const same = other?.fileSystem === actual.fileSystem && other.node.inode === node.inode;
      return same ? [] : [`is not the same file as ${entry.target}`];
    }
  }
}

/** What today's build_live removes and makes anew, empty and root's, whatever the manifest says. */
const madeAnew: ReadonlySet<ByteText> = new Set(["var/log/syslog", "var/adm/wtmpx"]);

function compareOwned(entry: OwnedEntry, { node }: Found, owners: Owners | undefined): ByteText[] {
  const messages: ByteText[] = [];
  const isRoots = node.mode === 0o644 && node.uid === 0 && node.gid === 0;
  if (madeAnew.has(entry.path) && node.size === 0 && isRoots) return messages;
  if (node.mode !== entry.mode) {
    messages.push(`has the mode ${octal(node.mode)}, not ${octal(entry.mode)}`);
  }
  if (owners === undefined) return messages;
  const [uid, gid] = [owners.users.get(entry.user) ?? 0, owners.groups.get(entry.group) ?? 0];
  if (node.uid !== uid || node.gid !== gid) {
    const wanted = `${uid}:${gid} (${entry.user}:${entry.group})`;
    messages.push(`belongs to ${node.uid}:${node.gid}, not to ${wanted}`);
  }
  return messages;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** MD5 of every file by path; each inode is read once. */
function hashFiles(
  all: Iterable<Found>,
  wrong: (path: ByteText, message: ByteText) => void,
): { sums: Map<ByteText, string>; bytes: number } {
  const sums = new Map<ByteText, string>();
  const known = new Map<Found["fileSystem"], Map<number, string>>();
  let bytes = 0;
  for (const found of all) {
    if (found.node.kind !== "file") continue;
    const inodes = known.get(found.fileSystem) ?? new Map<number, string>();
    known.set(found.fileSystem, inodes);
    let sum = inodes.get(found.node.inode);
    if (sum === undefined) {
      sum = hash(found, wrong);
      inodes.set(found.node.inode, sum);
      bytes += found.node.size;
    }
    sums.set(found.path, sum);
  }
  return { sums, bytes };
}

function hash(found: Found, wrong: (path: ByteText, message: ByteText) => void): string {
  const md5 = createHash("md5");
  try {
    for (const piece of piecesOf(contentOf(found))) md5.update(piece);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    wrong(found.path, `cannot be read: ${fromText(error.message)}`);
  }
  return md5.digest("hex");
}

/**
 * Files that stand under /usr in the root image: they are copies of what /usr has, used until it
 * is mounted.
 */
export function verifyUnder(bare: MountedImage, tree: MountedImage): Problem[] {
  const problems: Problem[] = [];
  const under = bare.find("usr", false);
  if (under === undefined) return problems;
  for (const found of bare.walk(under)) {
    if (found.node.kind !== "file") continue;
    const real = tree.find(found.path, false);
    const where = `(under /usr) ${found.path}`;
    if (real?.node.kind !== "file") {
      problems.push({ path: where, message: "is no copy of anything in /usr" });
    } else if (!sameContent(found, real)) {
      problems.push({ path: where, message: "has other contents than the file in /usr" });
    }
  }
  return problems;
}

/** The sums of an md5 manifest (`MD5  ./path` a line) by path; lines of another form are left out. */
export function readSums(text: ByteText): Map<ByteText, string> {
  const sums = new Map<ByteText, string>();
  for (const line of text.split("\n")) {
    const match = /^(\\?)([0-9a-f]{32}) [ *]\.\/(.+)$/.exec(line);
    const [, escaped, sum, path] = match ?? [];
    if (sum === undefined || path === undefined) continue;
    sums.set(escaped === "\\" ? path.replaceAll("\\\\", "\\") : path, sum);
  }
  return sums;
}
