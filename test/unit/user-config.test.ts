// Invariant: whatever stands in a person's settings file, the console can start with the outcome.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  defaultUserConfig,
  parseUserConfig,
  readUserConfig,
  userConfigFile,
} from "../../src/engine/settings/user-config.ts";

const complaintsOf = (text: string): readonly string[] => parseUserConfig(text, "f").complaints;

describe("a person's settings", () => {
  it("are read from the XDG folder, or from ~/.config", (t) => {
    const home = mkdtempSync(join(tmpdir(), "smartbuild-config-"));
    t.after(() => {
      rmSync(home, { recursive: true });
    });
    assert.equal(userConfigFile({ HOME: home }), join(home, ".config/smartbuild/config.json"));
    assert.equal(
      userConfigFile({ HOME: home, XDG_CONFIG_HOME: "relative" }),
      join(home, ".config/smartbuild/config.json"),
    );
    const env = { HOME: "/nowhere", XDG_CONFIG_HOME: home };
    assert.deepEqual(readUserConfig(env).config, defaultUserConfig);
    assert.deepEqual(readUserConfig(env).complaints, []);
    mkdirSync(join(home, "smartbuild"));
    writeFileSync(join(home, "smartbuild/config.json"), '{"bell": false, "quietSeconds": 30}');
    const { config, complaints, file } = readUserConfig(env);
    assert.deepEqual(config, { ...defaultUserConfig, bell: false, quietSeconds: 30 });
    assert.deepEqual(complaints, []);
    assert.equal(file, join(home, "smartbuild/config.json"));
  });

  it("are told to be a folder where they are one", (t) => {
    const home = mkdtempSync(join(tmpdir(), "smartbuild-config-"));
    t.after(() => {
      rmSync(home, { recursive: true });
    });
    mkdirSync(join(home, "smartbuild/config.json"), { recursive: true });
    const { config, complaints } = readUserConfig({ XDG_CONFIG_HOME: home });
    assert.deepEqual(config, defaultUserConfig);
    assert.match(complaints.join(), /config\.json cannot be read: EISDIR/);
  });

  it("have each fault told with its line, and all else still holds", () => {
    const text = [
      "{",
      '  "title": false,',
      '  "bel": true,',
      '  "links": "no",',
      '  "quietSeconds": -1,',
      '  "keymap": {',
      '    "retry": ["R"],',
      '    "follow": "x"',
      "  }",
      "}",
    ].join("\n");
    const { config, complaints } = parseUserConfig(text, "f");
    assert.equal(config.title, false);
    assert.deepEqual(config.keymap, [{ command: "retry", keys: ["R"], line: 7 }]);
    assert.deepEqual(
      complaints.map((each) => each.replace(/;.*/, "")),
      [
        "f:3: there is no setting bel",
        "f:4: links is true or false.",
        "f:5: quietSeconds is a whole number above 0, in seconds.",
        'f:8: the keys of follow are a list of names, like ["R", "ctrl-r"].',
      ],
    );
  });

  it("that are no JSON are told at the line where they stop being it", () => {
    assert.match(
      complaintsOf('{\n  "title": false,\n  bell: true\n}').join(),
      /^f:3: this is no JSON/,
    );
    assert.match(complaintsOf('{\n  "title": false').join(), /^f:2: this is no JSON/);
    assert.match(complaintsOf("[]").join(), /^f:1: the file holds one object/);
    assert.match(complaintsOf('{"keymap": []}').join(), /^f:1: keymap names commands/);
  });

  it("give a whole outcome for any text and any value", () => {
    const names = Object.keys(defaultUserConfig).sort();
    const check = (text: string): void => {
      assert.deepEqual(Object.keys(parseUserConfig(text, "f").config).sort(), names);
    };
    fc.assert(fc.property(fc.string(), check), { numRuns: 300 });
    fc.assert(fc.property(fc.json(), check), { numRuns: 300 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (value) => {
        check(JSON.stringify(value, null, 2));
      }),
      { numRuns: 300 },
    );
  });
});
