// Invariant: a process of another user in a stage is ended through ROOTCMD, or named when that cannot
// end it. Real users, a real setuid program: needs root and a compiler to set up.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import {
  eventsOfType,
  isLive,
  logged,
  newestBuild,
  plainEnvironment,
  program,
  treeFor,
} from "../support/smartbuild.ts";
import type { TinyTree } from "../support/tiny-tree.ts";

const nobody = 65534;

/** What sudo and pfexec are to the build, for two commands alone and for one group alone. */
const source = `
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv) {
  if (argc < 2 || setgid(0) != 0 || setuid(0) != 0) return 1;
  if (strcmp(argv[1], "kill") != 0 && strcmp(argv[1], "sleep") != 0) return 2;
  execvp(argv[1], argv + 1);
  return 3;
}
`;

/** The path of the setuid program; undefined where there cannot be one. */
function asRoot(t: TestContext): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-root-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  chownSync(folder, 0, nobody);
  chmodSync(folder, 0o750);
  writeFileSync(join(folder, "as-root.c"), source);
  const path = join(folder, "as-root");
  if (spawnSync("cc", ["-o", path, `${path}.c`]).status !== 0) return undefined;
  chownSync(path, 0, nobody);
  chmodSync(path, 0o4750);
  const works = spawnSync("setpriv", [...asNobody, path, "kill", "-l"], { stdio: "ignore" });
  return works.status === 0 ? path : undefined;
}

const asNobody = ["--reuid", String(nobody), "--regid", String(nobody), "--clear-groups"];

/** smartbuild as an ordinary user; resolves to its exit code and output. */
async function runAsNobody(
  tree: TinyTree,
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn("setpriv", [...asNobody, process.execPath, program, ...words], {
    cwd: tree.root,
    env: plainEnvironment({ HOME: tree.root }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  }
  return new Promise((resolve) => {
    child.once("close", (code) => {
      resolve({ code, text });
    });
  });
}

void describe("a stage that has a process of root", () => {
  for (const [title, rootCommand, survives] of [
    ["is ended through ROOTCMD", undefined, false],
    ["names it when ROOTCMD cannot end it", "/bin/false", true],
  ] as const) {
    void test(title, async (t) => {
      if (process.geteuid?.() !== 0) {
        t.skip("only root can make a setuid program");
        return;
      }
      const helper = asRoot(t);
      if (helper === undefined) {
        t.skip("no compiler, or the disk of temporary files knows no setuid");
        return;
      }
      const tree = treeFor(t, {
        "0-livesrc-stamp": [`${helper} sleep 600 & echo "pid=$!"; echo ready; wait`],
      });
      tree.write("configure.local", `OVERLAYS=generic\nROOTCMD=${rootCommand ?? helper}\n`);
      execFileSync("chown", ["-R", `${String(nobody)}:${String(nobody)}`, tree.root]);
      assert.equal((await runAsNobody(tree, "run", "--detach", "src")).code, 0);
      await logged(tree.root, "src.1.log", "ready");
      const log = readFileSync(join(newestBuild(tree.root) ?? "", "src.1.log"), "utf8");
      const pid = Number(/^pid=(\d+)$/m.exec(log)?.[1]);
      const uid = execFileSync("ps", ["-o", "uid=", "-p", String(pid)], { encoding: "utf8" });
      assert.equal(uid.trim(), "0", "it is root's");
      const stopped = await runAsNobody(tree, "stop");
      assert.equal(stopped.code, 0, stopped.text);
      assert.equal(isLive(pid), survives);
      const end = eventsOfType(tree.root, "stage-ended").at(-1);
      assert.equal(end?.outcome, "interrupted");
      assert.deepEqual(end.leftovers, survives ? [`sleep (${String(pid)})`] : undefined);
      if (survives) assert.ok(stopped.text.includes(`Still running: sleep (${String(pid)})`));
      if (survives) process.kill(pid, "SIGKILL");
    });
  }
});
