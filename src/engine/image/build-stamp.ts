// Invariant: a stamp and a build version are safe as parts of a file name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { errorReason } from "./sources.ts";

/** What names and dates an image. */
export interface ImageName {
  /** e.g. 20260101T000000Z. */
  readonly stamp: string;
  /** `platform-[buildver-]STAMP`. */
  readonly platform: string;
  /** Time of all that is in the image, seconds since 1970. */
  readonly time: number;
}

const safeName = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

/** Seconds since 1970 of a stamp like 20260101T000000Z; undefined when it is of another form. */
function stampTime(stamp: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 1, ...rest] = parts;
  return Date.UTC(year, month - 1, ...(rest as [number, number, number, number])) / 1000;
}

/** First line of an optional file; undefined when it is missing, empty or cannot be read. */
function firstLine(path: string): string | undefined {
  try {
    const [line = ""] = readFileSync(path, "utf8").split("\n", 1);
    return line.trim() === "" ? undefined : line.trim();
  } catch {
    return undefined;
  }
}

/**
 * Reads proto/buildstamp and the first line of configure-buildver. The image's time is
 * `sourceDateEpoch` (SOURCE_DATE_EPOCH, seconds) where given, else the stamp's, else 0.
 */
export function readImageName(root: string, sourceDateEpoch?: string): Result<ImageName> {
  const path = join(root, "proto/buildstamp");
  let stamp: string;
  try {
    stamp = readFileSync(path, "utf8").trim();
  } catch (error) {
    return fail(
      "bad-input",
      `cannot read the build stamp ${path}: ${errorReason(error)}`,
      "Build the illumos stage, which writes it.",
    );
  }
  if (!safeName.test(stamp)) return fail("bad-input", `${path} holds no build stamp: '${stamp}'`);
  const version = firstLine(join(root, "configure-buildver"));
  if (version !== undefined && !safeName.test(version)) {
    const file = join(root, "configure-buildver");
    return fail("bad-input", `${file}:1: '${version}' cannot be part of a file name`);
  }
  if (sourceDateEpoch !== undefined && !/^\d{1,11}$/.test(sourceDateEpoch)) {
    return fail("bad-input", `SOURCE_DATE_EPOCH is '${sourceDateEpoch}', not a number of seconds`);
  }
  const time = sourceDateEpoch === undefined ? (stampTime(stamp) ?? 0) : Number(sourceDateEpoch);
  const platform = `platform-${version === undefined ? "" : `${version}-`}${stamp}`;
  return ok({ stamp, platform, time });
}
