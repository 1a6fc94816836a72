// Invariant: no command prints a control byte that came from a name, a value, a commit or a log of
// the tree, and none of them is run by a shell.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { run, treeFor } from "../support/smartbuild.ts";

/** A title, a colour, a bell, C1 as UTF-8, and what a shell would run. */
const evil = "\x1b]0;owned\x07\x1b[31m\u009b2Jx$(touch owned)`touch owned`";
/** Without blanks, as manifests and lists of names need it. */
const evilWord = "\x1b]0;owned\x07\x1b[31m\u009b2Jx$(echo>owned)`echo>owned`";

// eslint's no-control-regex holds for patterns that are written down; this one is meant.
const control = new RegExp("[^\\P{Cc}\\n\\t]", "u");

const commands: readonly (readonly string[])[] = [
  ["plan"],
  ["run", "--plain"],
  ["status"],
  ["history"],
  ["attach", "--plain"],
  ["problems"],
  ["retry", evil],
  ["run", evil],
  ["logs", evil],
  ["status", "--build", evil],
  ["manifest", "ls"],
  ["manifest", "why", "usr/bin/gone"],
  ["manifest", "check"],
  ["manifest", "du"],
  ["image", "check"],
  ["image", "build"],
  ["config"],
  ["config", "ls"],
  ["config", "show"],
  ["stop"],
  [evil],
  ["run", `--${evil}`],
];

function git(root: string, ...words: readonly string[]): void {
  const who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...words], { cwd: root, stdio: "ignore" });
}

/** A tree whose build fails, with hostile bytes wherever somebody else can put them. */
function hostileTree(t: TestContext): { readonly root: string } {
  const tree = treeFor(t, {
    "0-livesrc-stamp": [
      `printf '%b' '\\033]0;owned\\007\\033[2J: error: \\033[31m x\\n' >&2`,
      "test -e broken || exit 0; exit 1",
    ],
  });
  const { root } = tree;
  const word = evilWord.replaceAll("/", "");
  tree.write("configure.local", `OVERLAYS=generic\nPUBLISHER='${evil}'\n# ${evil}\n`);
  tree.write(`overlay/${word}/manifest`, "");
  tree.write(`projects/local/${word}/Makefile`, "world install manifest:\n");
  tree.write("src/manifest", `s usr/bin/hi=hello\nf usr/bin/gone${word} 0644 root bin\n${evil}\n`);
  git(root, "init", "-q");
  git(root, "add", "Makefile", "src");
  git(root, "commit", "-qm", `first ${evil}`);
  return tree;
}

void describe("hostile bytes", { concurrency: 2 }, () => {
  void test("in names, values, commits and logs stay on paper", async (t) => {
    const { root } = hostileTree(t);
    await run(["run", "--plain", "src"], { cwd: root });
    // A second build that fails tells what has changed since the first: commits and files.
    execFileSync("sh", ["-c", "touch broken; rm -f 0-livesrc-stamp; echo >> src/manifest"], {
      cwd: root,
    });
    git(root, "add", "src");
    git(root, "commit", "-qm", `second ${evil}`);
    execFileSync("sh", ["-c", 'echo >> src/manifest; : > "src/$1"', "sh", evilWord], { cwd: root });
    const bad: string[] = [];
    for (const words of commands) {
      const { stdout, stderr, code } = await run(words, { cwd: root });
      const text = stdout + stderr;
      const at = control.exec(text)?.index;
      if (at !== undefined) {
        bad.push(
          `${words[0] ?? ""} ${words[1] ?? ""}: ${JSON.stringify(text.slice(at - 60, at + 40))}`,
        );
      }
      if (text.includes("should not"))
        bad.push(`${words.join(" ")} crashed (${String(code)}): ${text}`);
    }
    assert.deepEqual(bad, []);
    assert.ok(!existsSync(join(root, "owned")), "a shell has run a name");
  });

  void test("in the path of the workspace stay on paper", async (t) => {
    const tree = treeFor(t);
    const root = join(tree.root, "deep", evilWord.replaceAll("/", ""));
    mkdirSync(join(tree.root, "deep"));
    for (const name of readdirSync(tree.root)) {
      if (name !== "deep") cpSync(join(tree.root, name), join(root, name), { recursive: true });
    }
    for (const name of readdirSync(tree.root)) {
      if (name !== "deep") rmSync(join(tree.root, name), { recursive: true });
    }
    const bad: string[] = [];
    for (const words of commands) {
      const { stdout, stderr } = await run(words, { cwd: root });
      const text = stdout + stderr;
      const at = control.exec(text)?.index;
      if (at !== undefined) {
        bad.push(
          `${words[0] ?? ""} ${words[1] ?? ""}: ${JSON.stringify(text.slice(at - 60, at + 40))}`,
        );
      }
    }
    assert.deepEqual(bad, []);
    assert.ok(!existsSync(join(root, "owned")) && !existsSync(join(tree.root, "owned")));
  });
});
