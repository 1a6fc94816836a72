// Invariant: nothing stands under a final name unless every entry of the manifest was delivered.
import { closeSync, copyFileSync, mkdirSync, openSync } from "node:fs";
import { statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { aggregate, readManifests } from "../manifest/aggregate.ts";
import { toBytes } from "../manifest/byte-text.ts";
import { sortManifest } from "../manifest/sort.ts";
import type { Layout } from "../workspace/probes.ts";
import type { ImageName } from "./build-stamp.ts";
import { readImageName } from "./build-stamp.ts";
import { unknownOwnerLine } from "./entry-line.ts";
import type { ImageLog } from "./image-log.ts";
import { md5Manifest } from "./md5-manifest.ts";
import { OutputFolder } from "./output-folder.ts";
import type { Owners } from "./owners.ts";
import { readOwners } from "./owners.ts";
import type { Placed } from "./place.ts";
import { place } from "./place.ts";
import type { ImagePlan } from "./plan.ts";
import { planImage } from "./plan.ts";
import { platformEntries, writeTarball } from "./platform-tarball.ts";
import { setRootPassword } from "./shadow-file.ts";
import { errorReason, findSource } from "./sources.ts";
import { imageSteps, stepLine } from "./steps.ts";
import { TarWriter } from "./tar-writer.ts";
import { WriteError } from "./writer.ts";

/** What to build. All paths are absolute. */
export interface ImageRequest {
  readonly root: string;
  readonly layout: Layout;
  /** A folder of component manifests, or one manifest. */
  readonly manifest: string;
  /** In the order in which they are searched. */
  readonly searchDirs: readonly string[];
  readonly output: string;
  /** Its first line becomes root's password; without it, a random one is made. */
  readonly passwordFile?: string;
  /** Of the platform tarball's gzip, 0 to 9. */
  readonly level: number;
  /** PATH for openssl, SOURCE_DATE_EPOCH. */
  readonly env: NodeJS.ProcessEnv;
}

/** How it ended. Nothing was put in place unless it was "built". */
export type ImageOutcome =
  | { readonly kind: "built"; readonly platform: string }
  | { readonly kind: "incomplete"; readonly placed: Placed; readonly owners: Owners }
  | { readonly kind: "stopped" };

const kernelPath = "platform/i86pc/kernel/amd64/unix";
const archiveFolder = "i86pc/amd64";
const kernelFolder = "i86pc/kernel/amd64";

/** Everything that is known before a byte is written. */
interface Preparation {
  readonly name: ImageName;
  readonly owners: Owners;
  readonly plan: ImagePlan;
}

/**
 * Builds a platform image into the output folder: platform-STAMP/ with its boot archive (as yet a
 * tar of the root), md5 manifest and kernel, the tarball of it, and the links to both. Needs no
 * privileges: owners and modes are only in the image. The log gets the tree's builder's lines.
 */
export async function buildImage(
  request: ImageRequest,
  log: ImageLog,
  signal: AbortSignal,
): Promise<Result<ImageOutcome>> {
  const prepared = prepare(request, log);
  if (!prepared.ok) return prepared;
  let output: OutputFolder;
  try {
    output = new OutputFolder(request.output);
  } catch (error) {
    return fail("cannot-write", `cannot write to ${request.output}: ${errorReason(error)}`);
  }
  for (const name of output.removed) log.line(`Removed ${name}, left by a run that was killed.`);
  try {
    return await makeImage(request, prepared.value, output, log, signal);
  } catch (error) {
    if (signal.aborted) return ok({ kind: "stopped" });
    const reason = errorReason(error instanceof WriteError ? error.cause : error);
    if (error instanceof WriteError) {
      return fail("cannot-write", `cannot write ${error.path}: ${reason}`, "Free some space.");
    }
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return fail("cannot-write", `cannot write the image: ${reason} (${error.message})`);
  } finally {
    output.discard();
  }
}

function prepare(request: ImageRequest, log: ImageLog): Result<Preparation> {
  const name = readImageName(request.root, request.env["SOURCE_DATE_EPOCH"]);
  if (!name.ok) return name;
  const owners = readOwners(request.root, request.layout);
  if (!owners.ok) return owners;
  log.line(stepLine(imageSteps.manifest, request.manifest));
  const sources = readManifests(request.manifest);
  if (!sources.ok) return sources;
  const sorted = sortManifest(aggregate(sources.value), request.layout);
  for (const warning of sorted.warnings) log.bytes(warning);
  if (sorted.lines.length === 0) return fail("bad-input", `${request.manifest} has no entries`);
  return ok({ name: name.value, owners: owners.value, plan: planImage(sorted) });
}

async function makeImage(
  request: ImageRequest,
  { name, owners, plan }: Preparation,
  output: OutputFolder,
  log: ImageLog,
  signal: AbortSignal,
): Promise<Result<ImageOutcome>> {
  const { platform, stamp, time } = name;
  const { searchDirs } = request;
  const folder = output.making(platform);
  const archive = join(folder, archiveFolder, "boot_archive");
  mkdirSync(join(folder, archiveFolder), { recursive: true });

  log.line(stepLine(imageSteps.password));
  const passwordName = `root.password-${stamp}`;
  const shadow = setRootPassword(request, plan, output.making(passwordName));
  if (!shadow.ok) return shadow;
  const given = request.passwordFile;
  const passwordPath = join(request.output, passwordName);
  log.line(
    given === undefined
      ? `Root's password will be in ${passwordPath} (readable by you only).`
      : `Root's password is the first line of ${given}.`,
  );

  log.line(stepLine(imageSteps.copy));
  log.line("The boot archive is a tar of the root: this builder makes no UFS image yet.");
  log.line(`MANIFEST:   ${request.manifest}`);
  log.line(`OUTPUT:     ${join(request.output, platform, archiveFolder, "boot_archive")}`);
  searchDirs.forEach((dir, index) => {
    log.line(`SEARCH[${String(index).padStart(2, "0")}]: ${dir}`);
  });
  await log.flush();
  const file = openSync(archive, "wx", 0o644);
  let placed: Placed;
  try {
    const writer = new TarWriter(file, archive, time);
    const contents = shadow.value;
    placed = await place({ plan, searchDirs, owners, contents, writer, log, signal });
  } finally {
    closeSync(file);
  }
  for (const unknown of placed.unknownOwners) log.bytes(unknownOwnerLine(unknown, owners.folder));
  if (placed.stopped) return ok({ kind: "stopped" });
  if (placed.failures.length > 0) return ok({ kind: "incomplete", placed, owners });
  log.line(`${placed.entries} entries, ${placed.bytes} bytes of files.`);

  log.line(stepLine(imageSteps.md5));
  const sums = toBytes(md5Manifest(placed.sums));
  writeFileSync(`${archive}.manifest`, sums, { flag: "wx", mode: 0o644 });

  log.line(stepLine(imageSteps.kernel));
  const kernel = plan.files.some(({ path }) => path === kernelPath)
    ? findSource(kernelPath, searchDirs)
    : undefined;
  if (kernel?.kind === "found") {
    mkdirSync(join(folder, kernelFolder), { recursive: true });
    copyFileSync(kernel.path, join(folder, kernelFolder, "unix"));
  } else
    log.line(`The manifest delivers no ${kernelPath}: there is no kernel beside the boot archive.`);

  log.line(stepLine(imageSteps.tarball));
  await log.flush();
  const files = [`${archiveFolder}/boot_archive`, `${archiveFolder}/boot_archive.manifest`];
  if (kernel?.kind === "found") files.push(`${kernelFolder}/unix`);
  const entries = platformEntries(folder, platform, files);
  const tarball = `${platform}.tgz`;
  const { level } = request;
  await writeTarball(output.making(tarball), entries, { mtime: time, level, signal });

  log.line(stepLine(imageSteps.output, request.output));
  symlinkSync(platform, output.making("platform-latest"));
  symlinkSync(tarball, output.making("platform-latest.tgz"));
  writeFileSync(output.making("buildstamp"), `${stamp}\n`);
  const names = [platform, tarball, "platform-latest", "platform-latest.tgz", "buildstamp"];
  output.commit(given === undefined ? [passwordName, ...names] : names);
  const size = statSync(join(request.output, tarball)).size;
  log.line(`${join(request.output, tarball)} (${size} bytes)`);
  return ok({ kind: "built", platform });
}
