// Invariant: the page stands on a form over real files; only the terminal is missing.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { SettingsForm } from "../../src/engine/settings/form.ts";
import { treePaths } from "../../src/engine/workspace/tree-paths.ts";
import { commandFor } from "../../src/ui/keymap.ts";
import { edited, typed, typedLine } from "../../src/ui/pages/settings/line-editor.ts";
import { SettingsPage } from "../../src/ui/pages/settings/page.ts";
import { settingsRows } from "../../src/ui/pages/settings/rows.ts";
import { wrapped } from "../../src/ui/pages/settings/wrapped.ts";
import { withKeys } from "../../src/ui/present/hints.ts";
import { rowText, rowWidth } from "../../src/ui/present/cells.ts";
import { themeFor } from "../../src/ui/theme.ts";

const scratch = mkdtempSync(join(tmpdir(), "smartbuild-settings-page-"));
after(() => {
  rmSync(scratch, { recursive: true });
});

const themes = [themeFor({ LANG: "C.UTF-8" }), themeFor({ LANG: "C", NO_COLOR: "1" })];
const sizes = [
  [200, 55],
  [110, 20],
  [80, 20],
  [60, 10],
  [40, 8],
  [24, 5],
] as const;

async function pageOn(
  files: Readonly<Record<string, string>>,
  layout: "classic" | "modern" = "classic",
  isRunning = true,
  newest: () => string | undefined = () => undefined,
): Promise<{ readonly page: SettingsPage; readonly root: string }> {
  const root = mkdtempSync(join(scratch, "tree-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text, "latin1");
  }
  const form = new SettingsForm({
    place: { root, layout, paths: treePaths(root) },
    env: { PATH: "/bin", LC_ALL: "C" },
    example: "",
    staleStages: () => ["configure", "manifest", "live"],
  });
  const page = await new Promise<SettingsPage>((resolve) => {
    const made = new SettingsPage({
      ports: {
        settings: {
          open: () => Promise.resolve(form),
          branches: () => Promise.resolve(["master", "release-20260101", "dev"]),
        },
      },
      root,
      isRunning: () => isRunning,
      newest: () => {
        const folder = newest();
        return folder === undefined ? undefined : { folder, isOver: true };
      },
      onNews: () => {
        resolve(made);
      },
    });
    made.enter();
  });
  return { page, root };
}

function text(page: SettingsPage, columns = 80, rows = 20): string {
  const view = page.view({ columns, rows });
  const theme = themes[0] ?? themeFor({});
  return settingsRows(view, theme, { columns, rows }).map(rowText).join("\n");
}

/** Selects the field of a name. */
function to(page: SettingsPage, name: string): void {
  page.find();
  for (const key of name) page.type(key);
  page.take();
  page.back();
  assert.ok(text(page, 120, 40).includes(name), name);
}

function fillsItsRoom(page: SettingsPage, what: string): void {
  for (const [columns, rows] of sizes) {
    for (const theme of themes) {
      const drawn = settingsRows(page.view({ columns, rows }), theme, { columns, rows });
      assert.equal(drawn.length, rows, `${what} at ${columns}x${rows}`);
      for (const row of drawn) {
        // What is too wide is cut by the screen, so it must not be anything that matters.
        assert.doesNotMatch(rowText(row), /\p{Cc}/u, what);
        assert.ok(rowWidth(row) < columns + 400);
      }
    }
  }
}

const hostile =
  "OVERLAYS='generic gone'\nPUBLISHER='\u001b[2J\u0007 red'\r\nfor i in 1 2; do\n\techo \u001b]0;x\u0007\ndone\n" +
  `RELEASE_VER=${"long".repeat(200)}\nHAVE_PKG=false\n`;

describe("the settings page", () => {
  it("fills its room in every mode, whatever the files hold", async () => {
    const { page } = await pageOn({ "configure.local": hostile, "configure.x~": "'" });
    fillsItsRoom(page, "form");
    for (let index = 0; index < 60; index += 1) {
      page.move({ rows: 1 });
      fillsItsRoom(page, `field ${index}`);
    }
    page.find();
    for (const key of "nothing like this") page.type(key === " " ? "space" : key);
    fillsItsRoom(page, "nothing found");
    page.cancel();
    for (const name of ["OVERLAYS", "ILLUMOS_ENABLE_DEBUG", "RELEASE_VER", "ROOT_PASSWORD_HASH"]) {
      to(page, name);
      page.change();
      fillsItsRoom(page, name);
      page.cancel();
    }
    assert.equal(page.asksBeforeLeaving(), false);
  });

  it("a toggle changes at once, a choice opens, and the diff shows both", async () => {
    const { page, root } = await pageOn({ "configure.local": "HAVE_PKG=false\n" });
    to(page, "HAVE_PKG");
    page.change();
    to(page, "ILLUMOS_ENABLE_DEBUG");
    page.change();
    assert.equal(page.view({ columns: 80, rows: 20 }).keys, "settings-choice");
    page.step(1);
    page.take();
    page.review();
    fillsItsRoom(page, "diff");
    const shown = text(page);
    for (const line of ["- HAVE_PKG=false", "+ HAVE_PKG=true", "+ ILLUMOS_ENABLE_DEBUG=yes"])
      assert.ok(shown.includes(line), `${line} in\n${shown}`);
    page.cancel();
    assert.equal(page.asksBeforeLeaving(), true);
    fillsItsRoom(page, "leave");
    page.cancel();
    assert.match(page.write().said, /Wrote configure\.local\. It counts from the next build\./);
    assert.equal(
      readFileSync(join(root, "configure.local"), "utf8"),
      "HAVE_PKG=true\nILLUMOS_ENABLE_DEBUG=yes\n",
    );
  });

  it("says what each choice does, and marks where the form goes on", async () => {
    const { page } = await pageOn({ "configure.local": "OVERLAYS=generic\n" });
    assert.match(text(page), /▼$/m);
    assert.doesNotMatch(text(page), /▲$/m);
    page.move({ to: "last" });
    assert.match(text(page), /▲$/m);
    assert.doesNotMatch(text(page), /▼$/m);
    to(page, "ILLUMOS_ENABLE_DEBUG");
    page.change();
    const shown = text(page);
    assert.match(shown, /› \(empty\) +illumos without DEBUG only/);
    assert.match(shown, / {3}exclusive {2}illumos with DEBUG only/);
    const view = page.view({ columns: 80, rows: 20 });
    const chosen = settingsRows(view, themeFor({}), { columns: 80, rows: 20 }).find((row) =>
      rowText(row).includes("(empty)  "),
    );
    assert.equal(chosen === undefined ? 0 : rowWidth(chosen), 80);
    assert.ok(chosen?.every(({ inverse }) => inverse === true));
    page.cancel();
    to(page, "HAVE_PKG");
    assert.match(text(page), / false {5}leave the packages alone/);
  });

  it("says after a write which stages are stale, and which key builds them", async () => {
    const { page } = await pageOn({ "configure.local": "HAVE_PKG=false\n" }, "classic", false);
    to(page, "HAVE_PKG");
    page.change();
    assert.match(text(page), /1 file to write/);
    assert.deepEqual(page.view({ columns: 80, rows: 20 }).stale, []);
    const { said } = page.write();
    assert.equal(
      withKeys(said, "settings"),
      "Wrote configure.local. b builds the 3 stages it makes stale; u takes it back.",
    );
    assert.match(text(page), /3 stages to build again: b $/m);
    assert.match(text(page), /^ Stale {5}configure, manifest, live$/m);
    page.move({ rows: 1 });
    assert.doesNotMatch(text(page), /^ Stale/m);
    page.undo();
    assert.doesNotMatch(text(page), /to build again/);
  });

  it("calls nothing stale any more that a build has made while another screen was shown", async () => {
    let newest = "log/smartbuild/0001";
    const files = { "configure.local": "HAVE_PKG=false\n" };
    const { page } = await pageOn(files, "classic", false, () => newest);
    to(page, "HAVE_PKG");
    page.change();
    page.write();
    assert.match(text(page), /3 stages to build again: b $/m);
    newest = "log/smartbuild/0002";
    assert.doesNotMatch(text(page), /to build again|^ Stale/m);
  });

  it("makes its changes anew in a file that somebody else changed meanwhile", async () => {
    const { page, root } = await pageOn({ "configure.local": "HAVE_PKG=false\nPUBLISHER=me\n" });
    to(page, "HAVE_PKG");
    page.change();
    to(page, "PUBLISHER");
    page.toDefault();
    writeFileSync(join(root, "configure.local"), "# by hand\nHAVE_PKG=false\nPUBLISHER=me\n");
    page.review();
    assert.match(text(page), /configure\.local changed on disk; R reads it/);
    assert.match(page.write().said, /changed on disk meanwhile: not written\. \{settings-reload\}/);
    assert.match(page.reload() ?? "", /^Read again\. Not written yet/);
    assert.match(page.write().said, /^Wrote configure\.local/);
    const after = readFileSync(join(root, "configure.local"), "utf8");
    assert.equal(after, "# by hand\nHAVE_PKG=true\n");
  });

  it("says of a setting that no file has that nothing sets it", async () => {
    const { page } = await pageOn({ "configure.local": "HAVE_PKG=false\n" });
    to(page, "RELEASE_VER");
    assert.match(text(page), /Default +\S.* \(nothing sets it\)/);
    assert.doesNotMatch(text(page), /nowhere/);
    to(page, "HAVE_PKG");
    assert.match(text(page), /Set at +configure\.local:1/);
  });

  it("hides what is typed into a secret", async () => {
    const { page } = await pageOn({ "configure-build": "" }, "modern");
    to(page, "PLATFORM_PASSWORD");
    page.change();
    page.paste("hunter2");
    assert.doesNotMatch(text(page, 120, 40), /hunter2/);
    assert.match(text(page, 120, 40), /•{7}/);
    page.take();
    page.review();
    assert.doesNotMatch(text(page, 120, 40), /hunter2/);
  });

  it("opens code and long defaults as text to edit, and writes only what changed", async () => {
    const command = 'GET_ILLUMOS="cp -R ${FROM:-/gone}/illumos ." # mine\n';
    const { page, root } = await pageOn({ "configure.local": command });
    to(page, "GET_ILLUMOS");
    page.change();
    assert.match(text(page, 120, 40), /cp -R \$\{FROM:-\/gone\}\/illumos \./);
    page.edit("left");
    page.edit("left");
    page.type("x");
    assert.equal(page.take(), "Not written yet: {settings-review} shows the change.");
    page.write();
    const file = join(root, "configure.local");
    const changed = command.replace("illumos .", "illumosx .");
    assert.equal(readFileSync(file, "utf8"), changed);
    page.change();
    page.type('"');
    page.take();
    assert.match(text(page, 120, 40), /In code no " fits here/);
    page.cancel();
    to(page, "ON_CLOSED_BINS_URL");
    page.change();
    assert.match(text(page, 160, 40), /on-closed-bins\.i386\.tar\.bz2\s/);
    assert.equal(page.take(), "That is what it was before.");
    assert.equal(readFileSync(file, "utf8"), changed);
  });

  it("names the line that changes, and breaks long lines at blanks", async () => {
    const long = `# ${"some words that go on and on ".repeat(5)}`;
    const { page } = await pageOn({
      "configure.local": `${"# a\n".repeat(9)}${long}\nHAVE_PKG=false\n`,
    });
    to(page, "HAVE_PKG");
    page.change();
    page.review();
    const shown = text(page);
    assert.match(shown, /^ +line 11$/m);
    for (const row of shown.split("\n").slice(1))
      assert.doesNotMatch(row, /\b(?:som|wor|word|tha|g)\s*$/);
    assert.doesNotMatch(shown, /^ +(?:ome|me|ords|rds|ds|hat|at) /m);
  });

  it("edits branch and source of a project side by side, with the branches git knows", async () => {
    const { page, root } = await pageOn(
      { "default.configure-projects": "illumos: master: origin\n" },
      "modern",
    );
    to(page, "illumos");
    to(page, "cloned");
    page.change();
    await new Promise(setImmediate);
    page.edit("erase-all");
    page.type("r");
    assert.match(text(page), /release-20260101/);
    page.step(1);
    page.turn();
    page.edit("erase-all");
    page.paste("git@host:illumos.git\n");
    assert.equal(page.take(), "Not written yet: {settings-review} shows the change.");
    page.write();
    assert.equal(
      readFileSync(join(root, "configure-projects"), "utf8"),
      "illumos: release-20260101:git@host:illumos.git\n",
    );
    page.addProject();
    page.paste("local/new:master");
    page.take();
    assert.equal(page.undo(), "Took the last change back; it was not written yet.");
  });

  it("says what to do in a tree without a fragment", async () => {
    const { page } = await pageOn({ Makefile: "" });
    assert.match(text(page), /no configure\.\* file here\. C makes configure\.local/);
  });

  it("says why the settings cannot be read", async () => {
    const page = await new Promise<SettingsPage>((resolve) => {
      const made = new SettingsPage({
        ports: {
          settings: {
            open: () => Promise.reject(new Error("no room")),
            branches: () => Promise.resolve([]),
          },
        },
        root: "/",
        isRunning: () => false,
        newest: () => undefined,
        onNews: () => {
          resolve(made);
        },
      });
      made.enter();
    });
    assert.match(text(page), /The settings cannot be read: no room/);
    assert.equal(page.change(), undefined);
  });

  it("leaves Ctrl-C and Esc a way out of every mode", () => {
    for (const view of [
      "settings-edit",
      "settings-choice",
      "settings-list",
      "settings-diff",
      "settings-leave",
      "settings-filter",
    ] as const) {
      assert.ok(commandFor(view, "esc") !== undefined, view);
      assert.ok(commandFor(view, "ctrl-c") !== undefined, view);
    }
  });
});

describe("a typed line", () => {
  it("is edited by whole characters", () => {
    const line = typed(typedLine("aé"), "😀b");
    assert.deepEqual(line, { text: "aé😀b", cursor: 4 });
    const left = edited(edited(line, "left"), "erase");
    assert.deepEqual(left, { text: "aéb", cursor: 2 });
    assert.deepEqual(edited(left, "erase-word"), { text: "b", cursor: 0 });
    assert.deepEqual(edited(edited(left, "start"), "erase"), { text: "aéb", cursor: 0 });
    assert.deepEqual(edited(typedLine("one two "), "erase-word"), { text: "one ", cursor: 4 });
    assert.deepEqual(edited(typedLine("x"), "right").cursor, 1);
  });

  it("is wrapped without losing a word", () => {
    const words = "a bb ccc 界界界 dddddddddddddddd e";
    for (const width of [1, 2, 5, 80]) {
      const lines = wrapped(words, width);
      assert.equal(lines.join("").replaceAll(" ", ""), words.replaceAll(" ", ""));
    }
  });
});
