// Invariant: stdout is the log of the image; what went wrong, and where to mend it, is on stderr.
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { exitCodes, stoppedBy } from "../engine/exit-codes.ts";
import { buildImage } from "../engine/image/build-image.ts";
import type { ImageRequest } from "../engine/image/build-image.ts";
import { stageChild } from "../engine/image/customize/stage-child.ts";
import { holdLittleMemory } from "../engine/image/give-back-memory.ts";
import { ImageLog } from "../engine/image/image-log.ts";
import type { ImageSettings } from "../engine/image/image-settings.ts";
import { isPasswordHash, readImageSettings } from "../engine/image/image-settings.ts";
import type { PlaceFailure } from "../engine/image/place.ts";
import { readPassword } from "../engine/image/root-password.ts";
import { toText } from "../engine/manifest/byte-text.ts";
import { Originals, placeText } from "../engine/manifest/provenance.ts";
import { stageVariable } from "../engine/process/session.ts";
import type { Failure, Result } from "../engine/result.ts";
import { fail, ok } from "../engine/result.ts";
import { searchFolders } from "../engine/workspace/search-folders.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import { helpLines } from "./help-lines.ts";
import { lookCommands, lookUsage } from "./image-look.ts";
import { bytesAsText } from "./visible-output.ts";

const usage =
  helpLines(`usage: smartbuild image build [--root WORKSPACE] [--manifest manifest.d|FILE]
         [--search DIR ...] [--output DIR] [--level 0-9] [--password-file FILE]
         [--password-hash-file FILE] [--root-size KIB] [--root-density BYTES]
         [--usr-size KIB] [--usr-density BYTES] [--force]

Makes the platform image from the proto area, without root: platform-STAMP/, its tarball and the
platform-latest links in DIR (output/ of the workspace).

  --root           the workspace; else the one around the current folder
  --manifest       folder of component manifests, or one manifest (manifest.d)
  --search         folders that deliver files, first one wins; may be repeated
                   (classic: the overlays in their order, proto, man/man; modern: proto)
  --output         where the image goes (output)
  --level          of the tarball's gzip (6)
  --password-file  its first line becomes root's password; else a random one is made
  --password-hash-file
                   its first line is the hash of root's password, as in shadow(4)
  --root-size, --root-density, --usr-size, --usr-density
                   KiB of an image, and bytes for each inode; else what tools/build_live says
  --force          leaves out entries that cannot be placed, instead of making no image

The file smartbuild.image at the top of the workspace holds the same as settings, NAME=VALUE a
line: ROOT_SIZE_KIB, ROOT_DENSITY, USR_SIZE_KIB, USR_DENSITY, ROOT_PASSWORD_HASH, and
PASSWORD_IN_PLATFORM=yes to have a random password inside the platform folder and tarball.

With SOURCE_DATE_EPOCH in the environment the same tree gives the same bytes every time; root is
then locked unless a password or a hash is given.
`);

/** What a command may use of the process it runs in. */
export interface CommandIo {
  readonly cwd: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly env: NodeJS.ProcessEnv;
  /** Command that starts smartbuild again. */
  readonly program: readonly string[];
}

const options = {
  root: { type: "string" },
  manifest: { type: "string" },
  search: { type: "string", multiple: true },
  output: { type: "string" },
  "password-file": { type: "string" },
  "password-hash-file": { type: "string" },
  "root-size": { type: "string" },
  "root-density": { type: "string" },
  "usr-size": { type: "string" },
  "usr-density": { type: "string" },
  force: { type: "boolean" },
  level: { type: "string", default: "6" },
  help: { type: "boolean", short: "h" },
} as const;

/** `--search A B` as `--search A --search B`: the folders go on until the next option. */
function repeatSearch(argv: readonly string[]): string[] {
  let inSearch = false;
  return argv.flatMap((word, index) => {
    if (word.startsWith("-")) inSearch = word === "--search";
    else if (inSearch && argv[index - 1] !== "--search") return ["--search", word];
    return [word];
  });
}

