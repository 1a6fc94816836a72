// Invariant: exits 0 only when every entry of the manifest and every sum was compared and agreed.
import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { exitCodes } from "../engine/exit-codes.ts";
import { checkVolume } from "../engine/image/inspect/check-volume.ts";
import type { OpenImage } from "../engine/image/inspect/open-image.ts";
import { openImage } from "../engine/image/inspect/open-image.ts";
import type { OtherReading } from "../engine/image/inspect/other-readers.ts";
import { readWithOthers } from "../engine/image/inspect/other-readers.ts";
import type { Expected, Problem, Verified } from "../engine/image/inspect/verify-image.ts";
import { readSums, verifyImage, verifyUnder } from "../engine/image/inspect/verify-image.ts";
import { readable } from "../engine/image/format/bytes-io.ts";
import { readOwners } from "../engine/image/owners.ts";
import { planImage } from "../engine/image/plan.ts";
import { aggregate, readManifests } from "../engine/manifest/aggregate.ts";
import { fromBytes, toText } from "../engine/manifest/byte-text.ts";
import { sortManifest } from "../engine/manifest/sort.ts";
import type { Result } from "../engine/result.ts";
import { ok } from "../engine/result.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import type { ImageIo } from "./image-words.ts";
import { readWords, shown, tellFailure } from "./image-words.ts";
import type { Parsed, Usage } from "./options.ts";
import { rootOption } from "./options.ts";

export const imageVerifyUsage: Usage = {
  synopsis: "image verify FILE",
  summary:
    "Reads a boot archive and its /usr again and compares every entry with the manifest, every file with its MD5.",
  options: {
    ...rootOption,
    manifest: {
      type: "string",
      value: "PATH",
      help: "manifest.d or one manifest; default: the workspace's",
    },
    quick: { type: "boolean", help: "only our own reader: not sleuthkit and grub-fstest" },
    all: { type: "boolean", help: "every problem and every extra entry, not the first twenty" },
    json: { type: "boolean", help: "one JSON object" },
  },
  notes: [
    "The MD5 sums are those of FILE.manifest beside the image, else of the manifest in it.",
    "Outside a workspace only the sums and the image's own order are checked.",
  ],
};

/** `smartbuild image verify` */
export async function imageVerify(argv: readonly string[], io: ImageIo): Promise<number> {
  const parsed = readWords(argv, imageVerifyUsage, [1, 1], io);
  if (typeof parsed === "number") return parsed;
  const opened = openImage(resolve(io.cwd, parsed.words[0] ?? ""));
  if (!opened.ok) return tellFailure(io, opened.failure);
  const image = opened.value;
  try {
    const verdict = await verify(image, parsed, io);
    if (!verdict.ok) return tellFailure(io, verdict.failure);
    print(image, verdict.value, parsed, io);
    return verdict.value.problems.length === 0 ? 0 : exitCodes["build-failed"];
  } finally {
    image.close();
  }
}

interface Verdict extends Verified {
  readonly remarks: readonly string[];
}

async function verify(image: OpenImage, parsed: Parsed, io: ImageIo): Promise<Result<Verdict>> {
  const remarks: string[] = [];
  const manifest = expectedEntries(parsed, io, remarks);
  if (!manifest.ok) return manifest;
  const sums = readable(image.file, () => sumsOf(image, remarks));
  if (!sums.ok) return sums;
  const expected = { ...manifest.value, ...(sums.value !== undefined && { sums: sums.value }) };
  const verified = readable(image.file, () => {
    const found = verifyImage(image.tree, expected);
    return { ...found, problems: [...found.problems, ...ownProblems(image)] };
  });
  if (!verified.ok) return verified;
  const hash = await hashProblem(image, remarks);
  const others: OtherReading = parsed.flags.has("quick")
    ? { remarks: [], problems: [] }
    : await readWithOthers(image, io.env);
  return ok({
    ...verified.value,
    problems: [...verified.value.problems, ...hash, ...others.problems],
    remarks: [...remarks, ...others.remarks],
  });
}

