// Invariant: what a form says is compared with `config list --json`, what it wrote with bash.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { assertTime, screenFor, timeKeys } from "../support/check-console.ts";
import type { ScreenBuild } from "../support/screen-build.ts";
import type { Terminal, TerminalOptions } from "../support/tmux.ts";

const fragment = [
  "# the settings of this tree",
  'OVERLAYS="generic"   # one is enough',
  "PUBLISHER='me'",
  "HAVE_PKG=false",
  "ILLUMOS_ENABLE_DEBUG=yes",
  'GET_ILLUMOS="git clone $(hostname):illumos"',
  "if [[ ! -d projects/local/kvm ]]; then",
  "  git clone kvm projects/local/kvm",
  "fi",
  "",
].join("\n");

test("check 27: forms for every setting, checked at the field, written after a diff", async (t) => {
  await t.test("each field tells its type, default, value, place and help", everyField);
  await t.test(
    "a value is refused where it is typed, a forced field names what forces it",
    refusals,
  );
  await t.test("/ finds, a diff comes before the write, u takes it back", writing);
  await t.test("leaving without saving leaves the file as it was", leaving);
  await t.test("overlays are put in order, and bash sees the order of the form", ordering);
  await t.test("at 40x12 and 80x24 the selected field and its details are there", narrow);
});

interface Listed {
  readonly name: string;
  readonly kind: string;
  readonly type: string;
  readonly value: string | null;
  readonly default: string | null;
  readonly line: number | null;
  readonly help: string;
  readonly stages: readonly string[];
}

async function formOn(
  t: TestContext,
  options: TerminalOptions = {},
): Promise<{ readonly screen: ScreenBuild; readonly terminal: Terminal }> {
  const screen = screenFor(t);
  screen.tree.write("configure.local", fragment);
  const terminal = screen.open([], { ...options, env: { SHELL: "/bin/sh", ...options.env } });
  await terminal.waitFor(/keys/);
  terminal.keys("4");
  await terminal.waitFor(/Files that configure reads/);
  return { screen, terminal };
}

function bytes(screen: ScreenBuild): string {
  return readFileSync(join(screen.tree.root, "configure.local"), "latin1");
}

/** The words of the details beside the form, on one line. */
function details(shown: string): string {
  const columns = shown.split("\n").map((row) => /│(.*)/.exec(row)?.[1] ?? "");
  return columns.join(" ").replace(/\s+/g, " ");
}

async function everyField(t: TestContext): Promise<void> {
  const { screen, terminal } = await formOn(t, { cols: 180, rows: 60 });
  const { output } = screen.run("config", "list", "--json");
  const { settings } = JSON.parse(output) as { settings: readonly Listed[] };
  assert.ok(settings.length > 30, String(settings.length));
  for (const field of settings) {
    const label = field.name.replace(/^(file:|code:|configure-branches\.)/, "");
    const shown = await terminal.waitFor((each) => details(each).startsWith(` ${label}`));
    const said = details(shown);
    assert.ok(said.includes(field.type), `${label}: type in ${said}`);
    assert.ok(said.includes(field.help), `${label}: help in ${said}`);
    if (field.kind !== "file" && field.kind !== "code") {
      const byDefault = `Default${field.default ?? "none"}`.replaceAll(" ", "");
      assert.ok(said.replaceAll(" ", "").includes(byDefault), `${label}: default in ${said}`);
      const row = shown.split("\n").find((each) => each.startsWith("›")) ?? "";
      if (field.line !== null) {
        assert.match(said, new RegExp(`Set at (\\S+:${field.line}|environment)`), label);
        assert.ok(row.includes((field.value ?? "$(hostname)").slice(0, 40)), `${label}: ${row}`);
      } else assert.match(row, /not set|chosen|\S/);
    }
    for (const stage of field.stages) assert.ok(said.includes(stage), `${label}: ${stage}`);
    terminal.keys("j");
  }
  t.diagnostic(`${settings.length} fields compared with config list --json`);
}

async function refusals(t: TestContext): Promise<void> {
  const { screen, terminal } = await formOn(t, { env: { BUILDSTAMP: "20260313T000000Z" } });
  terminal.keys("/");
  terminal.keys("-l", "gcc44");
  await terminal.waitFor(/1 setting/);
  terminal.keys("Enter", "Enter");
  await terminal.waitFor(/take it/);
  terminal.keys("-l", "gopher:x");
  terminal.keys("Enter");
  const refused = await terminal.waitFor(/An address begins with/);
  assert.match(refused, /^›.*GCC44_URL\s+gopher:x/m, "the text stays where it was typed");
  terminal.keys("C-u");
  terminal.paste("http://one\nhttp://two");
  await terminal.waitFor(/pasted text has more than one line/);
  terminal.paste("http://host/gcc.tar.bz2\n");
  await terminal.waitFor(/GCC44_URL\s+http:\/\/host\/gcc\.tar\.bz2/);
  terminal.keys("Enter");
  await terminal.waitFor(/1 file to write/);
  terminal.keys("/");
  terminal.keys("-l", "buildstamp");
  await terminal.waitFor(/buildstamp/);
  terminal.keys("Enter", "g");
  await terminal.waitFor(/^›.*BUILDSTAMP/m);
  await terminal.waitFor(/Fixed\s+The environment sets it/);
  terminal.keys("Enter");
  await terminal.waitFor(/^ The environment sets it/m);
  assert.equal(bytes(screen), fragment);
}

