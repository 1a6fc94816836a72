// Invariant: what it makes is the console of the sources, bundled like the program itself, so that
// its threads start as they do there.
import { join } from "node:path";
import { build } from "esbuild";

const top = join(import.meta.dirname, "../..");

/** Bundles screen-console.ts into a folder; returns the path of the program. */
export async function bundleConsole(folder: string): Promise<string> {
  await build({
    absWorkingDir: top,
    entryPoints: {
      "screen-console": "test/support/screen-console.ts",
      "log-worker": "src/engine/logs/log-worker.ts",
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"' },
    alias: {
      "react-devtools-core": "./test/support/no-devtools.ts",
      "string-width": "./src/ui/text-width.ts",
    },
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
    },
  });
  return join(folder, "screen-console.js");
}
