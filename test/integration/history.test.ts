// Invariant: history tells of every build what its journal tells, and what was kept of its logs.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { makePastBuilds } from "../support/past-builds.ts";
import { eventsOfType, run, treeFor } from "../support/smartbuild.ts";

/** A folder for a person's settings; what they are. */
function settings(t: TestContext, config: object): { readonly XDG_CONFIG_HOME: string } {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-config-"));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, "smartbuild"));
  writeFileSync(join(folder, "smartbuild/config.json"), JSON.stringify(config));
  return { XDG_CONFIG_HOME: folder };
}

interface Listed {
  readonly keepBuilds: number;
  readonly builds: readonly {
    readonly build: string;
    readonly state: string;
    readonly durationMs: number | null;
    readonly exitCode: number | null;
    readonly stages: readonly { readonly name: string; readonly durationMs: number }[];
    readonly artefacts: readonly { readonly path: string; readonly image?: { archive: string } }[];
    readonly verification: string | null;
    readonly logBytes: number;
    readonly logsDropped: string | null;
  }[];
}

void test("history lists builds with their result, times and logs", async (t) => {
  const { root } = treeFor(t, {
    "1-extra-stamp": ["test -e mended", "echo curl > proto/usr/bin/curl"],
  });
  const none = await run(["history"], { cwd: root });
  assert.match(none.stdout, /^Nothing has been built in .* Start with: smartbuild run\n$/);
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 2);
  writeFileSync(join(root, "mended"), "");
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 0);

  const { stdout, code } = await run(["history"], { cwd: root });
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^0002-\S+ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}succeeded +\d\d:\d\d {2}made output\//,
  );
  assert.match(stdout, /^0001-\S+ .* failed +\d\d:\d\d {2}/m);
  assert.match(stdout, /illumos \d\d:\d\d, extra \d\d:\d\d exit 2$/m);
  assert.match(stdout, /^ {4}log\/smartbuild\/0001-\S+ {2}[\d.]+ \w+ of logs$/m);
  assert.match(stdout, /^Logs take .*; logs of 50 builds and 10 GB are kept \(keepBuilds and/m);
  assert.doesNotMatch(stdout, /\u001b/);

  const json = JSON.parse((await run(["history", "--json"], { cwd: root })).stdout) as Listed;
  const [newest, first] = json.builds;
  assert.equal(newest?.state, "succeeded");
  assert.equal(newest.verification, "never");
  const fill = newest.artefacts.find(({ image }) => image !== undefined)?.image;
  assert.match(fill?.archive ?? "", /^output\/platform-\S+\/i86pc\/amd64\/boot_archive$/);
  assert.deepEqual([first?.state, first?.exitCode], ["failed", 2]);
  assert.ok((first?.durationMs ?? 0) > 0 && (first?.logBytes ?? 0) > 0);
  assert.ok(first?.stages.some(({ name }) => name === "extra"));

  const one = await run(["history", "2"], { cwd: root });
  assert.match(one.stdout, /^Build 0002-\S+ succeeded after/);
  assert.match(one.stdout, /^ {2}holds {3}\/: .* \(\d+ %\), \d+ of \d+ inodes \(\d+ %\)$/m);
  assert.match(one.stdout, /^ {2}image {3}never verified$/m);
  const unknown = await run(["history", "7"], { cwd: root });
  assert.equal(unknown.code, 65);
  assert.match(unknown.stderr, /There is no build 7 in .*\n {2}`smartbuild history --all`/);
});

void test("a new build drops old logs by the rule, and says what goes and how much", async (t) => {
  const { root } = treeFor(t);
  const env = settings(t, { keepBuilds: 3 });
  const folders = makePastBuilds(root, { count: 5, logBytes: 1000 });
  const { stdout, code } = await run(["run", "--plain"], { cwd: root, env });
  assert.equal(code, 0, stdout);
  const told =
    /dropped the logs of 3 earlier builds \((.*)\), 24 kB; logs of 3 builds and 10 GB are kept/;
  assert.match(stdout, told);
  assert.deepEqual(
    eventsOfType(root, "logs-dropped").map(({ builds }) => builds.map(({ bytes }) => bytes)),
    [[10_000, 10_000, 4000]],
  );
  assert.deepEqual(
    folders.map((folder) => existsSync(join(folder, "illumos.1.log"))),
    [false, false, false, true, true],
  );
  const history = await run(["history"], { cwd: root, env });
  assert.match(history.stdout, /^0001-\S+ .* succeeded +1:00:00/m);
  assert.equal(history.stdout.match(/logs dropped on \S+ for build 0006-/g)?.length, 3);
  // What is dropped stays dropped, and is not told again.
  const next = await run(["retry", "live", "--plain"], { cwd: root, env });
  assert.equal(next.stdout.match(/dropped the logs/g)?.length, 1);
});
