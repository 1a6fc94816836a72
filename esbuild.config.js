// Invariant: dist/ is a whole program of its own: no file in it needs node_modules. Usage:
// `node esbuild.config.js [--if-stale]`: type-check src/ and bundle it to dist/.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);

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
    format: "esm",
    logLevel: "warning",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"', __VERSION__: JSON.stringify(version) },
  };
  rmSync("dist", { recursive: true, force: true });
  await build({
    ...common,
    // Threads are started from a file of their own (worker-client.ts names it).
    entryPoints: { main: "src/cli.ts", "log-worker": "src/engine/logs/log-worker.ts" },
    outdir: "dist",
    splitting: true,
    minify: true,
    keepNames: true,
    sourcemap: false,
    target: "node22",
    // Ink imports its devtools bridge only when DEV=true; the package is not installed.
    // Its string-width segments every text by grapheme; ours is what the screen counts with.
    alias: {
      "react-devtools-core": "./src/ui/no-devtools.ts",
      "string-width": "./src/ui/text-width.ts",
    },
    // Some dependencies are CommonJS and ask for Node's own modules with require().
    // Made when it is called: hardly any of a hundred files needs one.
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=name=>__cr(import.meta.url)(name);",
    },
  });
  // Written last: its time is what --if-stale compares with.
  await build({
    ...common,
    entryPoints: ["src/launch.ts"],
    outfile: "dist/cli.js",
    target: "node12",
    supported: { "dynamic-import": true },
    external: ["./main.js"],
    banner: { js: "#!/usr/bin/env node" },
  });
  execFileSync("chmod", ["755", "dist/cli.js"]);
}
