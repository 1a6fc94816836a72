// Invariant: no keymap that somebody writes makes the console unusable, and each wish that is not
// met is told with its line.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { UserKeys } from "../../src/engine/settings/user-config.ts";
import { commandFor, commands, commandsOf, keyConflicts } from "../../src/ui/keymap.ts";
import { applyKeymap } from "../../src/ui/user-keymap.ts";

function wishes(keymap: Readonly<Record<string, readonly string[]>>): readonly UserKeys[] {
  return Object.entries(keymap).map(([command, keys], index) => ({
    command,
    keys,
    line: index + 2,
  }));
}

function apply(
  keymap: Readonly<Record<string, readonly string[]>>,
): ReturnType<typeof applyKeymap> {
  return applyKeymap(wishes(keymap), "f");
}

describe("a person's keymap", () => {
  it("gives a command other keys, everywhere or in one view", () => {
    const { table, complaints } = apply({ retry: ["R", "ctrl-r"], "log.follow": ["x"] });
    assert.deepEqual(complaints, []);
    assert.equal(commandFor("build", "R", table)?.id, "retry");
    assert.equal(commandFor("failures", "ctrl-r", table)?.id, "retry");
    assert.equal(commandFor("build", "r", table), undefined);
    assert.equal(commandFor("log", "x", table)?.id, "follow");
    assert.equal(commandFor("log", "F", table), undefined);
    assert.equal(commandFor("build", "F", table)?.id, "follow");
  });

  it("can swap two keys", () => {
    const { table, complaints } = apply({ "next-failure": ["E"], "previous-failure": ["e"] });
    assert.deepEqual(complaints, []);
    assert.equal(commandFor("build", "E", table)?.id, "next-failure");
    assert.equal(commandFor("build", "e", table)?.id, "previous-failure");
  });

  it("can take the keys of a command away", () => {
    const { table, complaints } = apply({ shell: [] });
    assert.deepEqual(complaints, []);
    assert.equal(commandFor("build", "!", table), undefined);
  });

  it("has its conflicts told, and what is in conflict left as it was", () => {
    const { table, complaints } = apply({ follow: ["r"] });
    assert.match(complaints.join(), /^f:2: r is the key of retry in \w+ too; follow keeps its own/);
    assert.equal(commandFor("build", "r", table)?.id, "retry");
    assert.equal(commandFor("build", "F", table)?.id, "follow");
    const both = apply({ follow: ["x"], times: ["x"] });
    assert.match(both.complaints.join(), /^f:3: x is the key of follow in build too; times keeps/);
    assert.equal(commandFor("log", "x", both.table)?.id, "follow");
  });

  it("has each wish told that makes no sense", () => {
    const { complaints } = apply({
      jump: ["x"],
      "help.retry": ["x"],
      retry: ["f5"],
      follow: ["ctrl-i"],
      "take-action": ["x"],
      interrupt: [],
    });
    assert.deepEqual(
      complaints.map((each) => each.replace(/;.*/, "")),
      [
        "f:2: there is no command jump",
        "f:3: there is no retry in help",
        'f:4: "f5" is no key',
        'f:5: "ctrl-i" is no key',
        "f:6: x can be part of what is typed in palette",
        "f:7: interrupt needs a key, or nobody could leave.",
      ],
    );
  });

  it("never leaves a conflict or a view without a way out", () => {
    const names = [
      ...new Set(
        commands.flatMap(({ id, views }) => [id, ...views.map((view) => `${view}.${id}`)]),
      ),
    ];
    const key = fc.oneof(
      fc.string({ maxLength: 2 }),
      fc.constantFrom("esc", "q", "j", "enter", "ctrl-c"),
    );
    const wish = fc.record({
      command: fc.constantFrom(...names),
      keys: fc.array(key, { maxLength: 3 }),
      line: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 6 }), (given) => {
        const { table } = applyKeymap(given, "f");
        assert.deepEqual(keyConflicts(table), []);
        for (const view of ["build", "log", "help", "stop", "prompt", "palette"] as const) {
          const own = commandsOf(view, table);
          assert.equal(own.length, commandsOf(view).length);
          assert.ok(
            own.some(({ id, keys }) => /interrupt|cancel|leave/.test(id) && keys.length > 0),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
