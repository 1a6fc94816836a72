// Invariant: every place in a tree that the engine reads or writes is named here, absolute, once.
import { join } from "node:path";

/** Absolute paths in a workspace. What a layout does not have is named all the same. */
export interface TreePaths {
  readonly makefile: string;
  readonly configure: string;
  /** Classic: folder of overlays, and the order configure writes. */
  readonly overlay: string;
  readonly overlayOrder: string;
  /** Classic: branches; both: build version (first line). */
  readonly configureBranches: string;
  readonly configureBuildver: string;
  /** Modern: defaults, the user's build settings and projects, and what configure makes of them. */
  readonly defaultConfigureBuild: string;
  readonly defaultConfigureProjects: string;
  readonly configureBuild: string;
  readonly configureProjects: string;
  readonly buildEnv: string;
  readonly projects: string;
  /** May be a symbolic link. */
  readonly illumos: string;
  readonly illumosExtra: string;
  readonly local: string;
  readonly devpro: string;
  readonly src: string;
  readonly tools: string;
  readonly man: string;
  /** Classic: man pages made from man/src, a search folder of the image. */
  readonly manOutput: string;
  readonly proto: string;
  readonly protoStrap: string;
  readonly protoBoot: string;
  readonly buildstamp: string;
  readonly manifestDir: string;
  readonly manifestGen: string;
  readonly bootManifestDir: string;
  readonly bootManifestGen: string;
  readonly illumosManifest: string;
  readonly illumosExtraManifest: string;
  readonly srcManifest: string;
  readonly output: string;
  readonly log: string;
  /** Where smartbuild keeps journals and logs of builds. */
  readonly smartbuildLog: string;
  readonly illumosLog: string;
  readonly nightlyLog: string;
  /** Written by configure into projects/illumos. */
  readonly illumosEnvironment: string;
}

/** The paths of the tree at `root` (absolute, real). */
export function treePaths(root: string): TreePaths {
  const at = (...names: string[]): string => join(root, ...names);
  return {
    makefile: at("Makefile"),
    configure: at("configure"),
    overlay: at("overlay"),
    overlayOrder: at("overlay/order"),
    configureBranches: at("configure-branches"),
    configureBuildver: at("configure-buildver"),
    defaultConfigureBuild: at("default.configure-build"),
    defaultConfigureProjects: at("default.configure-projects"),
    configureBuild: at("configure-build"),
    configureProjects: at("configure-projects"),
    buildEnv: at("build.env"),
    projects: at("projects"),
    illumos: at("projects/illumos"),
    illumosExtra: at("projects/illumos-extra"),
    local: at("projects/local"),
    devpro: at("projects/devpro"),
    src: at("src"),
    tools: at("tools"),
    man: at("man"),
    manOutput: at("man/man"),
    proto: at("proto"),
    protoStrap: at("proto.strap"),
    protoBoot: at("proto.boot"),
    buildstamp: at("proto/buildstamp"),
    manifestDir: at("manifest.d"),
    manifestGen: at("manifest.gen"),
    bootManifestDir: at("boot.manifest.d"),
    bootManifestGen: at("boot.manifest.gen"),
    illumosManifest: at("projects/illumos/manifest"),
    illumosExtraManifest: at("projects/illumos-extra/manifest"),
    srcManifest: at("src/manifest"),
    output: at("output"),
    log: at("log"),
    smartbuildLog: at("log/smartbuild"),
    illumosLog: at("projects/illumos/log"),
    nightlyLog: at("projects/illumos/log/nightly.log"),
    illumosEnvironment: at("projects/illumos/illumos.sh"),
  };
}
