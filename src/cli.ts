// Invariant: finds the command that argv names and loads only that; the only place that sets the
// exit code.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCodes } from "./engine/exit-codes.ts";
import type { Command, Io } from "./commands/io.ts";
import { visibleOutput } from "./commands/visible-output.ts";

declare const __VERSION__: string;

interface Entry {
  /** Left column of the help; absent for hidden commands. */
  readonly summary?: string;
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, Entry>> = {
  console: {
    summary: "opens the console on the workspace (the same as no command)",
    load: async () => (await import("./commands/console.ts")).consoleCommand,
  },
  run: {
    summary: "builds the targets; without any, everything up to the image",
    load: async () => (await import("./commands/run.ts")).runCommand,
  },
  plan: {
    summary: "says what would be built, and why",
    load: async () => (await import("./commands/plan.ts")).planCommand,
  },
  doctor: {
    summary: "says what this host lacks for a build",
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
  status: {
    summary: "shows the newest build",
    load: async () => (await import("./commands/status.ts")).statusCommand,
  },
  history: {
    summary: "lists the builds of the workspace, or tells of one",
    load: async () => (await import("./commands/history.ts")).historyCommand,
  },
  attach: {
    summary: "watches the newest build",
    load: async () => (await import("./commands/attach.ts")).attachCommand,
  },
  stop: {
    summary: "stops the running build",
    load: async () => (await import("./commands/stop.ts")).stopCommand,
  },
  retry: {
    summary: "runs a failed stage again",
    load: async () => (await import("./commands/retry.ts")).retryCommand,
  },
  logs: {
    summary: "prints the log of a stage",
    load: async () => (await import("./commands/logs.ts")).logsCommand,
  },
  problems: {
    summary: "shows what went wrong in the newest build",
    load: async () => (await import("./commands/problems.ts")).problemsCommand,
  },
  diagnose: {
    summary: "finds what went wrong in any log",
    load: async () => (await import("./commands/diagnose.ts")).diagnoseCommand,
  },
  image: {
    summary: "makes the platform image",
    load: async () => (await import("./commands/image.ts")).imageCommand,
  },
  manifest: {
    summary: "shows what ships, who asks for it and where it comes from",
    load: async () => (await import("./commands/manifest.ts")).manifestCommand,
  },
  config: {
    summary: "shows and changes the settings of the tree",
    load: async () => (await import("./commands/config.ts")).configCommand,
  },
  audit: {
    summary: "says what is not sound about what ships",
    load: async () => (await import("./commands/audit.ts")).auditCommand,
  },
  demo: {
    summary: "builds the bundled small tree",
    load: async () => (await import("./commands/demo.ts")).demoCommand,
  },
  __host: { load: async () => (await import("./commands/host.ts")).hostCommand },
  __revive: { load: async () => (await import("./commands/host.ts")).reviveCommand },
};

function help(): string {
  const shown = Object.entries(commands).filter(([, { summary }]) => summary !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  return [
    "Usage: smartbuild [COMMAND] [OPTION…]",
    "",
    "A build console for smartos-live trees.",
    "",
    ...shown.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary ?? ""}`),
    "",
    "smartbuild COMMAND --help tells its options, --version the version;",
    "--debug before the command shows stack traces.",
    "",
  ].join("\n");
}

async function main(argv: readonly string[], io: Io): Promise<number> {
  const [first] = argv;
  if (first === "--help" || first === "-h" || first === "help") {
    io.stdout.write(help());
    return 0;
  }
  if (first === "--version") {
    io.stdout.write(`smartbuild ${io.version}\n`);
    return 0;
  }
  const named = first !== undefined && !first.startsWith("-");
  const name = named ? first : "console";
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    const { nearCommand } = await import("./commands/near-command.ts");
    const near = nearCommand(name, Object.keys(commands));
    const meant = near === undefined ? "" : `  Did you mean: smartbuild ${near}\n`;
    io.stderr.write(`smartbuild: there is no command ${name}.\n${meant}  See: smartbuild --help\n`);
    return exitCodes.usage;
  }
  const command = await entry.load();
  return command(named ? argv.slice(1) : argv, io);
}

/** On an old Node the launcher stands between us and the terminal: its end is a hang-up. */
function leaveWithParent(): void {
  const parent = Number(process.env["SMARTBUILD_PARENT"]);
  if (parent !== process.ppid) return;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGHUP");
  }, 1000).unref();
}

async function run(): Promise<void> {
  const debug = process.argv[2] === "--debug";
  const io: Io = {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    // Names of files, commits and people's arguments are in what commands say.
    stdout: visibleOutput(process.stdout),
    stderr: visibleOutput(process.stderr),
    version: __VERSION__,
    program: [process.execPath, join(dirname(fileURLToPath(import.meta.url)), "cli.js")],
  };
  // Who reads only the first lines (`smartbuild plan | head`) has what it wants.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  leaveWithParent();
  try {
    process.exitCode = await main(process.argv.slice(debug ? 3 : 2), io);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(
      debug && error instanceof Error
        ? `${error.stack ?? message}\n`
        : `smartbuild: something went wrong that should not: ${message}\n  smartbuild --debug … shows where.\n`,
    );
    process.exitCode = 70;
  }
}

void run();
