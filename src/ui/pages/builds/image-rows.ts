// Invariant: pure; all there is to say of an image, as lines that may be more than fit; figures are
// those of the end of its build, except what is said to be gone.
import { bytesText } from "../../../engine/journal/dropped-logs.ts";
import { cell, shortenStart, type Row } from "../../present/cells.ts";
import type { Theme } from "../../theme.ts";
import { bar, spark } from "./bars.ts";
import { goneText, isStillThere, verificationRow } from "./image-words.ts";
import type { MadeFile } from "./ports.ts";
import type { ImageView, Trend } from "./view.ts";
import { percentText, whenText } from "./words.ts";

/** All rows of the image's screen. */
export function imageRows(view: ImageView, theme: Theme, width: number): readonly Row[] {
  const { build, disk, isVerifying, now } = view;
  const verified = verificationRow(disk.verification, isVerifying, width, theme);
  return [
    [
      cell(` The image of build ${build.number}`, "strong"),
      cell(`  ${whenText(build.startedAt, now)}`, "dim"),
    ],
    [],
    ...disk.made.map((file) => fileRow(file, width, theme)),
    ...archiveRow(view, width, theme),
    [],
    ...view.trends.flatMap((trend) => trendRows(trend, width, theme)),
    heading("Verification"),
    verified ?? [cell(" it has no boot archive that could be read", "dim")],
    [],
    ...bootRows(view, width),
  ];
}

function heading(text: string): Row {
  return [cell(` ${text}`, "strong")];
}

function fileRow(file: MadeFile, width: number, { marks }: Theme): Row {
  const { path, bytes } = file;
  const isThere = isStillThere(file);
  const gone = isThere ? "" : `  ${goneText(file)}`;
  const shown = shortenStart(path, width - 13 - gone.length, marks.ellipsis);
  return [
    cell(bytesText(bytes).padStart(10), isThere ? "plain" : "dim"),
    cell(`  ${shown}`, isThere ? "plain" : "dim"),
    cell(gone, "notice"),
  ];
}

function archiveRow({ build: { image } }: ImageView, width: number, { marks }: Theme): Row[] {
  if (image === undefined) return [];
  const shown = shortenStart(image.archive, width - 13, marks.ellipsis);
  return [[cell(bytesText(image.bytes).padStart(10)), cell(`  ${shown}`)]];
}

function trendRows({ fill, bytes, inodes }: Trend, width: number, theme: Theme): readonly Row[] {
  const { name, usedBytes, usedInodes } = fill;
  const room = Math.max(6, Math.min(24, width - 56));
  const line = (
    label: string,
    used: number,
    whole: number,
    words: string,
    past: readonly number[],
  ): Row => {
    const share = whole === 0 ? 0 : used / whole;
    const drawn = bar(share, room, theme.ascii).padEnd(room);
    const before = past.length > 1 ? spark(past, 16, theme.ascii) : "";
    return [
      cell(`  ${label.padEnd(8)}`, "dim"),
      cell(`${percentText(used, whole).padStart(5)} `),
      cell(drawn, share > 0.95 ? "interrupted" : "accent"),
      cell(` ${words.padEnd(22)} `, "dim"),
      cell(before, "dim"),
    ];
  };
  return [
    [
      cell(` File system ${name}`, "strong"),
      cell(bytes.length > 1 ? `  now, and over ${bytes.length} builds` : "", "dim"),
    ],
    line(
      "room",
      usedBytes,
      fill.bytes,
      `${bytesText(usedBytes)} of ${bytesText(fill.bytes)}`,
      bytes,
    ),
    line("inodes", usedInodes, fill.inodes, `${usedInodes} of ${fill.inodes}`, inodes),
    [],
  ];
}

/** How to boot it or to take it elsewhere; only of what is still there. */
function bootRows({ disk, root }: ImageView, width: number): readonly Row[] {
  const tarballs = disk.made.filter(({ path }) => path.endsWith(".tgz"));
  const tarball = tarballs.find(isStillThere);
  if (tarball === undefined) {
    const by = tarballs[0]?.replacedBy;
    const why =
      by === undefined
        ? "its tarball is not there any more; build again to have one"
        : `its tarball was replaced by that of build ${by}, which is the one to boot`;
    return [
      heading("To boot it"),
      ...wrapped(why, width - 2).map((line) => [cell(` ${line}`, "dim")]),
    ];
  }
  const file = tarball.path.split("/").at(-1) ?? "";
  const stamp = /\d{8}T\d{6}Z/.exec(file)?.[0] ?? "STAMP";
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ["take it along", [`scp ${root}/${tarball.path} root@MACHINE:/var/tmp`]],
    ["boot from a pool", [`piadm install /var/tmp/${file}`, `piadm activate ${stamp}; reboot`]],
    ["Triton head node", [`sdcadm platform install /var/tmp/${file}`]],
    [
      "USB key",
      ["unpack it there and rename the folder to platform,", "the old one to something else"],
    ],
    [
      "network (PXE)",
      [
        "unpack it below the TFTP folder as platform: loaders look for",
        "platform/i86pc/kernel/amd64/unix and .../boot_archive",
      ],
    ],
  ];
  return [
    heading("To boot it"),
    ...ways.flatMap(([what, lines]) =>
      lines.flatMap((text, index) => wayRows(index === 0 ? what : "", text, width)),
    ),
  ];
}

/** Where both do not fit beside each other, the words stand under their heading. */
function wayRows(what: string, text: string, width: number): Row[] {
  const label = 19;
  if (width >= label + text.length)
    return [[cell(`  ${what.padEnd(label - 2)}`, "dim"), cell(text)]];
  const rows: Row[] = what === "" ? [] : [[cell(`  ${what}`, "dim")]];
  return [...rows, ...wrapped(text, width - 4).map((line) => [cell(`    ${line}`)])];
}

/** Broken between words; a word that is wider than the room is broken too. */
function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const next = line === "" ? word : `${line} ${word}`;
    if (next.length <= room) {
      line = next;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    for (; line.length > room; line = line.slice(room)) lines.push(line.slice(0, room));
  }
  return [...lines, line];
}
