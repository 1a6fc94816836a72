// Invariant: exactly the settings that smartbuild.image may hold, with the defaults of this tree.
import { isPasswordHash, settingsFile } from "../image/image-settings.ts";
import { readTreeSizes, type VolumeSize } from "../image/image-sizes.ts";
import { valueReason } from "./check-value.ts";
import type { Layout } from "../workspace/workspace.ts";
import type { SettingType } from "./setting.ts";

export { settingsFile as imageSettingsFile };

/** One setting of smartbuild itself. */
export interface OwnSetting {
  readonly name: string;
  readonly type: SettingType;
  readonly choices?: readonly string[];
  readonly meanings?: Readonly<Record<string, string>>;
  readonly default?: string;
  readonly help: string;
}

/** The settings of the image, with the sizes that the tree's own builder has as defaults. */
export function imageSettings(root: string, layout: Layout): readonly OwnSetting[] {
  const sizes = readTreeSizes(root, layout);
  const number = (
    name: string,
    volume: Partial<VolumeSize>,
    of: keyof VolumeSize,
    help: string,
  ): OwnSetting => {
    const found = volume[of];
    return {
      name,
      type: "number",
      default: found === undefined ? "chosen to fit" : String(found),
      help,
    };
  };
  return [
    {
      name: "IMAGE_BUILDER",
      type: "choice",
      choices: ["native", "tree"],
      default: process.platform === "sunos" ? "tree" : "native",
      meanings: {
        native: "smartbuild makes the image itself",
        tree: "the tree's own tools/build_live makes it",
      },
      help: "Who makes the live image.",
    },
    number("ROOT_SIZE_KIB", sizes.root, "kib", "Size of the boot archive, in KiB."),
    number("ROOT_DENSITY", sizes.root, "density", "Bytes for each inode of the boot archive."),
    number("USR_SIZE_KIB", sizes.usr, "kib", "Size of the file system with /usr, in KiB."),
    number("USR_DENSITY", sizes.usr, "density", "Bytes for each inode of /usr."),
    {
      name: "ROOT_PASSWORD_HASH",
      type: "secret",
      help: "Hash of root's password, as in shadow(4); unset makes a random password.",
    },
    {
      name: "PASSWORD_IN_PLATFORM",
      type: "choice",
      choices: ["no", "yes"],
      default: "no",
      meanings: {
        no: "it lies beside the platform only, for its owner to read",
        yes: "it also lies inside the platform folder and tarball, for all to read",
      },
      help: "Where a random root password is kept.",
    },
  ];
}

/** Why a text cannot be the value of a setting of the image; undefined when it can. */
export function imageValueReason(setting: OwnSetting, value: string): string | undefined {
  if (setting.name === "ROOT_PASSWORD_HASH") {
    return isPasswordHash(value)
      ? undefined
      : "This is no password hash; make one with `openssl passwd -5`.";
  }
  if (value === "") return "A value is needed here; x goes back to the default.";
  return valueReason(setting, value);
}
