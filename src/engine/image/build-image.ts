// Invariant: nothing stands under a final name unless every entry of the manifest was delivered.
import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { aggregate, readManifests } from "../manifest/aggregate.ts";
import { sortManifest } from "../manifest/sort.ts";
import { fullDiskAdvice, fullDiskSentence, isDiskFull } from "../host/disk.ts";
import type { Layout } from "../workspace/probes.ts";
import type { ImageName } from "./build-stamp.ts";
import { readImageName } from "./build-stamp.ts";
import { customize } from "./customize/customize.ts";
import { emptyAnew, emptyFile } from "./customize/stock-steps.ts";
import { unknownOwnerLine } from "./entry-line.ts";
import { lookBefore } from "./check/look-before.ts";
import { giveBackMemory } from "./give-back-memory.ts";
import { gitStatus } from "./git-status.ts";
import type { ImageLog } from "./image-log.ts";
import type { ImageSettings } from "./image-settings.ts";
import type { ImageTree } from "./image-tree.ts";
import { parentOf } from "./image-tree.ts";
import { makeVolumes } from "./make-volumes.ts";
import { OutputFolder } from "./output-folder.ts";
import type { Owners } from "./owners.ts";
import { readOwners } from "./owners.ts";
import type { PlaceFailure } from "./place.ts";
import { place } from "./place.ts";
import type { ImagePlan } from "./plan.ts";
import { planImage } from "./plan.ts";
import { platformEntries, writeTarball } from "./platform-tarball.ts";
import { readContent } from "./read-content.ts";
import type { Login } from "./root-login.ts";
import { setRootLogin } from "./root-login.ts";
import { errorReason } from "./sources.ts";
import { imageSteps, stepLine } from "./steps.ts";
import { versionFiles } from "./version-files.ts";
import { wantedSizes } from "./wanted-sizes.ts";
import { WriteError } from "./write-error.ts";

/** What to build. All paths are absolute. */
export interface ImageRequest {
  readonly root: string;
  readonly layout: Layout;
  /** A folder of component manifests, or one manifest. */
  readonly manifest: string;
  /** In the order in which they are searched. */
  readonly searchDirs: readonly string[];
  readonly output: string;
  /** Its first line becomes root's password; without it and a hash, a random one is made. */
  readonly passwordFile?: string;
  /** Sizes, password hash and where the plaintext goes. */
  readonly settings: ImageSettings;
  /** Leaves out what cannot be placed, instead of stopping for it. */
  readonly force?: boolean;
  /** Of the platform tarball's gzip, 0 to 9. */
  readonly level: number;
  /** PATH for tools, SOURCE_DATE_EPOCH. */
  readonly env: NodeJS.ProcessEnv;
  /** Command that starts smartbuild again. */
  readonly program: readonly string[];
}

/** How it ended. Nothing was put in place unless it was "built". */
export type ImageOutcome =
  | { readonly kind: "built"; readonly platform: string }
  | { readonly kind: "incomplete"; readonly failures: readonly PlaceFailure[] }
  | { readonly kind: "stopped" };

const kernelPath = "platform/i86pc/kernel/amd64/unix";
const archiveName = "i86pc/amd64/boot_archive";
const kernelName = "i86pc/kernel/amd64/unix";

/** Everything that is known before a file is looked at. */
interface Preparation {
  readonly name: ImageName;
  readonly owners: Owners;
  readonly plan: ImagePlan;
}

/** What every part of the work needs. */
interface Work extends Preparation {
  readonly request: ImageRequest;
  readonly output: OutputFolder;
  readonly log: ImageLog;
  readonly signal: AbortSignal;
}

