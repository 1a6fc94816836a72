// Invariant: nothing of the engine is loaded before the manifest page asks for it.
import { basename } from "node:path";
import type { PlacedLine } from "../engine/manifest/entry.ts";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { resultWord } from "../ui/pages/builds/words.ts";
import type { ComparableBuild, ManifestPorts, NamedLine } from "../ui/pages/manifest/ports.ts";

/** Its log holds what the last audit found. */
const auditStageName = "audit";

/** What the manifest page asks of the world. `path`: where programs are looked for. */
export function manifestPorts(
  { root, layout, paths }: Pick<Workspace, "root" | "layout" | "paths">,
  path: string,
): ManifestPorts {
  let find: (line: PlacedLine) => NamedLine = ({ file, line, text }) => {
    return { file: `manifest.d/${file}`, line, text };
  };
  return {
    read: async (onLines, signal) => {
      const { readShipped } = await import("../engine/image/shipped/read-shipped.ts");
      // The overlays may be others since the console was opened.
      const workspace = openWorkspace(root, root);
      if (!workspace.ok) return { refused: workspace.failure.message };
      const { Originals } = await import("../engine/manifest/provenance.ts");
      const { toText } = await import("../engine/manifest/byte-text.ts");
      const originals = new Originals(root, layout);
      find = (each) => {
        const { manifest, line } = originals.find(each);
        return { file: manifest, line, text: toText(each.text) };
      };
      const { readLastAudit } = await import("../engine/audit/last-audit.ts");
      const audit = readLastAudit(paths.smartbuildLog, auditStageName);
      // Loaded when what was read is on screen.
      const awaited = async () => {
        const { awaitedIn } = await import("../stages/awaited.ts");
        return awaitedIn(workspace.value, path);
      };
      const read = await readShipped(workspace.value, { onLines, signal, audit, awaited });
      if (read.ok) return { shipped: read.value.shipped };
      const { message, advice } = read.failure;
      return { refused: advice === undefined ? message : `${message} ${advice}` };
    },
    installers: async (shipped, signal) => {
      const workspace = openWorkspace(root, root);
      if (!workspace.ok) return shipped;
      const { withExtraInstallers } = await import("./extra-installers.ts");
      return withExtraInstallers(workspace.value, shipped, signal);
    },
    undelivered: async (shipped, signal) => {
      const { findUndelivered } = await import("../engine/image/shipped/undelivered.ts");
      return findUndelivered(root, shipped, signal);
    },
    builds: async () => {
      const { hasDelivered } = await import("../engine/image/shipped/delivered-list.ts");
      const folders = buildFolders(paths.smartbuildLog);
      return folders.filter(hasDelivered).map((folder): ComparableBuild => {
        const state = readBuild(folder);
        const isNewest = folder === folders[0];
        return {
          folder,
          name: basename(folder),
          startedAt: state?.startedAt ?? "",
          isNewest,
          result: state === undefined ? "unknown" : resultWord(state.state, isNewest),
        };
      });
    },
    compare: async (folder, shipped, onProgress, signal) => {
      const { readDelivered } = await import("../engine/image/shipped/delivered-list.ts");
      const { compareNow } = await import("../engine/image/shipped/compare-now.ts");
      const before = readDelivered(folder);
      if (!before.ok) return { refused: before.failure.message };
      return { comparison: await compareNow(root, before.value, shipped, onProgress, signal) };
    },
    places: (lines) => lines.map((line) => find(line)),
  };
}