async function writing(t: TestContext): Promise<void> {
  const { screen, terminal } = await formOn(t);
  const times: number[] = [];
  for (const word of ["publisher", "have_pkg", "publisher"]) {
    terminal.keys("/");
    terminal.keys("-l", word.slice(0, -1));
    await terminal.waitFor(new RegExp(`/${word.slice(0, -1)}`));
    const last = word.slice(-1);
    times.push(await timeKeys(terminal, [last], new RegExp(`/${word} +\\d+ settings?`)));
    terminal.keys("Enter");
    await terminal.waitFor(/Esc shows all/);
  }
  assertTime(t, "a key of the search to the screen", Math.min(...times), 100);
  terminal.keys("Enter");
  await terminal.waitFor(/take it/);
  terminal.keys("C-u");
  terminal.keys("-l", "it's me");
  terminal.keys("Enter");
  await terminal.waitFor(/Not written yet/);
  assert.equal(bytes(screen), fragment, "nothing is written before it was shown");
  terminal.keys("w");
  const diff = await terminal.waitFor(/What would be written/);
  assert.match(diff, /^ - PUBLISHER='me'$/m);
  assert.match(diff, /^ \+ PUBLISHER="it's me"$/m);
  assert.equal(bytes(screen), fragment);
  terminal.keys("w");
  await terminal.waitFor(/Wrote configure\.local/);
  assert.equal(bytes(screen), fragment.replace("'me'", `"it's me"`));
  assert.equal(sourced(screen, "PUBLISHER"), "it's me");
  const odd = readdirSync(screen.tree.root).filter((name) => name.startsWith("configure."));
  assert.deepEqual(odd, ["configure.local"]);
  terminal.keys("u");
  await terminal.waitFor(/Undone: configure\.local/);
  assert.equal(bytes(screen), fragment);
}

async function leaving(t: TestContext): Promise<void> {
  const { screen, terminal } = await formOn(t);
  terminal.keys("/");
  terminal.keys("-l", "have_pkg");
  terminal.keys("Enter", "Enter");
  await terminal.waitFor(/1 file to write/);
  terminal.keys("q");
  await terminal.waitFor(/changes that are not written/);
  terminal.keys("Escape");
  await terminal.waitFor(/Esc shows all/);
  screen.tree.write("configure.local", `${fragment}# by hand\n`);
  await terminal.waitFor(/configure\.local changed on disk/);
  terminal.keys("w", "w");
  await terminal.waitFor(/has changed on disk meanwhile/);
  assert.equal(bytes(screen), `${fragment}# by hand\n`);
  terminal.keys("1");
  await terminal.waitFor(/Nothing was built here|build/);
  terminal.keys("q");
  await terminal.waitFor(/changes that are not written/);
  terminal.keys("x");
  await terminal.waitFor(/exit=0/);
  assert.equal(bytes(screen), `${fragment}# by hand\n`);
}

async function ordering(t: TestContext): Promise<void> {
  const { screen, terminal } = await formOn(t);
  screen.tree.write("overlay/site/manifest", "f etc/site 0644 root bin\n");
  terminal.keys("/");
  terminal.keys("-l", "overlays");
  terminal.keys("Enter", "Enter");
  await terminal.waitFor(/1\. generic\s+3 files, 2 manifest entries/);
  terminal.keys("a");
  await terminal.waitFor(/name to add/);
  terminal.keys("Down", "Enter");
  await terminal.waitFor(/1\. site/);
  terminal.keys("a");
  await terminal.waitFor(/name to add/);
  terminal.keys("-l", "gone");
  terminal.keys("Enter");
  await terminal.waitFor(/1\. gone\s+missing: no such folder/);
  terminal.keys("J", "J");
  await terminal.waitFor(/3\. gone/);
  terminal.keys("x");
  await terminal.waitFor((shown) => !shown.includes("gone"));
  terminal.keys("Enter");
  await terminal.waitFor(/OVERLAYS\s+site generic/);
  terminal.keys("w", "w");
  await terminal.waitFor(/Wrote configure\.local/);
  assert.equal(bytes(screen), fragment.replace('"generic"', '"site generic"'));
  assert.equal(sourced(screen, "OVERLAYS"), "site generic");
}

async function narrow(t: TestContext): Promise<void> {
  const { terminal } = await formOn(t, { cols: 40, rows: 12 });
  terminal.keys("j", "j");
  await terminal.waitFor(/^ GET_ILLUMOS/m);
  for (const [cols, rows] of [
    [40, 12],
    [80, 24],
    [200, 60],
  ] as const) {
    terminal.resize(cols, rows);
    const shown = await terminal.waitFor(
      (screen) => screen.split("\n")[1]?.length === cols && /^›.*GET_ILLUMOS/m.test(screen),
    );
    assert.match(shown, /shell command/);
    assert.equal(terminal.rows().length, rows);
  }
}

function sourced(screen: ScreenBuild, name: string): string {
  const script = 'source ./configure.local >/dev/null 2>&1; printf %s "${!1}"';
  return execFileSync("bash", ["-c", script, "bash", name], {
    cwd: screen.tree.root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}