/**
 * Builds a platform image into the output folder: platform-STAMP/ with its boot archive (a UFS
 * image that holds the compressed usr image), md5 manifest, git status, hash and kernel, the
 * tarball of it, and the links to both. Needs no privileges: owners and modes are only in the
 * image. The log gets the lines of the tree's builder.
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
    if (isNoSpace(error)) return noSpace(request, request.output);
    return fail("cannot-write", `cannot write to ${request.output}: ${errorReason(error)}`);
  }
  const { removed, kept } = output.leftovers;
  for (const name of removed) log.line(`Removed ${name}, left by a run that was killed.`);
  for (const name of kept) {
    log.line(
      `Left by a run that was killed, and root's: remove it with rm -rf ${output.path}/${name}`,
    );
  }
  try {
    return await makeImage({ ...prepared.value, request, output, log, signal });
  } catch (error) {
    if (signal.aborted) return ok({ kind: "stopped" });
    const cause = error instanceof WriteError ? error.cause : error;
    if (isNoSpace(cause)) return noSpace(request, errorPath(error) ?? request.output);
    const reason = errorReason(cause);
    if (error instanceof WriteError) {
      return fail("cannot-write", `cannot write ${error.path}: ${reason}`, "Free some space.");
    }
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return fail("cannot-write", `cannot write the image: ${reason} (${error.message})`);
  } finally {
    output.discard();
  }
}

/** A limit of one file's size is no full disk. */
function isNoSpace(error: unknown): boolean {
  return isDiskFull(error) && (error as NodeJS.ErrnoException).code !== "EFBIG";
}

/** To be asked before what was made is removed again. */
function noSpace({ root, output }: ImageRequest, path: string): Result<never> {
  const advice = fullDiskAdvice(join(root, "log/smartbuild"), "try again", output);
  return fail("cannot-write", `${fullDiskSentence(path)}: cannot write ${path}`, advice);
}

function errorPath(error: unknown): string | undefined {
  if (error instanceof WriteError) return error.path;
  return error instanceof Error && "path" in error ? String(error.path) : undefined;
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
  const looked = lookBefore(request);
  if (!looked.ok) return looked;
  for (const line of looked.value) log.line(line);
  return ok({ name: name.value, owners: owners.value, plan: planImage(sorted) });
}

