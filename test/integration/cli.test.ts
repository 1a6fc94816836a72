// Invariant: each thing that can be wrong has its own exit code and says what to do next.
import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  eventsOfType,
  hostPid,
  isLive,
  logged,
  newestBuild,
  plainEnvironment,
  program,
  run,
  treeFor,
  until,
} from "../support/smartbuild.ts";

/** Runs a program as a user who owns nothing; only root can. */
function asOther(cwd: string, ...args: string[]): SpawnSyncReturns<string> {
  const who = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
  const argv = [...who, process.execPath, program, ...args];
  return spawnSync("setpriv", argv, { cwd, env: plainEnvironment(), encoding: "utf8" });
}

/** True for root, where that other user can read this checkout. */
function canActAsOther(): boolean {
  return process.getuid?.() === 0 && asOther("/", "--version").status === 0;
}

const commands = [
  "run",
  "plan",
  "status",
  "attach",
  "stop",
  "retry",
  "logs",
  "demo",
  "image",
  "console",
];

void describe("command line", { concurrency: 3 }, () => {
  void test("--help and --version print and succeed, for each command too", async (t) => {
    const { root } = treeFor(t);
    const version = await run(["--version"], { cwd: root });
    assert.match(version.stdout, /^smartbuild \d+\.\d+\.\d+\n$/);
    t.diagnostic(`--version: ${version.ms} ms`);
    const help = await run(["--help"], { cwd: root });
    for (const name of commands) assert.ok(help.stdout.includes(`  ${name} `), name);
    assert.doesNotMatch(help.stdout, /__/);
    for (const name of commands) {
      const own = await run([name, "--help"], { cwd: root });
      assert.equal(own.code, 0, name);
      assert.match(own.stdout, /^usage: smartbuild /i, name);
    }
  });

  void test("the command that was meant is named when it is near", async () => {
    const meant = async (typed: string): Promise<string | undefined> =>
      /Did you mean: smartbuild (\S+)\n/.exec((await run([typed], { cwd: tmpdir() })).stderr)?.[1];
    assert.equal(await meant("statu"), "status");
    assert.equal(await meant("runn"), "run");
    assert.equal(await meant("hist"), "history");
    assert.equal(await meant("nosuch"), undefined);
  });

  void test("no line of a help text is broken by a terminal of 80 columns", async (t) => {
    const { root } = treeFor(t);
    const parts: Readonly<Record<string, readonly string[]>> = {
      image: ["build", "check", "verify", "ls", "cat", "extract", "info", "diff"],
      manifest: ["ls", "why", "check", "diff", "du"],
      audit: ["order", "use"],
    };
    const every = [[], ...[...commands, "audit", "problems", "diagnose"].map((name) => [name])];
    for (const [name, subcommands] of Object.entries(parts))
      every.push(...subcommands.map((subcommand) => [name, subcommand]));
    for (const words of every) {
      const { stdout, code } = await run([...words, "--help"], { cwd: root });
      assert.equal(code, 0, words.join(" "));
      assert.ok(stdout.length > 100, words.join(" "));
      assert.deepEqual(
        stdout.split("\n").filter((line) => line.length > 79),
        [],
        words.join(" "),
      );
    }
  });

  void test("64: what is no command, option, target or number", async (t) => {
    const { root } = treeFor(t);
    for (const args of [
      ["nosuch"],
      ["run", "--nosuch"],
      ["run", "-j", "many", "src"],
      ["run", "-j", "0"],
      ["run", "--plain", "--json"],
      ["run", "nosuch"],
      ["plan", "--root"],
      ["status", "illumos"],
      ["stop", "illumos"],
      ["attach", "illumos"],
      ["logs"],
      ["demo", "one", "two"],
      [],
    ]) {
      const { code, stderr } = await run(args, { cwd: root });
      assert.ok(
        code === 64 || (args[0] === "logs" && code === 65),
        `${args.join(" ")}: ${String(code)} ${stderr}`,
      );
      assert.match(stderr, /^smartbuild: .+\n/);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  void test("65: a path that make cannot live with, and builds that are not there", async (t) => {
    const tree = treeFor(t);
    const spaced = `${tree.root}/with blank`;
    mkdirSync(spaced);
    for (const name of [
      "Makefile",
      "configure",
      "tools",
      "projects",
      "overlay",
      "sample.configure.smartos",
    ]) {
      renameSync(join(tree.root, name), join(spaced, name));
    }
    const refused = await run(["run", "--plain"], { cwd: spaced });
    assert.equal(refused.code, 65);
    assert.match(refused.stderr, /a blank: make splits names at blanks/);
    symlinkSync(spaced, join(tree.root, "link"));
    assert.equal((await run(["plan", "--root", "link"], { cwd: tree.root })).code, 65);
    const other = treeFor(t);
    assert.equal((await run(["status"], { cwd: other.root })).code, 65);
    assert.equal((await run(["attach"], { cwd: other.root })).code, 65);
  });

  void test("66: no tree here, and what was looked for", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "smartbuild-empty-"));
    t.after(() => {
      rmSync(folder, { recursive: true });
    });
    for (const args of [
      ["run", "--plain"],
      ["plan"],
      ["status"],
      ["stop"],
      ["plan", "--root", "/nosuch"],
    ]) {
      const { code, stderr } = await run(args, { cwd: folder });
      assert.equal(code, 66, args.join(" "));
      assert.match(stderr, /--root DIR/);
    }
    const { stderr } = await run(["plan"], { cwd: folder });
    assert.match(stderr, /looked for Makefile, configure and tools\/build_live/);
  });

  void test("69: no make", async (t) => {
    const { root } = treeFor(t);
    const { code, stderr } = await run(["run", "--plain"], { cwd: root, env: { PATH: "/nosuch" } });
    assert.equal(code, 69);
    assert.match(stderr, /no GNU make/);
  });

  void test("73: a workspace of another user", (t) => {
    const { root } = treeFor(t);
    const isRoot = process.getuid?.() === 0;
    if (isRoot && !canActAsOther()) {
      t.skip("another user cannot read this checkout");
      return;
    }
    chmodSync(root, isRoot ? 0o755 : 0o555);
    const own = [program, "run", "--plain"];
    const asked = isRoot
      ? asOther(root, "run", "--plain")
      : spawnSync(process.execPath, own, { cwd: root, env: plainEnvironment(), encoding: "utf8" });
    chmodSync(root, 0o755);
    assert.equal(asked.status, 73, asked.stderr);
    assert.match(asked.stderr, /Cannot keep a journal in .*EACCES[\s\S]*writable/);
  });

  void test("another user may look at a build whose host is dead, and changes nothing", async (t) => {
    if (!canActAsOther()) {
      t.skip("only root can act as another user, who must be able to read this checkout");
      return;
    }
    const tree = treeFor(t, { "0-livesrc-stamp": ["echo waiting", "read x < gate"] });
    const { root } = tree;
    tree.gate("gate");
    chmodSync(root, 0o755);
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    const pid = hostPid(root);
    process.kill(pid, "SIGKILL");
    await until("the host is dead", () => !isLive(pid));
    const asked = asOther(root, "status");
    assert.equal(asked.status, 0, asked.stderr);
    assert.match(asked.stdout, /still runs/);
    assert.equal(eventsOfType(root, "host-started").length, 1);
  });

  void test("a stranger's command file is refused by the host", async (t) => {
    if (process.getuid?.() !== 0) {
      t.skip("only root can make a file of another user");
      return;
    }
    const tree = treeFor(t, { "0-livesrc-stamp": ["echo waiting", "read x < gate"] });
    const { root } = tree;
    tree.gate("gate");
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    const folder = join(newestBuild(root) ?? "", "commands");
    writeFileSync(join(folder, ".s"), '{"command":"stop","signal":"SIGINT"}');
    chownSync(join(folder, ".s"), 65_534, 65_534);
    renameSync(join(folder, ".s"), join(folder, "s.json"));
    const [taken] = await until("the host has seen it", () => {
      const events = eventsOfType(root, "command-taken");
      return events.length > 0 && events;
    });
    assert.deepEqual([taken?.command, taken?.refused], ["unknown", "it belongs to another user"]);
    assert.equal((await run(["stop"], { cwd: root })).code, 0);
  });
});
