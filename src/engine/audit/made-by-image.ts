// Invariant: names what the image builder puts into an image without a manifest, so that nothing that
// leads there is called missing. Source: version-files.ts, md5-manifest.ts, under-files.ts and
// stock-steps.ts of the image builder.
import type { Layout } from "../workspace/probes.ts";
import { md5ManifestPlaces } from "../image/md5-manifest.ts";
import type { PlatformEntry } from "./platform.ts";

const inBoth = ["etc/release", "etc/mnttab", "var/log/syslog", "var/adm/wtmpx", "usr.lgz"];

/** Before usr is mounted the shell stands there; methods that run then are started by it. */
const underUsr = ["usr/bin/sh"];

const inOne: Readonly<Record<Layout, readonly string[]>> = {
  classic: ["etc/joyent_buildstamp"],
  modern: ["etc/versions/build"],
};

/** Files of the proto area that the image builder reads, and no manifest delivers. */
export const readByImage: ReadonlySet<string> = new Set(["buildstamp"]);

/** Made of the whole manifest just before the image is, so that an audit may come first. */
export const madeLate: ReadonlySet<string> = new Set(["usr/share/man/man.cf"]);

/** What the builder makes in an image of this layout; the manifest may deliver some of it, too. */
export function madeByImage(layout: Layout): readonly PlatformEntry[] {
  const paths = [...inBoth, ...inOne[layout], md5ManifestPlaces[layout], ...underUsr];
  return paths.map((path) => ({
    path,
    type: "f",
    mode: undefined,
    owner: "root:root",
    component: "",
    target: undefined,
    open: () => undefined,
  }));
}
