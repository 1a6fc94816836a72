// Invariant: bundled for Node 12, so that an old Node can read it and say what to install; it
// imports the program itself only on a Node that can run it.
import { spawn } from "child_process";
import { createRequire } from "module";
import { fileURLToPath } from "url";
import { loader } from "./compiled.ts";

declare const __VERSION__: string;

const oldestNode = { major: 22, minor: 13 };

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor);
}

/** Runs that call much the same functions: a command, drawn or not, or the help. */
function kindOfRun(): string {
  const given = process.argv.slice(2);
  if (given.includes("--help") || given.includes("-h")) return "help";
  const name = given.find((each) => !each.startsWith("-")) || "";
  const command = /^[a-z_]+$/.test(name) ? name : "console";
  return process.stdout.isTTY ? `${command}-drawn` : command;
}

/** The Node that npm installed beside this program (optionalDependencies), where there is one. */
function bundledNode(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`node-linux-${process.arch}/bin/node`);
  } catch {
    return undefined;
  }
}

/** Runs this program with another Node and passes signals on; one it gets twice counts once. */
function runWith(node: string): void {
  const child = spawn(node, process.argv.slice(1), {
    stdio: "inherit",
    env: { ...process.env, SMARTBUILD_PARENT: String(process.pid) },
  });
  process.on("SIGINT", () => child.kill("SIGINT"));
  process.on("SIGQUIT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  child.on("error", (error) => {
    console.error(`smartbuild: cannot start ${node}: ${error.message}`);
    process.exitCode = 69;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code === null ? 1 : code;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

if (process.argv[2] === "--version" && process.argv.length === 3) {
  console.log(`smartbuild ${__VERSION__}`);
} else if (isNewEnough(process.versions.node)) {
  loader(fileURLToPath(import.meta.url), kindOfRun())("./main.cjs");
} else {
  const node = bundledNode();
  if (node === undefined) {
    console.error(
      `smartbuild needs Node ${oldestNode.major}.${oldestNode.minor} or newer; this is ${process.versions.node}. ` +
        "Install a newer Node (pkgin install nodejs, or https://nodejs.org), then try again.",
    );
    process.exitCode = 69;
  } else runWith(node);
}
