// Invariant: the example fragment documents the schema: every setting, and nothing else.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { settingNamed, settingsOf, settingsReadBy } from "../../src/engine/settings/schema.ts";
import { parseFragment } from "../../src/engine/settings/fragment.ts";

const path = join(import.meta.dirname, "../../configure.local.example");
const text = readFileSync(path, "utf8");
const [classicHalf = "", modernHalf = ""] = text.split("# Modern: configure-build\n");

/** Names of `#NAME=` and `NAME=` lines, of files (`# name: …`) and of the word `code`. */
function documented(half: string): string[] {
  const variables = [...half.matchAll(/^#?([A-Za-z_][\w.]*)=/gm)].map((match) => match[1] ?? "");
  const files = [...half.matchAll(/^# (configure-\w+): /gm)].map((match) => match[1] ?? "");
  const code = /^# (--- )?code\b/m.test(half) ? ["code"] : [];
  return [...variables, ...files, ...code].sort();
}

for (const [layout, half] of [
  ["classic", classicHalf],
  ["modern", modernHalf],
] as const) {
  test(`the example names every ${layout} setting once, and nothing else`, () => {
    const names = settingsOf(layout).map((setting) => setting.name);
    assert.deepEqual(documented(half), [...names].sort());
    assert.equal(new Set(names).size, names.length);
  });

  test(`${layout} settings have help of one line and stages that read them`, () => {
    for (const { name, help, stages, from, type, choices, meanings } of settingsOf(layout)) {
      assert.match(help, /^[A-Z].*\.$|^[a-z]+:.*\.$/, name);
      assert.ok(!help.includes("\n"), name);
      assert.ok(from.length > 0, name);
      assert.equal(type === "choice", choices !== undefined, name);
      assert.deepEqual(Object.keys(meanings ?? {}).sort(), [...(choices ?? [])].sort(), name);
      for (const stage of stages) assert.ok(settingsReadBy(layout, stage).includes(name));
    }
  });
}

test("the example sets only what a classic build needs", () => {
  const { statements, problems } = parseFragment(path, readFileSync(path));
  assert.deepEqual(problems, []);
  const set = statements.map((statement) =>
    statement.kind === "assignment" ? statement.name : "code",
  );
  const needed = settingsOf("classic").filter((setting) => setting.isRequired === true);
  assert.deepEqual([...set].sort(), needed.map((setting) => setting.name).sort());
});

test("bash sources the example", () => {
  const script = 'set -o errexit -o nounset; source "$1"; printf %s "$OVERLAYS"';
  assert.equal(
    execFileSync("bash", ["-c", script, "bash", path], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    }),
    "generic",
  );
});

test("defaults in the example are those of the schema", () => {
  for (const [layout, half] of [
    ["classic", classicHalf],
    ["modern", modernHalf],
  ] as const) {
    for (const [, name = "", value = ""] of half.matchAll(/^#([A-Z_]+)="?(.*?)"?$/gm)) {
      const setting = settingNamed(layout, name);
      if (setting?.type !== "url" && setting?.type !== "choice") continue;
      assert.equal(value, setting.default ?? "", name);
    }
  }
});