function readArguments(argv: readonly string[], io: CommandIo): Result<ImageRequest | "help"> {
  let values;
  try {
    ({ values } = parseArgs({ args: repeatSearch(argv), options }));
  } catch (error) {
    return fail("usage", error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return ok("help");
  if (!/^[0-9]$/.test(values.level))
    return fail("usage", `--level is 0 to 9, not '${values.level}'`);
  const opened = openWorkspace(io.cwd, values.root);
  if (!opened.ok) return opened;
  const { root, layout, paths } = opened.value;
  const settings = readSettings(root, values, io.cwd);
  if (!settings.ok) return settings;
  const passwordFile = values["password-file"];
  // Relative names are the caller's; without a name, the workspace's own places are meant.
  return ok({
    root,
    layout,
    manifest: values.manifest === undefined ? paths.manifestDir : resolve(io.cwd, values.manifest),
    searchDirs: values.search?.map((dir) => resolve(io.cwd, dir)) ?? searchFolders(opened.value),
    output: values.output === undefined ? paths.output : resolve(io.cwd, values.output),
    ...(passwordFile !== undefined && { passwordFile: resolve(io.cwd, passwordFile) }),
    settings: settings.value,
    force: values.force === true,
    level: Number(values.level),
    env: io.env,
    program: io.program,
  });
}

type SettingOption =
  "password-hash-file" | "root-size" | "root-density" | "usr-size" | "usr-density";

/** The settings of the workspace, and over them what the command says. */
function readSettings(
  root: string,
  values: Readonly<Partial<Record<SettingOption, string>>>,
  cwd: string,
): Result<ImageSettings> {
  const settings = readImageSettings(root);
  if (!settings.ok) return settings;
  const asked: { -readonly [K in keyof ImageSettings]: ImageSettings[K] } = { ...settings.value };
  const numbers = [
    ["root-size", "rootKib"],
    ["root-density", "rootDensity"],
    ["usr-size", "usrKib"],
    ["usr-density", "usrDensity"],
  ] as const;
  for (const [option, name] of numbers) {
    const value = values[option];
    if (value === undefined) continue;
    if (!/^[1-9]\d{0,8}$/.test(value))
      return fail("usage", `--${option} is a number, not '${value}'`);
    asked[name] = Number(value);
  }
  const hashFile = values["password-hash-file"];
  if (hashFile !== undefined) {
    const hash = readPassword(resolve(cwd, hashFile));
    if (!hash.ok) return hash;
    if (!isPasswordHash(hash.value)) {
      return fail(
        "bad-input",
        `${hashFile}:1: this is no password hash`,
        "Use `openssl passwd -5`.",
      );
    }
    asked.passwordHash = hash.value;
  }
  return ok(asked);
}

function tell({ message, advice }: Failure, stderr: NodeJS.WritableStream): void {
  stderr.write(
    `smartbuild image: FAILED: ${message}${advice === undefined ? "" : `\n${advice}`}\n`,
  );
}

/** Every failure again, with the line to edit. */
function tellFailures(
  failures: readonly PlaceFailure[],
  { root, layout }: ImageRequest,
  stderr: NodeJS.WritableStream,
): void {
  const originals = new Originals(root, layout);
  const lines = failures.map((failure) => {
    const place = placeText(originals.find(failure));
    return `  ${toText(failure.path ?? failure.text)}: ${toText(failure.reason)} (${place})\n`;
  });
  const what = failures.length === 1 ? "one entry" : `${failures.length} entries`;
  stderr.write(`Failures:\n${lines.join("")}`);
  stderr.write(`smartbuild image: FAILED: ${what} could not be delivered, so no image was made\n`);
}

function isTerminal(stream: NodeJS.WritableStream): boolean {
  return "isTTY" in stream && stream.isTTY === true;
}

/** As a stage of a build, keeps with that build what its image got; the image is as good without. */
async function keepForBuild({ root, output }: ImageRequest, io: CommandIo): Promise<void> {
  const mark = io.env[stageVariable];
  if (mark === undefined) return;
  const { keepDelivered } = await import("../engine/image/shipped/keep-delivered.ts");
  const failed = await keepDelivered(root, output, dirname(mark));
  if (failed !== undefined) io.stderr.write(`smartbuild image: ${failed}\n`);
}

/** Builds with TERM and INT turned into a clean stop; resolves to the exit code. */
async function build(request: ImageRequest, io: CommandIo): Promise<number> {
  holdLittleMemory();
  const stop = new AbortController();
  let stoppedWith: keyof typeof stoppedBy = "SIGTERM";
  const onSignal = (signal: NodeJS.Signals): void => {
    stoppedWith = signal === "SIGINT" ? "SIGINT" : "SIGTERM";
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  // Names are bytes in a log; a terminal gets them as text.
  const log = new ImageLog(isTerminal(io.stdout) ? bytesAsText(io.stdout) : io.stdout);
  try {
    const result = await buildImage(request, log, stop.signal);
    await log.flush();
    if (!result.ok) {
      tell(result.failure, io.stderr);
      return exitCodes[result.failure.kind];
    }
    switch (result.value.kind) {
      case "built":
        await keepForBuild(request, io);
        return 0;
      case "stopped":
        io.stderr.write(`smartbuild image: stopped by ${stoppedWith}, so no image was made\n`);
        return stoppedBy[stoppedWith];
      case "incomplete":
        tellFailures(result.value.failures, request, io.stderr);
        return exitCodes["build-failed"];
    }
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** `smartbuild image …`: resolves to the exit code. */
export async function imageCommand(argv: readonly string[], io: CommandIo): Promise<number> {
  const [subcommand, ...rest] = argv;
  if (subcommand === "--help" || subcommand === "-h") {
    io.stdout.write(usage + lookUsage);
    return 0;
  }
  // Not for people: the part of `build` that runs scripts on a copy, perhaps as another user.
  if (subcommand === "stage-copy") return stageChild(rest[0] ?? "");
  if (subcommand !== undefined && Object.hasOwn(lookCommands, subcommand)) {
    const command = await lookCommands[subcommand]?.();
    if (command !== undefined) return command(rest, io);
  }
  if (subcommand !== "build") {
    io.stderr.write(usage + lookUsage);
    return exitCodes.usage;
  }
  const request = readArguments(rest, io);
  if (!request.ok) {
    tell(request.failure, io.stderr);
    if (request.failure.kind === "usage") io.stderr.write(usage);
    return exitCodes[request.failure.kind];
  }
  if (request.value === "help") {
    io.stdout.write(usage);
    return 0;
  }
  return build(request.value, io);
}