/** The entries that the workspace's manifests ask for; none outside a workspace. */
function expectedEntries(
  { values }: Parsed,
  { cwd }: ImageIo,
  remarks: string[],
): Result<Omit<Expected, "sums">> {
  const workspace = openWorkspace(cwd, values.get("root"));
  if (!workspace.ok) {
    if (values.has("root") || values.has("manifest")) return workspace;
    remarks.push("not in a workspace, so not compared with a manifest");
    return ok({});
  }
  const { root, layout, paths } = workspace.value;
  const named = values.get("manifest");
  const sources = readManifests(named === undefined ? paths.manifestDir : resolve(cwd, named));
  if (!sources.ok) return sources;
  const owners = readOwners(root, layout);
  if (!owners.ok) return owners;
  const plan = planImage(sortManifest(aggregate(sources.value), layout));
  return ok({ plan, owners: owners.value });
}

const sumsInImage = ["usr/share/smartos/manifest", "var/log/manifest"];

/** The md5 manifest beside the image, else the one in it. */
function sumsOf({ file, tree }: OpenImage, remarks: string[]): Expected["sums"] {
  try {
    return readSums(fromBytes(readFileSync(`${file}.manifest`)));
  } catch {
    // Not kept beside it: the same sums are in the image.
  }
  for (const path of sumsInImage) {
    const found = tree.find(path, true);
    if (found?.node.kind !== "file") continue;
    const bytes = new Uint8Array(found.node.size);
    found.fileSystem.content(found.node).read(bytes, 0);
    return readSums(fromBytes(bytes));
  }
  remarks.push("no md5 manifest beside the image or in it, so no contents were compared");
  return undefined;
}

/** Whether both file systems agree with themselves, and the under-files with /usr. */
function ownProblems({ root, usr, bare, tree }: OpenImage): Problem[] {
  const problems = checkVolume("(root image)", root, bare.root.fileSystem);
  const mounted = tree.find("usr", false);
  if (usr !== undefined && mounted !== undefined) {
    problems.push(...checkVolume("(usr image)", usr, mounted.fileSystem));
    problems.push(...verifyUnder(bare, tree));
  }
  return problems;
}

/** The image against its .hash (SHA-1, hex), where that is beside it. */
async function hashProblem({ file }: OpenImage, remarks: string[]): Promise<Problem[]> {
  let wanted: string;
  try {
    wanted = readFileSync(`${file}.hash`, "utf8").trim();
  } catch {
    return [];
  }
  const sha1 = createHash("sha1");
  await pipeline(createReadStream(file), sha1);
  remarks.push("SHA-1 of the file compared with its .hash");
  const actual = sha1.digest("hex");
  if (actual === wanted) return [];
  return [{ path: "(file)", message: `has the SHA-1 ${actual}; its .hash says ${wanted}` }];
}

const mostShown = 20;

function print(image: OpenImage, verdict: Verdict, { flags }: Parsed, { stdout }: ImageIo): void {
  const { problems, compared, summed, extras, entries, bytes, remarks } = verdict;
  if (flags.has("json")) {
    const found = problems.map(({ path, message }) => ({
      ...{ path: toText(path), message: toText(message) },
    }));
    stdout.write(
      `${JSON.stringify({ version: 1, file: image.file, ok: problems.length === 0, entries, compared, summed, bytes, problems: found, extras: extras.map(toText), remarks })}\n`,
    );
    return;
  }
  const line = (text: string): void => {
    stdout.write(`${text}\n`);
  };
  const some = <T>(all: readonly T[], text: (each: T) => string): void => {
    const most = flags.has("all") ? all.length : mostShown;
    for (const each of all.slice(0, most)) line(`  ${text(each)}`);
    if (all.length > most) line(`  and ${all.length - most} more (--all shows them)`);
  };
  line(`${image.file}: ${entries} entries, ${bytes} bytes of files`);
  line(`  compared ${compared} entries with the manifest, ${summed} files with their MD5`);
  for (const remark of remarks) line(`  ${remark}`);
  if (extras.length > 0) {
    line(`${extras.length} entries beside the manifest:`);
    some(extras, shown);
  }
  if (problems.length === 0) {
    line("clean: everything is as it should be");
    return;
  }
  line(`${problems.length} ${problems.length === 1 ? "problem" : "problems"}:`);
  some(problems, ({ path, message }) => `${shown(path)} ${shown(message)}`);
}
