// Invariant: the builds page is driven by its own doors over journals that lie on a disk.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { buildOnDisk } from "../../src/commands/console-builds.ts";
import { readBuild } from "../../src/engine/journal/builds.ts";
import { pastBuilds } from "../../src/engine/journal/past-builds.ts";
import { writeVerified } from "../../src/engine/journal/verified.ts";
import type { ConsoleModel } from "../../src/ui/model.ts";
import { buildsCommands } from "../../src/ui/pages/builds/keys.ts";
import { BuildsPage } from "../../src/ui/pages/builds/page.ts";
import type { BuildsPorts } from "../../src/ui/pages/builds/ports.ts";
import { buildsRows } from "../../src/ui/pages/builds/rows.ts";
import type { NewestNow } from "../../src/ui/pages/page-options.ts";
import { rowText } from "../../src/ui/present/cells.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { ScriptedBuild } from "../support/screen-script.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const size = { columns: 80, rows: 20 };
const tarball = "output/platform.tgz";

let root: string;
let newest: NewestNow | undefined;
let page: BuildsPage;
let heard: (() => void) | undefined;

/** A build that runs. */
function begin(number: number): ScriptedBuild {
  const build = new ScriptedBuild(root, `${String(number).padStart(4, "0")}-20261123T101500Z`);
  build.start([]);
  newest = { folder: build.folder, isOver: false };
  return build;
}

/** Ends it with a tarball and an image. */
function finish(build: ScriptedBuild): void {
  mkdirSync(join(root, "output"), { recursive: true });
  writeFileSync(join(root, tarball), "");
  writeFileSync(join(root, "output/boot_archive"), "");
  const image = { archive: "output/boot_archive", bytes: 9, volumes: [] };
  const artefacts = [{ path: tarball, bytes: 9, image }];
  build.event({
    type: "build-ended",
    outcome: "succeeded",
    exitCode: 0,
    durationMs: 9000,
    artefacts,
  });
  newest = { folder: build.folder, isOver: true };
}

const ports: BuildsPorts = {
  list: (known) => pastBuilds(join(root, "log/smartbuild"), known),
  read: readBuild,
  onDisk: (build, builds) => buildOnDisk(build, builds, root),
  logUse: () => Promise.resolve({ bytes: 0, rule: { builds: 50, bytes: 1e10 } }),
  commits: () => Promise.resolve([]),
  verify: () => Promise.resolve(undefined),
};

function shown(): string {
  return buildsRows(page.view(size), theme, size)
    .map((row) => rowText(row).trimEnd())
    .join("\n");
}

/** Waits until the screen says it; the test's own time limit is the only one. */
async function until(words: RegExp): Promise<string> {
  for (let text = shown(); ; text = shown()) {
    if (words.test(text)) return text;
    await new Promise<void>((resolve) => (heard = resolve));
  }
}

describe("the builds page while builds come and end", { timeout: 20_000 }, () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "builds-page-"));
    page = new BuildsPage({
      ports: {
        builds: () => Promise.resolve(ports),
        now: () => Date.parse("2026-11-23T12:00:00Z"),
      },
      root,
      newest: () => newest,
      onNews: () => heard?.(),
    });
  });

  afterEach(() => {
    page.close();
    rmSync(root, { recursive: true });
  });

  it("knows the image of a build that ended while it was on screen", async () => {
    const build = begin(1);
    page.enter();
    await until(/1 build, /);
    page.poll();
    finish(build);
    page.poll();
    await until(/succeeded after 00:09/);
    page.showImage();
    const image = await until(/The image of build 1/);
    assert.doesNotMatch(image, /not there any more|no boot archive/);
    assert.match(image, /piadm install \/var\/tmp\/platform\.tgz/);
  });

  it("goes on with an image that is on screen when its build ends", async () => {
    const build = begin(1);
    page.enter();
    await until(/1 build, /);
    page.showImage();
    await until(/its tarball is not there/);
    finish(build);
    page.poll();
    await until(/piadm install/);
  });

  it("says of an image that a newer build made its own in its place, whatever was verified", async () => {
    const first = begin(1);
    finish(first);
    const verdict = { at: "2026-11-23T10:00:00Z", problemCount: 0, compared: 1, summed: 1 };
    writeVerified(first.folder, { ...verdict, bytes: 7, mtimeMs: 7 });
    finish(begin(2));
    page.enter();
    await until(/2 builds, /);
    assert.doesNotMatch(shown(), /replaced/, "of the newest build it is its own");
    page.move({ to: "last" });
    assert.match(shown(), /platform\.tgz \(replaced\)/);
    assert.match(shown(), /the image was replaced by build 2\n/);
    assert.doesNotMatch(shown(), /changed since|v verifies/);
    const verify = buildsCommands.find(({ id }) => id === "verify-image");
    const model = { page: page.view(size) } as ConsoleModel;
    assert.equal(verify?.disabled?.(model), "the image was replaced by build 2");
    page.showImage();
    assert.match(shown(), /output\/platform\.tgz {2}replaced by build 2/);
    assert.match(shown(), /its tarball was replaced by that of build 2/);
  });

  it("leads to the newest build at once when one ended since the image of another was left", async () => {
    finish(begin(1));
    page.enter();
    await until(/1 build, /);
    page.showImage();
    page.move({ to: "last" });
    assert.match(shown(), /^ The image of build 1 /, "the title stays while the rest is scrolled");
    page.enter();
    assert.match(shown(), /^ The image of build 1 /, "nothing has changed yet");
    finish(begin(2));
    page.enter();
    assert.match(shown(), /^›✓ {3}2 .*\n ✓ {3}1 /);
    page.showImage();
    assert.match(shown(), /^ The image of build 2 /);
  });
});
