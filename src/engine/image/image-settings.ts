// Invariant: a setting that is not understood is an error that names its line; none is ignored.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { errorReason } from "./sources.ts";

/** Name of the file at the top of a workspace. */
export const settingsFile = "smartbuild.image";

export type ImageBuilder = "tree" | "native";

/** What a workspace says of its images; what it does not say is absent. */
export interface ImageSettings {
  /** Which program makes the image: the tree's tools/build_live, or smartbuild. */
  readonly builder?: ImageBuilder;
  /** KiB, and bytes for each inode. */
  readonly rootKib?: number;
  readonly rootDensity?: number;
  readonly usrKib?: number;
  readonly usrDensity?: number;
  /** Of root's password, as in shadow(4). */
  readonly passwordHash?: string;
  /** The plaintext of a random password goes into the platform folder, as the tree's builder does. */
  readonly passwordInPlatform?: boolean;
}

const numbers = {
  ROOT_SIZE_KIB: "rootKib",
  ROOT_DENSITY: "rootDensity",
  USR_SIZE_KIB: "usrKib",
  USR_DENSITY: "usrDensity",
} as const;

/** A hash that can stand in a row of shadow(4): one of the crypt forms, or a lock. */
export function isPasswordHash(text: string): boolean {
  return /^(?:\$[0-9a-z]+\$[^:\s]+|\*LK\*|NP|\*)$/.test(text);
}

/**
 * Reads the optional file smartbuild.image: `NAME=VALUE` lines and `#` comments. Names:
 * IMAGE_BUILDER (tree or native), ROOT_SIZE_KIB, ROOT_DENSITY, USR_SIZE_KIB, USR_DENSITY, ROOT_PASSWORD_HASH, PASSWORD_IN_PLATFORM
 * (yes or no).
 */
export function readImageSettings(root: string): Result<ImageSettings> {
  const path = join(root, settingsFile);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return ok({});
    return fail("bad-input", `cannot read ${path}: ${errorReason(error)}`);
  }
  const settings: { -readonly [K in keyof ImageSettings]: ImageSettings[K] } = {};
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const at = `${path}:${index + 1}`;
    const [, name = "", value = ""] = /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (Object.hasOwn(numbers, name)) {
      if (!/^[1-9]\d{0,8}$/.test(value)) return fail("bad-input", `${at}: ${name} is a number`);
      settings[numbers[name as keyof typeof numbers]] = Number(value);
    } else if (name === "IMAGE_BUILDER") {
      if (value !== "tree" && value !== "native") {
        return fail("bad-input", `${at}: say tree or native`);
      }
      settings.builder = value;
    } else if (name === "ROOT_PASSWORD_HASH") {
      if (!isPasswordHash(value)) {
        return fail(
          "bad-input",
          `${at}: the value is no password hash`,
          "Use `openssl passwd -5`.",
        );
      }
      settings.passwordHash = value;
    } else if (name === "PASSWORD_IN_PLATFORM") {
      if (value !== "yes" && value !== "no") return fail("bad-input", `${at}: say yes or no`);
      settings.passwordInPlatform = value === "yes";
    } else {
      const names = [
        "IMAGE_BUILDER",
        ...Object.keys(numbers),
        "ROOT_PASSWORD_HASH",
        "PASSWORD_IN_PLATFORM",
      ];
      return fail("bad-input", `${at}: not a setting`, `The settings are ${names.join(", ")}.`);
    }
  }
  return ok(settings);
}
