// Invariant: the page is driven by its own commands on a real tree, and looked at as a reader sees it.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { manifestPorts } from "../../src/commands/console-manifest.ts";
import { deliveredEntries } from "../../src/engine/image/shipped/keep-delivered.ts";
import { writeDelivered } from "../../src/engine/image/shipped/delivered-list.ts";
import { readShipped } from "../../src/engine/image/shipped/read-shipped.ts";
import { openWorkspace, type Workspace } from "../../src/engine/workspace/workspace.ts";
import { rowText, rowWidth } from "../../src/ui/present/cells.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { ManifestPage } from "../../src/ui/pages/manifest/page.ts";
import { listRow } from "../../src/ui/pages/manifest/list-rows.ts";
import { manifestRows } from "../../src/ui/pages/manifest/rows.ts";
import type { ManifestView } from "../../src/ui/pages/manifest/view.ts";
import { ScriptedBuild } from "../support/screen-script.ts";
import { tinyTree, type TinyTree } from "../support/tiny-tree.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const usual = { columns: 80, rows: 21 };
let tree: TinyTree;
let workspace: Workspace;
const pages: ManifestPage[] = [];

/** A page that has read everything. */
async function openPage(isPast = false, path = ""): Promise<ManifestPage> {
  let heard: (() => void) | undefined;
  const page = new ManifestPage({
    // Without make there are no stages that an entry could wait for.
    ports: { manifest: manifestPorts(workspace, path) },
    root: tree.root,
    isPast: () => isPast,
    onNews: () => heard?.(),
  });
  pages.push(page);
  page.enter();
  while (page.view(usual).isBusy) await new Promise<void>((resolve) => (heard = resolve));
  return page;
}

function shown(page: ManifestPage, size = usual): readonly string[] {
  return manifestRows(page.view(size), theme, size).map((row) => rowText(row).trimEnd());
}

/** The path that the cursor is on. */
function pathOf(page: ManifestPage): string {
  return page.entry?.path ?? "";
}

function type(page: ManifestPage, text: string): void {
  for (const character of text) page.type(character === " " ? "space" : character);
}

