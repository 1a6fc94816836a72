// Invariant: the image is made by one program, named in the plan.
import { readImageName } from "../engine/image/build-stamp.ts";
import { compressThreads } from "../engine/image/compress-threads.ts";
import { settingsFile as imageSettingsFile } from "../engine/image/image-settings.ts";
import { imageSteps } from "../engine/image/steps.ts";
import type { Stage, StageCommand } from "../engine/graph/stage.ts";
import { settingsReadBy } from "../engine/settings/schema.ts";
import { inRoot, makeTargets, stage, type StageContext } from "./context.ts";

/** The platform image, by smartbuild or by the tree's own tools/build_live. */
export function liveStage(context: StageContext, before: readonly string[]): Stage {
  const { overlays } = context.workspace;
  const native = context.builder === "native";
  return stage({
    name: "live",
    needs: before,
    requires: ["configure"],
    weight: 8,
    command: native ? buildImage(context) : buildByTree(context),
    products: native
      ? ["output/platform-latest", "output/platform-latest.tgz"]
      : ["output/buildstamp"],
    removesFirst: native ? [] : besideNativeImage(context),
    inputs: ["manifest.gen", imageSettingsFile],
    repositories: overlays.map(({ name }) => ({ folder: ".", part: `overlay/${name}` })),
    settings: settingsReadBy(context.workspace.layout, "live"),
    choices: { IMAGE_BUILDER: context.builder },
    steps: native ? Object.values(imageSteps) : treeSteps,
    furtherLogs: native || context.workspace.layout === "classic" ? [] : [builderTrace],
    artefacts: ["output/platform-latest.tgz", "output/platform-latest"],
    ...(native ? {} : { imageOutput: "output" }),
    remark: native ? "image by smartbuild" : "image by the tree's tools/build_live",
  });
}

/**
 * What smartbuild keeps beside an image of this stamp. Another builder's image takes the same place,
 * and root's password is another one there.
 */
function besideNativeImage({ workspace }: StageContext): string[] {
  const name = readImageName(workspace.root);
  if (!name.ok) return [];
  const { stamp, platform } = name.value;
  return [`output/root.password-${stamp}`, `output/${platform}.json`];
}

/**
 * The builder of 2012 does not look whether mkfile, lofiadm, mount or tar succeeded: it packs what
 * there is and ends with success. In the log of a good image none of them says anything.
 */
const lookAtLog = [
  "trace=$(ls -t log/build_live.*.log 2>/dev/null | head -n 1)",
  `said=$(awk '/^(mkfile|lofiadm|newfs|mkfs|mount|umount|g?tar|svccfg[a-z-]*|mv|cp): |^FATAL: |: No space left on device/ { print; exit }' "$trace" /dev/null)`,
  'if [ -n "$said" ]; then',
  '  echo "tools/build_live went on, and its image is not whole, after: $said"',
  "  exit 1",
  "fi",
];

/**
 * The builder of 2012 makes no links to the latest image, and those of smartbuild's would go on naming
 * an older one. What it made belongs to root, whose rights pfexec gives where there is one.
 */
const linkLatest = [
  "read -r version 2>/dev/null <configure-buildver",
  "made=platform-${version:+$version-}$(cat output/buildstamp); as_root=$(command -v pfexec)",
  // illumos' ln -n is not GNU's: a link to a folder is removed, not overwritten.
  "$as_root rm -f output/platform-latest output/platform-latest.tgz",
  '$as_root ln -s "$made" output/platform-latest && $as_root ln -s "$made.tgz" output/platform-latest.tgz',
];

/**
 * The tree's own builder. That of 2012 lists the failures of its log into the same log when a file
 * is missing: with many of them it reads what it writes until the disk is full. So it is started
 * only when nothing is missing.
 */
function buildByTree(context: StageContext): StageCommand {
  const { argv, ...rest } = makeTargets(context, "live");
  if (context.workspace.layout === "modern") return { argv, ...rest };
  const script = [
    'if ! "${@:3:$2}" image check --brief --root "$1"; then',
    '  echo "tools/build_live is not started: with files missing, its log would grow until the disk is full."',
    "  exit 2",
    "fi",
    '"${@:3+$2}" || exit',
    ...lookAtLog,
    ...linkLatest,
  ];
  const { program, workspace } = context;
  const checker = [workspace.root, String(program.length), ...program];
  return { ...rest, argv: ["/bin/bash", "-c", script.join("\n"), "live", ...checker, ...argv] };
}

function buildImage(context: StageContext): StageCommand {
  const argv = [...context.program, "image", "build", "--root", context.workspace.root];
  return { ...inRoot(context, argv), environment: compressThreads(process.env) };
}

/** What builder and the commands of the modern build_live print goes here, not to the stage's output. */
const builderTrace = { path: "log/build_live.*.log", steps: [] };

/** Lines that tools/build_live prints as it goes, of both layouts. */
const treeSteps = [
  {
    pattern:
      /^(Creating \d+k \w+ image|Customizing|Setting root password|Adding git manifest|Writing md5sum manifest|lofi compressing usr file system)/,
  },
  { pattern: /^(?:\(cont\.\) )?([A-Z][^.]{5,60}?) *\.\.\. / },
];