async function makeImage(work: Work): Promise<Result<ImageOutcome>> {
  const { request, name, owners, plan, output, log, signal } = work;
  const { root, layout, env, searchDirs, settings } = request;
  const { platform, stamp, time } = name;
  const folder = output.making(platform);
  const archive = join(folder, archiveName);
  mkdirSync(dirname(archive), { recursive: true });

  giveBackMemory();
  log.line(stepLine(imageSteps.copy));
  log.line(`MANIFEST:   ${request.manifest}`);
  log.line(`OUTPUT:     ${join(request.output, platform, archiveName)}`);
  searchDirs.forEach((dir, index) => {
    log.line(`SEARCH[${String(index).padStart(2, "0")}]: ${dir}`);
  });
  await log.flush();
  const placed = await place({ plan, searchDirs, owners, log, signal });
  for (const unknown of placed.unknownOwners) log.bytes(unknownOwnerLine(unknown, owners.folder));
  if (placed.stopped) return ok({ kind: "stopped" });
  const { tree, failures } = placed;
  if (failures.length > 0) {
    if (request.force !== true) return ok({ kind: "incomplete", failures });
    log.line(`Forced: ${failures.length} entries are left out.`);
    for (const { path } of tree.nodes()) tree.makeDirectory(parentOf(path));
  }
  log.line(`${placed.entries} entries, ${placed.bytes} bytes of files.`);

  giveBackMemory();
  const { program } = request;
  const stage = output.scratch("stage");
  const gaps = await customize({
    ...{ root, layout, stamp, tree, folder: stage, owners, program, env, log, signal },
  });
  if (!gaps.ok) return gaps;

  log.line(stepLine(imageSteps.password));
  const passwordName = `root.password-${stamp}`;
  const inPlatform = settings.passwordInPlatform === true;
  const passwordFile = inPlatform ? join(folder, "root.password") : output.making(passwordName);
  const login = setRootLogin(tree, loginRequest(request), passwordFile);
  if (!login.ok) return login;
  log.line(
    loginText(login.value, request, join(request.output, inPlatform ? platform : passwordName)),
  );

  log.line(stepLine(imageSteps.version));
  const status = gitStatus(root, layout, env);
  for (const path of versionFiles(tree, { root, layout, stamp, status }))
    log.line(`Wrote ${path}.`);
  const empty = layout === "modern" ? emptyAnew : emptyFile;
  for (const path of ["var/log/syslog", "var/adm/wtmpx"]) empty(tree, path);
  tree.set({ ...tree.root, uid: 0, gid: 0 });

  const sizes = wantedSizes(root, layout, settings);
  for (const remark of sizes.remarks) log.line(remark);
  const made = await makeVolumes({
    ...{ tree, layout, sizes, time, log, signal, bootArchive: archive },
    ...{ usrImage: output.scratch("usr.image"), usrLgz: output.scratch("usr.lgz") },
  });
  if (!made.ok) return made;
  if (made.value.kind === "incomplete") return ok(made.value);
  const { manifest, usr, root: rootShape } = made.value;

  const files = [archiveName, `${archiveName}.manifest`, `${archiveName}.gitstatus`];
  const write = (path: string, content: string | Uint8Array, like = 0): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const mode = 0o644 | (like & 0o111);
    writeFileSync(join(folder, path), content, { flag: "wx", mode });
  };
  write(`${archiveName}.manifest`, manifest);
  write(`${archiveName}.gitstatus`, status);
  log.line(stepLine(imageSteps.kernel));
  if (writeKernel(tree, write)) files.push(kernelName);
  else log.line(`No manifest delivers ${kernelPath}: there is no kernel beside the boot archive.`);
  if (layout === "modern") {
    write("etc/version/platform", `${stamp}\n`);
    files.push("etc/version/platform");
  }
  if (inPlatform && login.value === "random") files.push("root.password");

  log.line(stepLine(imageSteps.tarball));
  await log.flush();
  const tarball = `${platform}.tgz`;
  const archivePath = `${platform}/${archiveName}`;
  const { level } = request;
  const sums = await writeTarball(
    output.making(tarball),
    [
      ...platformEntries(folder, platform, files),
      { path: `${archivePath}.hash`, mode: 0o644, sha1Of: archivePath },
    ],
    { mtime: time, level, signal },
  );
  write(`${archiveName}.hash`, `${sums.get(archivePath) ?? ""}\n`);

  log.line(stepLine(imageSteps.output, request.output));
  symlinkSync(platform, output.making("platform-latest"));
  symlinkSync(tarball, output.making("platform-latest.tgz"));
  writeFileSync(output.making("buildstamp"), `${stamp}\n`);
  if (layout === "modern") writeFileSync(output.making("gitstatus.json"), status);
  const record = `${platform}.json`;
  const shape = ({ kib, density }: { kib: number; density: number }) => ({ kib, density });
  const about = {
    ...{ version: 1, platform, stamp, time, layout, zlib: process.versions.zlib, level },
    ...{ rootImage: shape(rootShape), usrImage: shape(usr), login: login.value, gaps: gaps.value },
  };
  writeFileSync(output.making(record), `${JSON.stringify(about, null, 2)}\n`);
  const names = [platform, tarball, record, "platform-latest", "platform-latest.tgz", "buildstamp"];
  if (layout === "modern") names.push("gitstatus.json");
  if (login.value === "random" && !inPlatform) names.unshift(passwordName);
  output.commit(names);
  for (const gap of gaps.value) log.line(`Left out: ${gap}`);
  const { size } = statSync(join(request.output, tarball));
  log.line(`${join(request.output, tarball)} (${size} bytes)`);
  return ok({ kind: "built", platform });
}

function loginRequest({ passwordFile, settings, env }: ImageRequest) {
  const { passwordHash } = settings;
  return {
    ...(passwordFile !== undefined && { passwordFile }),
    ...(passwordHash !== undefined && { passwordHash }),
    ...{ reproducible: env["SOURCE_DATE_EPOCH"] !== undefined, env },
  };
}

/** How root logs in, for the log. `place`: where a random password will be. */
function loginText(login: Login, { passwordFile = "" }: ImageRequest, place: string): string {
  switch (login) {
    case "given":
      return `Root's password is the first line of ${passwordFile}.`;
    case "hash":
      return "Root's password is the one whose hash the settings give.";
    case "locked":
      return (
        "Root is locked in this image: SOURCE_DATE_EPOCH asks for the same bytes every time, and " +
        "neither a password nor a hash is given (ROOT_PASSWORD_HASH in smartbuild.image)."
      );
    case "random":
      return `Root's password will be in ${place} (readable by you only).`;
  }
}

function writeKernel(
  tree: ImageTree,
  write: (path: string, content: Uint8Array, mode: number) => void,
): boolean {
  const kernel = tree.fileAt(kernelPath);
  if (kernel === undefined) return false;
  write(kernelName, readContent(kernel.content), kernel.mode);
  return true;
}
