// Invariant: a program for tests: the console on a build folder that a script writes. Usage:
// screen-console.ts WORKSPACE [BUILD-FOLDER] [--ascii]; commands to the host become files there.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { classifyLine } from "../../src/engine/diagnosis/line-class.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";
import { readUserConfig } from "../../src/engine/settings/user-config.ts";
import { progressPorts } from "../../src/commands/console-progress.ts";
import { manifestPorts } from "../../src/commands/console-manifest.ts";
import { treePaths } from "../../src/engine/workspace/tree-paths.ts";
import { runConsole } from "../../src/ui/console.tsx";

const [workspace = ".", buildFolder] = process.argv
  .slice(2)
  .filter((each) => !each.startsWith("--"));
const exit = await runConsole({
  workspace: { root: workspace, layout: "classic" },
  ...(buildFolder === undefined ? {} : { buildFolder }),
  stdout: process.stdout,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  version: "0.1.0",
  ascii: process.argv.includes("--ascii"),
  user: readUserConfig(process.env),
  ports: {
    send: (folder, command) => {
      appendFileSync(join(folder, "sent.jsonl"), `${JSON.stringify(command)}\n`);
      return undefined;
    },
    buildsFolder: "/nowhere",
    ensureHost: () => Promise.resolve(undefined),
    start: async () => Promise.resolve({ refused: "This program cannot start builds." }),
    plan: () => Promise.resolve(undefined),
    classify: (text) => {
      if (text === process.env["FAIL_ON"]) throw new Error(`the test asked for it: ${text}`);
      return classifyLine(text);
    },
    environment: () => ({ environment: { ...process.env, STAGE_SAYS: "hello" } }),
    versions: () => ["illumos at 0123456789ab"],
    settingsOf: () => ["OVERLAYS=generic (configure.local:1)", "ROOT_PASS=hunter2 (configure:2)"],
    settings: {
      open: () => Promise.reject(new Error("this program has no settings")),
      branches: async () => Promise.resolve([]),
    },
    mask: (text) => text.replaceAll("hunter2", "***"),
    manifest: manifestPorts(
      { root: workspace, layout: "classic", paths: treePaths(workspace) },
      "",
    ),
    builds: () => Promise.reject(new Error("this program lists no builds")),
    now: () => Date.now(),
    progress: progressPorts(processTable()),
  },
});
if (process.env["SHOW_CPU"] !== undefined) {
  const { user, system } = process.cpuUsage();
  console.log(`cpu ${(user + system) / 1000} ms`);
}
process.exitCode = exit.how === "error" ? 70 : 0;
if (exit.how === "error") console.error(exit.error);
