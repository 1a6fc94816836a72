// Invariant: every step line the image builder prints stands here, in its order, and a rule that
// matches these patterns sees each step exactly once.

/** A step of the image builder, as it shows in the log. */
export interface ImageStep {
  /** What a progress display calls it. */
  readonly name: string;
  /** Matches the step's line and no other line of the log. */
  readonly pattern: RegExp;
  /** The line itself; `%s` stands for a name. */
  readonly line: string;
}

/** The steps in the order in which they come; the words are those of the tree's build_live. */
export const imageSteps = {
  manifest: {
    name: "read manifests",
    line: "Reading manifests from %s...",
    pattern: /^Reading manifests from .*\.\.\.$/,
  },
  copy: {
    name: "find files",
    line: "Copying files from proto areas to image...",
    pattern: /^Copying files from proto areas to image\.\.\.$/,
  },
  customize: {
    name: "customize",
    line: "Customizing the image...",
    pattern: /^Customizing the image\.\.\.$/,
  },
  password: {
    name: "root password",
    line: "Setting root password...",
    pattern: /^Setting root password\.\.\.$/,
  },
  version: {
    name: "version files",
    line: "Building version files...",
    pattern: /^Building version files\.\.\.$/,
  },
  usr: {
    name: "usr image",
    line: "Writing usr image...",
    pattern: /^Writing usr image\.\.\.$/,
  },
  md5: {
    name: "md5 manifest",
    line: "Writing md5sum manifest...",
    pattern: /^Writing md5sum manifest\.\.\.$/,
  },
  lofi: {
    name: "compress usr",
    line: "lofi compressing usr file system...",
    pattern: /^lofi compressing usr file system\.\.\.$/,
  },
  root: {
    name: "boot archive",
    line: "Writing boot archive...",
    pattern: /^Writing boot archive\.\.\.$/,
  },
  kernel: {
    name: "kernel",
    line: "Copying kernel...",
    pattern: /^Copying kernel\.\.\.$/,
  },
  tarball: {
    name: "platform tarball",
    line: "Creating platform tar archive...",
    pattern: /^Creating platform tar archive\.\.\.$/,
  },
  output: {
    name: "move into place",
    line: "Moving image into %s...",
    pattern: /^Moving image into .*\.\.\.$/,
  },
} as const satisfies Record<string, ImageStep>;

/** The line of a step. */
export function stepLine(step: ImageStep, name = ""): string {
  return step.line.replace("%s", () => name);
}
