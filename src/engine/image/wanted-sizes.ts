// Invariant: the settings count before the tree's own builder; what neither names is chosen when
// the image is laid out.
import type { Layout } from "../workspace/probes.ts";
import type { ImageSettings } from "./image-settings.ts";
import type { VolumeSize, VolumeSizes } from "./image-sizes.ts";
import { readTreeSizes } from "./image-sizes.ts";

/** The sizes and densities that an image is made with, and how that came about, for the log. */
export interface WantedSizes extends VolumeSizes {
  readonly remarks: readonly string[];
}

/** What the settings say, else what the tree's tools/build_live says. */
export function wantedSizes(root: string, layout: Layout, settings: ImageSettings): WantedSizes {
  const tree = readTreeSizes(root, layout);
  const { rootKib, rootDensity, usrKib, usrDensity } = settings;
  const sizes: VolumeSizes = {
    root: {
      ...tree.root,
      ...(rootKib !== undefined && { kib: rootKib }),
      ...(rootDensity !== undefined && { density: rootDensity }),
    },
    usr: {
      ...tree.usr,
      ...(usrKib !== undefined && { kib: usrKib }),
      ...(usrDensity !== undefined && { density: usrDensity }),
    },
  };
  return { ...sizes, remarks: [...tree.remarks, ...chosenRemarks(sizes)] };
}

/** A sentence for each image of which nobody names the size or the inode density. */
function chosenRemarks(sizes: VolumeSizes): string[] {
  return Object.entries(sizes).flatMap(
    ([volume, { kib, density }]: [string, Partial<VolumeSize>]) => {
      const unread = [
        kib === undefined ? "size" : "",
        density === undefined ? "inode density" : "",
      ];
      const names = unread.filter((each) => each !== "").join(" and ");
      if (names === "") return [];
      return `tools/build_live names no ${names} of the ${volume} image: chosen by its contents.`;
    },
  );
}
