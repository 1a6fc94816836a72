// Invariant: each workspace is a folder of its own that looks like a tree that was built.
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const command = join(import.meta.dirname, "image-command.ts");
const tsx = import.meta.resolve("tsx");

/** How a run ended. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const passwd = "root:x:0:0::/root:/sbin/sh\ndaemon:x:1:1::/:\nuucp:x:5:5::/:\n";
const group = "root::0:\nbin::2:root\nsys::3:root\nuucp::5:\n";

/** The files by which each layout is known. */
const markers = {
  classic: {
    Makefile: "OVERLAYS:sh = cat overlay/order\n",
    configure: "for file in `ls configure.*`; do source ${file}; done\n",
    "overlay/generic/manifest": "",
  },
  modern: {
    Makefile: "include build.env\n",
    configure: "source default.configure-build\n",
    "default.configure-projects": "",
    "default.configure-build": "",
    "tools/lib/build_common.sh": "",
  },
};

/** A workspace in a temporary folder; `files` by path, folders are made as needed. */
export class ImageWorkspace {
  readonly root: string;
  readonly #top: string;

  /** `below`: folders between the temporary one and the workspace. */
  constructor(
    layout: "classic" | "modern",
    files: Readonly<Record<string, string | Buffer>>,
    below = "",
  ) {
    this.#top = realpathSync(mkdtempSync(join(tmpdir(), "image-")));
    chmodSync(this.#top, 0o755);
    this.root = join(this.#top, below);
    delete process.env["SOURCE_DATE_EPOCH"];
    this.write("tools/build_live", "");
    this.write("projects/devpro/Makefile", "");
    for (const [path, content] of Object.entries(markers[layout])) this.write(path, content);
    const etc = layout === "classic" ? "overlay/generic/etc" : "proto/etc";
    this.write(`${etc}/passwd`, passwd);
    this.write(`${etc}/group`, group);
    this.write("proto/etc/shadow", "daemon:NP:6445::::::\nroot:NP:6445::::::\n");
    this.write("proto/buildstamp", "20260102T030405Z\n");
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  path(name: string): string {
    return join(this.root, name);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  /** `image build` to its end. */
  build(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Run {
    return this.run(["build", "--root", this.root, ...args], env);
  }

  /** Any words of the command, to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
    return this.#spawn([], args, env);
  }

  /** `image build` by a user who may not read everything; the workspace becomes theirs. */
  buildAsOrdinaryUser(env: NodeJS.ProcessEnv = {}): Run {
    const args = ["build", "--root", this.root];
    if (process.getuid?.() !== 0) return this.#spawn([], args, env);
    succeed("chown", ["-R", "65534:65534", this.root], "/");
    const ids = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
    return this.#spawn(["setpriv", ...ids], args, { ...env, HOME: this.root });
  }

  /** `image build` by root of a container that knows no other user; undefined where none is made. */
  buildInContainer(): Run | undefined {
    const container = ["-r", "--kill-child"];
    if (spawnSync("unshare", [...container, "true"]).status !== 0) return undefined;
    return this.#spawn(["unshare", ...container], ["build", "--root", this.root]);
  }

  /** `image build` that can write files of at most so many KiB. */
  buildWithLimit(kib: number): Run {
    // dash counts blocks of 512 bytes.
    const limited = `ulimit -f ${kib * 2}; exec "$@"`;
    return this.#spawn(["/bin/sh", "-c", limited, "sh"], ["build", "--root", this.root]);
  }

  #spawn(before: readonly string[], args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
    const [program = "", ...words] = [
      ...before,
      process.execPath,
      "--import",
      tsx,
      command,
      ...args,
    ];
    const result = spawnSync(program, words, {
      ...{ cwd: this.root, env: { ...process.env, ...env }, encoding: "utf8", maxBuffer: 2 ** 26 },
    });
    const { status, stdout, stderr } = result;
    return { status, stdout, stderr };
  }

  /** `image build` on the first of the machine's cores. */
  buildOnOneCore(env: NodeJS.ProcessEnv): Run {
    return this.#spawn(["taskset", "-c", "0"], ["build", "--root", this.root], env);
  }

  /** `image build` onto a disk of its own of so many KiB; `left` is what it holds afterwards. */
  buildOnSmallDisk(kib: number): Run & { readonly left: readonly string[] } {
    mkdirSync(this.path("output"), { recursive: true });
    // A namespace of its own: the disk goes with the process.
    const isRoot = process.getuid?.() === 0;
    const ways = isRoot ? ["-m"] : ["-rm"];
    // Root of a namespace may mount, but not give files away as root does: the build is a user's.
    const user = isRoot ? "" : "unshare -U --map-user=65534 --map-group=65534 ";
    const script =
      `mount -t tmpfs -o size=${kib}k none output || exit 99; ${user}"$@"; status=$?; ` +
      "ls -A output > left; exit $status";
    const before = ["unshare", ...ways, "/bin/sh", "-c", script, "sh"];
    const run = this.#spawn(before, ["build", "--root", this.root]);
    if (run.status === 99 || !existsSync(this.path("left")))
      return { ...run, status: 99, left: [] };
    const left = readFileSync(this.path("left"), "utf8").split("\n");
    return { ...run, left: left.filter((name) => name !== "") };
  }

  /** `image build`, not waited for. */
  start(args: readonly string[] = []): ChildProcessWithoutNullStreams {
    const words = ["--import", tsx, command, "build", "--root", this.root, ...args];
    return spawn(process.execPath, words, { cwd: this.root });
  }

  remove(): void {
    // An unpacked image has folders that their own user may not write.
    spawnSync("chmod", ["-R", "u+rwX", this.#top]);
    rmSync(this.#top, { recursive: true, force: true });
  }
}

/** Runs a program that must succeed; its stdout. */
export function succeed(program: string, args: readonly string[], cwd: string, input = ""): string {
  const run = spawnSync(program, args, {
    ...{ cwd, input, encoding: "utf8", maxBuffer: 2 ** 26, env: { ...process.env, LC_ALL: "C" } },
  });
  if (run.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${run.stderr}`);
  return run.stdout;
}
