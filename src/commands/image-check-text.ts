// Invariant: the verdict is the last line; what stops a build comes before what does not.
import type { ImageCheck } from "../engine/image/check/check-image.ts";
import type { Forecast } from "../engine/image/check/check-room.ts";
import type { Finding, FindingKind } from "../engine/image/check/finding.ts";
import { kindTexts } from "../engine/image/check/finding.ts";
import { placeText } from "../engine/manifest/provenance.ts";
import { columns, printable } from "./image-words.ts";

const mostShown = 20;

/** What a check found, for people: findings by kind, what the images need, what takes most. */
export function checkLines(check: ImageCheck, all: boolean): string[] {
  const { findings, errors, warnings, entries, remarks } = check;
  const kinds = Object.keys(kindTexts) as FindingKind[];
  const lines: string[] = [];
  for (const severity of ["error", "warning"] as const) {
    for (const kind of kinds) {
      const found = findings.filter((each) => each.kind === kind && each.severity === severity);
      if (found.length > 0) lines.push(...findingLines(kind, found, all), "");
    }
  }
  lines.push(...forecastLines(check.forecast), "");
  if (check.contributions.length > 0) {
    const rows = check.contributions.map(({ component, image, entries: count, kib }) => {
      return [component, image, String(count), String(kib)];
    });
    lines.push("What the components put into the images:");
    lines.push(...indented([["component", "image", "entries", "KiB"], ...rows], "<<>>"), "");
  }
  if (check.largest.length > 0) {
    const rows = check.largest.map(({ path, component, image, kib }) => {
      return [String(kib), image, component, printable(path)];
    });
    lines.push("The largest files:");
    lines.push(...indented([["KiB", "image", "component", "file"], ...rows], "><<<"), "");
  }
  for (const remark of remarks) lines.push(remark);
  const counts = `${entries} entries, ${counted(errors, "error")}, ${counted(warnings, "warning")}`;
  return [
    ...lines,
    `${counts}: ${errors === 0 ? "an image can be made" : "no image would be made"}`,
  ];
}

/** For the log of a build: each error on a line of its own, and the verdict. */
export function errorLines({ findings, errors, entries }: ImageCheck): string[] {
  return [
    ...findings
      .filter(({ severity }) => severity === "error")
      .map((finding) => `image check: ${findingText(finding)}`),
    `image check: ${entries} entries, ${counted(errors, "error")}`,
  ];
}

function findingText({ message, places }: Finding): string {
  const where = places.map(placeText).join(", ");
  return `${printable(message)}${where === "" ? "" : `  (${where})`}`;
}

/** The findings of one kind, with what to do about them. */
export function findingLines(kind: FindingKind, found: readonly Finding[], all: boolean): string[] {
  const { title, advice } = kindTexts[kind];
  const severity = found[0]?.severity ?? "warning";
  const most = all ? found.length : mostShown;
  const more = found.length - most;
  return [
    `${severity}: ${title} (${found.length})`,
    ...found.slice(0, most).map((finding) => `  ${findingText(finding)}`),
    ...(more > 0 ? [`  and ${more} more (--all shows them)`] : []),
    `  ${advice}`,
  ];
}

function forecastLines({ images, compressed }: Forecast): string[] {
  const rows = images.map(({ image, kib, chosen, needs, has, fits }) => [
    image,
    `${kib}${chosen ? "*" : ""}`,
    `${needs.blocks} of ${has.blocks}`,
    `${needs.fragments} of ${has.fragments}`,
    `${needs.inodes} of ${has.inodes}`,
    fits ? "fits" : "DOES NOT FIT",
  ]);
  const head = ["image", "KiB", "blocks of 4 KiB", "fragments of 1 KiB", "inodes", ""];
  const kib = (bytes: number): number => Math.ceil(bytes / 1024);
  const grows = images.some(({ image, chosen }) => image === "root" && chosen);
  const room = grows
    ? "the root image is made large enough for it"
    : `the root image has room for ${Math.floor(compressed.room / 1024)} KiB`;
  return [
    "What the images need (root without usr.lgz):",
    ...indented([head, ...rows], "<>>>><"),
    ...(images.some(({ chosen }) => chosen) ? ["  * nobody names a size, so one is chosen"] : []),
    `  usr.lgz will have about ${kib(compressed.estimate)} KiB (an estimate); ${room}`,
  ];
}

function indented(rows: readonly (readonly string[])[], alignment: string): string[] {
  return columns(rows, alignment).map((line) => `  ${line}`.trimEnd());
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
