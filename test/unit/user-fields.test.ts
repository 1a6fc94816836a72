// Invariant: what the form writes into config.json is what every command then takes from it, and the
// rest of the file stays byte for byte.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { SettingsForm } from "../../src/engine/settings/form.ts";
import { editMember } from "../../src/engine/settings/json-edit.ts";
import { readUserConfig } from "../../src/engine/settings/user-config.ts";
import { treePaths } from "../../src/engine/workspace/tree-paths.ts";

const scratch = mkdtempSync(join(tmpdir(), "smartbuild-user-fields-"));
after(() => {
  rmSync(scratch, { recursive: true });
});

function formOf(config?: string): { form: SettingsForm; file: string; env: NodeJS.ProcessEnv } {
  const root = mkdtempSync(join(scratch, "tree-"));
  const env = { PATH: "/bin", LC_ALL: "C", XDG_CONFIG_HOME: join(root, "home") };
  const file = join(root, "home/smartbuild/config.json");
  if (config !== undefined) {
    mkdirSync(join(root, "home/smartbuild"), { recursive: true });
    writeFileSync(file, config);
  }
  const place = { root, layout: "classic", paths: treePaths(root) } as const;
  return { form: new SettingsForm({ place, env, example: "", staleStages: () => [] }), file, env };
}

describe("a person's own settings", () => {
  test("are in the form, with what holds and where it stands", () => {
    const { form } = formOf('{\n  "bell": false,\n  "keepBuilds": "many",\n  "keymap": {}\n}\n');
    const bell = form.field("bell");
    assert.equal(bell?.kind, "toggle");
    assert.equal(bell.value, "false");
    assert.equal(bell.origin?.line, 2);
    const kept = form.field("keepBuilds");
    assert.equal(kept?.default, "50");
    assert.equal(kept.isOdd, true);
    assert.match(kept.notes[0] ?? "", /:3: keepBuilds is a whole number above 0/);
    assert.equal(form.field("keepBytes")?.isDefault, true);
  });

  test("are written so that they are read back, the first one into a new file", () => {
    const { form, file, env } = formOf();
    assert.ok(form.set("keepBytes", "20000000000").ok);
    assert.ok(form.set("mouse", "true").ok);
    assert.ok(form.write().ok);
    const { config, complaints } = readUserConfig(env);
    assert.deepEqual(complaints, []);
    assert.equal(config.keepBytes, 20_000_000_000);
    assert.equal(config.mouse, true);
    assert.ok(form.unset("keepBytes").ok);
    assert.ok(form.write().ok);
    assert.equal(readFileSync(file, "utf8"), '{\n  "mouse": true\n}\n');
    assert.ok(form.undo().ok);
    assert.equal(readUserConfig(env).config.keepBytes, 20_000_000_000);
  });

  test("are refused with a reason, and a file that is no JSON is left alone", () => {
    const { form } = formOf("{ bell: true }");
    const message = (result: ReturnType<SettingsForm["set"]>): string =>
      result.ok ? "" : result.failure.message;
    assert.match(message(form.set("bell", "false")), /config\.json:1: this is no JSON/);
    const good = formOf("{}").form;
    for (const value of ["0", "-1", "1.5", "ten", "", "99999999999999999999"]) {
      assert.match(message(good.set("keepBuilds", value)), /whole number above 0/, value);
    }
    assert.match(message(good.set("bell", "yes")), /true or false/);
  });
});

describe("a member of a JSON text", () => {
  const texts = [
    "",
    "{}",
    ' {\n\t"b": [1, {"a": 2}],\r\n\t"keymap": { "a": ["x,}"] }\n}\n',
    '{"a": "}", "b": null}',
    '{"b": 1, "a": 2, "c": 3, "a": 4}',
    '{\n  "c": "a \\" : b",\n  "a": {\n    "b": 1\n  }\n}',
  ];
  test("is given, changed and taken away, and the others keep their bytes", () => {
    const parsed = (text: string): Record<string, unknown> =>
      (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
    for (const text of texts) {
      const others = Object.fromEntries(
        Object.entries(parsed(text)).filter(([name]) => name !== "a"),
      );
      const set = editMember(text, "a", "7");
      assert.deepEqual(parsed(set), { ...others, a: 7 }, text);
      assert.deepEqual(parsed(editMember(set, "a", undefined)), others, set);
      assert.deepEqual(parsed(editMember(text, "a", undefined)), others, text);
    }
    const text = texts[2] ?? "";
    assert.equal(
      editMember(text, "z", "true"),
      ' {\n\t"b": [1, {"a": 2}],\r\n\t"keymap": { "a": ["x,}"] },\n\t"z": true\n}\n',
    );
    assert.equal(editMember(text, "b", "0"), text.replace('[1, {"a": 2}]', "0"));
  });
});
