// Invariant: figures come from the image itself; nothing is taken from the tree around it.
import { accountsOf } from "../engine/image/inspect/accounts.ts";
import { volumeFill } from "../engine/image/inspect/image-fill.ts";
import type { MountedImage } from "../engine/image/inspect/mounted-image.ts";
import { contentOf } from "../engine/image/inspect/mounted-image.ts";
import type { OpenVolume } from "../engine/image/inspect/open-image.ts";
import { ok } from "../engine/result.ts";
import type { ImageIo, Named } from "./image-words.ts";
import { columns, readWords, tellFailure, withNamed } from "./image-words.ts";
import type { Usage } from "./options.ts";

export const imageInfoUsage: Usage = {
  synopsis: "image info FILE",
  summary: "Says how large a boot archive or .lgz is, what is in it and how much is free.",
  options: { json: { type: "boolean", help: "one JSON object" } },
};

/** `smartbuild image info` */
export async function imageInfo(argv: readonly string[], io: ImageIo): Promise<number> {
  const parsed = readWords(argv, imageInfoUsage, [1, 1], io);
  if (typeof parsed === "number") return parsed;
  const read = await withNamed(parsed.words[0] ?? "", io, {}, (named) => ok(infoOf(named)));
  if (!read.ok) return tellFailure(io, read.failure);
  const info = read.value;
  io.stdout.write(
    parsed.flags.has("json")
      ? `${JSON.stringify({ version: 1, ...info })}\n`
      : textLines(info)
          .map((line) => `${line}\n`)
          .join(""),
  );
  return 0;
}

interface VolumeInfo {
  readonly kib: number;
  readonly made: string;
  readonly clean: boolean;
  readonly usedKib: number;
  readonly freeKib: number;
  readonly usedInodes: number;
  readonly freeInodes: number;
  readonly compression?: { readonly algorithm: string; readonly bytes: number };
}

interface Info {
  readonly file: string;
  readonly release?: string;
  readonly files: number;
  readonly directories: number;
  readonly symlinks: number;
  readonly users: number;
  readonly root: VolumeInfo;
  readonly usr?: VolumeInfo;
}

function infoOf({ image, tree }: Named): Info {
  const counts = { file: 0, directory: 0, symlink: 0, other: 0 };
  for (const { node } of tree.walk()) counts[node.kind]++;
  const release = firstLine(tree, "etc/joyent_buildstamp") ?? firstLine(tree, "etc/release");
  return {
    file: image.file,
    ...(release !== undefined && { release }),
    ...{ files: counts.file, directories: counts.directory, symlinks: counts.symlink },
    users: accountsOf(tree).users.size,
    root: volumeInfo(image.root),
    ...(image.usr !== undefined && { usr: volumeInfo(image.usr) }),
  };
}

function volumeInfo(volume: OpenVolume): VolumeInfo {
  const { info, compressed } = volume;
  const fill = volumeFill(volume);
  return {
    kib: fill.bytes / 1024,
    made: new Date(info.time * 1000).toISOString(),
    clean: info.clean,
    usedKib: fill.usedBytes / 1024,
    freeKib: fill.freeBytes / 1024,
    usedInodes: fill.usedInodes,
    freeInodes: fill.inodes - fill.usedInodes,
    ...(compressed !== undefined && {
      compression: { algorithm: compressed.algorithm, bytes: compressed.compressedBytes },
    }),
  };
}

const mostBytes = 64 * 1024;

function firstLine(tree: MountedImage, path: string): string | undefined {
  const found = tree.find(path, true);
  if (found?.node.kind !== "file" || found.node.size === 0) return undefined;
  const bytes = Buffer.alloc(Math.min(mostBytes, found.node.size));
  contentOf(found).read(bytes, 0);
  const line = bytes.toString("utf8").split("\n", 1)[0]?.trim();
  return line === "" ? undefined : line;
}

function textLines(info: Info): string[] {
  const volumes: [string, VolumeInfo][] = [["root", info.root]];
  if (info.usr !== undefined) volumes.push(["usr", info.usr]);
  const rows = volumes.map(([name, volume]) => [
    name,
    String(volume.kib),
    String(volume.usedKib),
    String(volume.freeKib),
    String(volume.usedInodes),
    String(volume.freeInodes),
    volume.compression === undefined
      ? "no"
      : `${volume.compression.algorithm}, ${Math.ceil(volume.compression.bytes / 1024)} KiB`,
    volume.made.slice(0, 19).replace("T", " ") + (volume.clean ? "" : " (not clean)"),
  ]);
  const head = ["image", "KiB", "used", "free", "inodes", "free", "compressed", "made (UTC)"];
  return [
    info.file + (info.release === undefined ? "" : `: ${info.release}`),
    `${info.files} files, ${info.directories} directories, ${info.symlinks} symbolic links`,
    "",
    ...columns([head, ...rows], "<>>>>><<"),
  ];
}