/** Waits until the view fits; the page itself says when it has news. */
async function until(page: ManifestPage, fits: (view: ManifestView) => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!fits(page.view(usual))) {
    assert.ok(Date.now() < end, shown(page).join("\n"));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

before(() => {
  tree = tinyTree();
  const files = ["usr/bin/hello", "usr/bin/kvm", "etc/shadow", "etc/passwd", "usr/lib/stray"];
  for (const path of files) {
    mkdirSync(dirname(join(tree.root, "proto", path)), { recursive: true });
    writeFileSync(join(tree.root, "proto", path), path);
  }
  const opened = openWorkspace(tree.root, tree.root);
  assert.ok(opened.ok);
  workspace = opened.value;
});
after(() => {
  for (const page of pages) page.close();
  tree.remove();
});

describe("the manifest page", () => {
  it("shows the tree, what is wrong with it, and where its lines are", async () => {
    const page = await openPage();
    page.nextFault(1);
    const rows = shown(page);
    const text = rows.join("\n");
    assert.match(rows[0] ?? "", /^ \d+ entries {3}✗ 2 FAILED {3}\^ 1 shadows another$/);
    assert.match(text, /manifest\.d is not made yet/);
    assert.match(text, /^ ✗ .*unix .*0755 root:sys +\? {2}illumos$/m);
    page.nextFault(1);
    assert.match(shown(page).join("\n"), /^ line +projects\/illumos-extra\/manifest:1 {2}\(/m);
    assert.equal(page.place?.file, "projects/illumos-extra/manifest");
  });

  it("tells what is not built yet from what failed, and which stage it waits for", async () => {
    const page = await openPage(false, process.env["PATH"]);
    assert.match(shown(page)[0] ?? "", / 2 not built yet/);
    assert.doesNotMatch(shown(page).join("\n"), /FAILED|usr\/bin\/curl/);
    page.goTo("usr/bin/curl", "log");
    assert.match(
      shown(page).join("\n"),
      /^ state +not built yet\n(?:.*\n)* from +extra, which is not/m,
    );
    page.beginFilter();
    type(page, "state:unbuilt");
    assert.match(shown(page)[0] ?? "", /\/state:unbuilt +2 of/);
  });

  it("says that it shows the tree as it is now while an earlier build is looked at", async () => {
    const page = await openPage(true);
    const head = /^ \d+ entries {2}the tree as it is now, not that of the build {3}✗ 2 FAILED/;
    assert.match(shown(page)[0] ?? "", head);
    page.toggleTotals();
    assert.match(
      shown(page)[0] ?? "",
      /^ What each component .* of \d+ {2}the tree as it is now, not that of the build$/,
    );
    assert.doesNotMatch(shown(await openPage()).join("\n"), /as it is now/);
  });

  it("takes a path with a slash before it, and says how to leave what shows nothing", async () => {
    const page = await openPage();
    page.beginFilter();
    type(page, "/usr/bin/kvm");
    assert.equal(page.view(usual).matching, 1);
    type(page, "x");
    assert.match(shown(page).join("\n"), /^ Nothing matches\. Esc takes the filter away\.$/m);
  });

  it("fills its room exactly at every size, whatever it shows", async () => {
    const page = await openPage();
    const steps: readonly (() => void)[] = [
      () => undefined,
      () => {
        page.toggleAll();
      },
      () => {
        page.move({ to: "last" });
      },
      () => {
        page.open();
      },
      () => {
        page.toggleTotals();
      },
      () => {
        page.toggleCompare();
      },
      () => {
        page.beginFilter();
        type(page, "state:nonsense");
      },
    ];
    for (const step of steps) {
      step();
      for (const size of [
        { columns: 80, rows: 21 },
        { columns: 200, rows: 57 },
        { columns: 40, rows: 9 },
        { columns: 59, rows: 30 },
        { columns: 24, rows: 5 },
        { columns: 121, rows: 6 },
      ]) {
        const view = page.view(size);
        const rows = manifestRows(view, theme, size);
        assert.equal(rows.length, size.rows, `${view.panel} at ${size.columns}x${size.rows}`);
        if (view.cursor >= 0 && view.panel !== "detail") {
          assert.ok(view.cursor < size.rows, "the cursor is on screen");
          assert.equal(rows.filter((row) => row.some(({ inverse }) => inverse)).length > 0, true);
        }
        const list = rows.slice(1).filter((row) => row.some(({ inverse }) => inverse === true));
        for (const row of list) assert.ok(rowWidth(row) <= size.columns, rowText(row));
        // The mark of a list that goes on must not cut the unit of a size.
        for (const row of size.columns < 60 && view.panel === "entries" ? view.rows : []) {
          assert.match(rowText(listRow(row, theme, 40)), / {2}$/);
        }
      }
    }
  });

  it("filters with every key, and goes back to the tree where the cursor was", async () => {
    const page = await openPage();
    page.beginFilter();
    assert.equal(page.view(usual).keys, "manifest-filter");
    type(page, "bin");
    assert.match(shown(page)[0] ?? "", /^ \/bin {3}\d of \d+/);
    type(page, " type:f kvm");
    assert.equal(page.view(usual).matching, 1);
    page.type("backspace");
    page.type("ctrl-u");
    assert.equal(page.view(usual).matching, undefined);
    page.paste("kvm\n");
    page.endFilter(true);
    assert.equal(pathOf(page), "usr/bin/kvm");
    assert.equal(page.back(), true);
    assert.equal(pathOf(page), "usr/bin/kvm");
    assert.equal(page.back(), false);
    assert.equal(page.type("x"), false, "a key is no text while nothing is typed");
  });

  it("tells the states of all entries only while all are shown", async () => {
    const page = await openPage();
    assert.match(shown(page)[0] ?? "", /2 FAILED/);
    page.beginFilter();
    type(page, "!usr nothing");
    page.endFilter(true);
    assert.match(shown(page)[0] ?? "", /^ \/!usr nothing {2}0 of \d+$/);
  });

  it("opens, closes and leaves directories", async () => {
    const page = await openPage();
    page.goTo("usr/bin/kvm", "failures");
    assert.equal(page.cameFrom, "failures");
    assert.equal(pathOf(page), "usr/bin/kvm");
    page.closeFolder();
    assert.equal(pathOf(page), "usr/bin");
    page.closeFolder();
    assert.ok(!shown(page).some((row) => row.includes("kvm")));
    page.open();
    page.open();
    assert.match(pathOf(page), /^usr\/bin\//);
    page.goTo("no/such/path", "log");
    assert.ok(shown(page).some((row) => row.includes("No manifest names no/such/path.")));
  });

  it("shows what is in no manifest when asked to", async () => {
    const page = await openPage();
    page.toggleUndelivered();
    await until(page, ({ isBusy }) => !isBusy);
    assert.match(shown(page)[0] ?? "", /\+ \d+ not delivered/);
    page.goTo("usr/lib/stray", "build");
    assert.match(shown(page).join("\n"), /^ from +proto\/usr\/lib\/stray$/m);
    assert.equal(page.view(usual).hasLine, false);
    page.toggleUndelivered();
    assert.ok(!shown(page).join("\n").includes("not delivered"));
  });

  it("tells totals, and shows the entries of a component", async () => {
    const page = await openPage();
    page.toggleTotals();
    assert.match(shown(page).join("\n"), /^ +\S+ B +\S+ % +\d+ {2}illumos .*■/m);
    page.open();
    assert.match(shown(page)[0] ?? "", /^ \/component:\S+ +\d+ of \d+/);
  });

  it("compares with a build, reading contents where only they can tell", async () => {
    const read = await readShipped(workspace);
    assert.ok(read.ok);
    const folder = join(workspace.paths.smartbuildLog, "0001-20261123T101500Z");
    mkdirSync(folder, { recursive: true });
    const md5 = "0".repeat(32);
    const earlier = deliveredEntries(read.value.shipped, new Map([["usr/bin/hello", md5]]));
    writeDelivered(
      folder,
      earlier.map((entry) => (entry.md5 === undefined ? entry : { ...entry, modified: 1 })),
    );
    const page = await openPage();
    page.toggleCompare();
    await until(page, ({ rows }) => rows.length > 0);
    page.open();
    await until(page, ({ title }) => title.includes("changed"));
    const text = shown(page).join("\n");
    assert.match(text, /^ 0 added, 0 removed, 1 changed, same size since build 0001-/m);
    assert.match(text, /^ ~ usr\/bin\/hello +content$/m);
    page.open();
    assert.equal(pathOf(page), "usr/bin/hello");
    rmSync(folder, { recursive: true });
  });

  it("tells day and result of the builds to compare with, and begins with the one before", async () => {
    const read = await readShipped(workspace);
    assert.ok(read.ok);
    const builds = ["0002-20261124T101500Z", "0001-20261123T101500Z"].map((name) => {
      const build = new ScriptedBuild(workspace.root, name);
      build.start([]);
      build.event({
        type: "build-ended",
        outcome: "failed",
        exitCode: 2,
        durationMs: 9,
        artefacts: [],
      });
      writeDelivered(build.folder, deliveredEntries(read.value.shipped, new Map()));
      return build;
    });
    const page = await openPage();
    page.toggleCompare();
    await until(page, ({ rows }) => rows.length > 0);
    const { cursor } = page.view(usual);
    assert.equal(cursor, 1, "the newest one is what ships now");
    const text = shown(page).join("\n");
    assert.match(text, /^ +2 {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}failed {2}the newest build$/m);
    assert.match(text, /^ +1 {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}failed$/m);
    for (const { folder } of builds) rmSync(folder, { recursive: true });
  });

  it("says what to do where nothing can be read", async () => {
    const manifests = [
      "overlay/generic/manifest",
      "projects/illumos/manifest",
      "projects/illumos-extra/manifest",
      "projects/local/kvm/manifest",
      "src/manifest",
    ];
    const empty = tinyTree();
    for (const path of manifests) rmSync(join(empty.root, path));
    empty.write("overlay/generic/manifest", "");
    const opened = openWorkspace(empty.root, empty.root);
    assert.ok(opened.ok);
    const page = new ManifestPage({
      ports: { manifest: manifestPorts(opened.value, "") },
      root: empty.root,
      isPast: () => false,
      onNews: () => undefined,
    });
    page.enter();
    await until(page, ({ isBusy }) => !isBusy);
    assert.ok(page.view(usual).empty.length > 10);
    page.nextFault(1);
    page.open();
    page.toggleAll();
    page.move({ to: "last" });
    page.close();
    empty.remove();
  });
});
