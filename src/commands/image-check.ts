// Invariant: reads, never writes; the exit code says whether an image would be made.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { exitCodes } from "../engine/exit-codes.ts";
import type { CheckRequest, ImageCheck } from "../engine/image/check/check-image.ts";
import { checkImage } from "../engine/image/check/check-image.ts";
import { wantedSizes } from "../engine/image/wanted-sizes.ts";
import { readImageSettings } from "../engine/image/image-settings.ts";
import type { Result } from "../engine/result.ts";
import { fail, ok } from "../engine/result.ts";
import { searchFolders } from "../engine/workspace/search-folders.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import { helpLines } from "./help-lines.ts";
import { checkLines, errorLines } from "./image-check-text.ts";
import type { ImageIo } from "./image-words.ts";
import { tellFailure } from "./image-words.ts";

const usage = helpLines(`Usage: smartbuild image check [OPTION…]

Says before anything is copied what is wrong with the manifest and the files it names, and whether
everything fits into the images, to the block and inode.

      --root DIR        the workspace; default: the one around this folder
      --manifest PATH   folder of component manifests, or one manifest (manifest.d)
      --search DIR      a folder that delivers files; may be repeated, first one wins
      --root-size KIB   --root-density BYTES   --usr-size KIB   --usr-density BYTES
                        of the images; else what smartbuild.image or tools/build_live says
      --all             every finding, not the first twenty of a kind
      --brief           errors alone, a line each
      --json            one JSON object
  -h, --help            this text

Exit codes: 0 an image can be made (warnings or none), 2 errors.
`);

const options = {
  root: { type: "string" },
  manifest: { type: "string" },
  search: { type: "string", multiple: true },
  "root-size": { type: "string" },
  "root-density": { type: "string" },
  "usr-size": { type: "string" },
  "usr-density": { type: "string" },
  all: { type: "boolean", default: false },
  brief: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

/** `smartbuild image check` */
export async function imageCheck(argv: readonly string[], io: ImageIo): Promise<number> {
  await Promise.resolve();
  let values: Values;
  try {
    ({ values } = parseArgs({ args: [...argv], options }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return tellFailure(io, { kind: "usage", message, advice: "smartbuild image check --help" });
  }
  if (values.help) {
    io.stdout.write(usage);
    return 0;
  }
  const request = requestOf(values, io);
  if (!request.ok) return tellFailure(io, request.failure);
  const checked = checkImage(request.value);
  if (!checked.ok) return tellFailure(io, checked.failure);
  const check = checked.value;
  if (values.json) io.stdout.write(`${json(request.value, check)}\n`);
  else {
    const lines = values.brief ? errorLines(check) : checkLines(check, values.all);
    io.stdout.write(`${lines.join("\n")}\n`);
  }
  return check.errors === 0 ? 0 : exitCodes["build-failed"];
}

/** What to check, by the options, the settings of the workspace and its own tools. */
function requestOf(values: Values, { cwd, env }: ImageIo): Result<CheckRequest> {
  const workspace = openWorkspace(cwd, values.root);
  if (!workspace.ok) return workspace;
  const { root, layout, paths } = workspace.value;
  const settings = readImageSettings(root);
  if (!settings.ok) return settings;
  const asked: Record<string, number> = {};
  const sizes = ["root-size", "root-density", "usr-size", "usr-density"] as const;
  const names = { size: "Kib", density: "Density" };
  for (const option of sizes) {
    const text = values[option];
    if (text === undefined) continue;
    if (!/^[1-9]\d{0,8}$/.test(text))
      return fail("usage", `--${option} is a number, not '${text}'.`);
    const [volume = "", what = ""] = option.split("-");
    asked[volume + (what === "size" ? names.size : names.density)] = Number(text);
  }
  const { passwordHash } = settings.value;
  return ok({
    ...{ root, layout, env, proto: paths.proto },
    manifest: values.manifest === undefined ? paths.manifestDir : resolve(cwd, values.manifest),
    searchDirs: values.search?.map((dir) => resolve(cwd, dir)) ?? searchFolders(workspace.value),
    sizes: wantedSizes(root, layout, { ...settings.value, ...asked }),
    ...(passwordHash !== undefined && { passwordHash }),
  });
}

function json({ root, layout }: CheckRequest, check: ImageCheck): string {
  return JSON.stringify({ version: 1, workspace: root, layout, ...check });
}
