// Invariant: the settings count before the tree's own builder; what neither names is chosen when
// the image is laid out.
import type { Layout } from "../../workspace/probes.ts";
import type { ImageSettings } from "../image-settings.ts";
import type { VolumeSizes } from "../image-sizes.ts";
import { readTreeSizes } from "../image-sizes.ts";

/** The sizes and densities that an image is made with. */
export function wantedSizes(root: string, layout: Layout, settings: ImageSettings): VolumeSizes {
  const tree = readTreeSizes(root, layout);
  const { rootKib, rootDensity, usrKib, usrDensity } = settings;
  return {
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
}
