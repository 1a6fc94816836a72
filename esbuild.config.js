// Invariant: dist/ is a whole program of its own: no file in it needs node_modules. Usage:
// `node esbuild.config.js [--if-stale]`: type-check src/ and bundle it to dist/.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);

/** Ink without what it waits for at its top: its layout engine, and its devtools where DEV=true. */
const inkAtOnce = {
  name: "ink-at-once",
  setup(build) {
    const path = join(root, "src/ui/bundle/layout-engine.ts");
    build.onResolve({ filter: /^yoga-layout$/ }, () => ({ path }));
    build.onLoad({ filter: /\/ink\/build\/reconciler\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("process.env['DEV'] === 'true'", "false"),
    }));
  },
};

/** Takes what is imported from dist/ink.cjs, each by what it is called there. */
const fromInk = (names) => ({
  name: "from-ink",
  setup(build) {
    const filter = new RegExp(`^(${Object.keys(names).join("|")})$`.replaceAll(".", "\\."));
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: "from-ink" }));
    build.onResolve({ filter: /^\.\/ink\.cjs$/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: "from-ink" }, ({ path }) => ({
      contents: `module.exports = require("./ink.cjs")${names[path]};`,
    }));
  },
});

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : statSync(path).mtimeMs;

const stale = () => {
  try {
    const built = statSync("dist/cli.js").mtimeMs;
    return ["src", "package.json", "package-lock.json", "tsconfig.json", "esbuild.config.js"].some(
      (path) => newest(path) > built,
    );
  } catch {
    return true;
  }
};

if (!process.argv.includes("--if-stale") || stale()) {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "src"], {
    stdio: "inherit",
  });
  const { build } = await import("esbuild");
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const common = {
    bundle: true,
    platform: "node",
    logLevel: "warning",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"', __VERSION__: JSON.stringify(version) },
  };
  // One file of CommonJS is loaded in half the time of the same in a hundred modules.
  const program = {
    ...common,
    format: "cjs",
    minify: true,
    keepNames: true,
    sourcemap: false,
    target: "node22",
    supported: { "dynamic-import": false },
    define: { ...common.define, "import.meta.url": "__url" },
    banner: { js: "const __url=require('node:url').pathToFileURL(__filename).href;" },
    // Its string-width segments every text by grapheme; ours is what the screen counts with.
    alias: { "string-width": "./src/ui/text-width.ts" },
  };
  rmSync("dist", { recursive: true, force: true });
  // Ink and React are in a file of their own: what does not draw does not load them.
  await build({
    ...program,
    entryPoints: ["src/ui/bundle/ink.ts"],
    outfile: "dist/ink.cjs",
    define: {
      ...program.define,
      // Nothing here speaks to a network, but the layout engine would fetch() its own data: URL,
      // for which Node loads its whole HTTP client.
      fetch: "undefined",
      "Intl.Segmenter": "GraphemeSegmenter",
    },
    inject: ["src/ui/bundle/segmenter.ts"],
    plugins: [inkAtOnce],
  });
  await build({
    ...program,
    entryPoints: ["src/cli.ts"],
    outfile: "dist/main.cjs",
    plugins: [
      fromInk({
        ink: ".ink",
        react: ".react",
        "react/jsx-runtime": ".jsx",
        "../load-ink.ts": "",
      }),
    ],
  });
  // Threads are started from a file of their own (worker-client.ts names it).
  await build({
    ...common,
    format: "esm",
    minify: true,
    target: "node22",
    entryPoints: ["src/engine/logs/log-worker.ts"],
    outfile: "dist/log-worker.js",
  });
  // compiled.ts reads ASCII; what is none stands in regular expressions, which esbuild leaves alone.
  for (const file of ["dist/ink.cjs", "dist/main.cjs"]) {
    const ascii = readFileSync(file, "utf8").replaceAll(
      /[^\0-\x7f]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    writeFileSync(file, ascii);
  }
  // Written last: its time is what --if-stale compares with.
  const files = readdirSync("dist").map((name) => readFileSync(join("dist", name)));
  const hash = createHash("sha256").update(Buffer.concat(files)).digest("hex").slice(0, 16);
  await build({
    ...common,
    format: "esm",
    entryPoints: ["src/launch.ts"],
    outfile: "dist/cli.js",
    target: "node12",
    define: { ...common.define, __BUILD__: JSON.stringify(hash) },
    banner: { js: "#!/usr/bin/env node" },
  });
  execFileSync("chmod", ["755", "dist/cli.js"]);
}
