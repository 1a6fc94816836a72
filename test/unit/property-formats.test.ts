// Invariant: whatever a name or a value holds, a format gives it back as it was or refuses it; none
// of them changes it, and none leads out of the image.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import fc from "fast-check";
import { memorySource } from "../../src/engine/image/format/bytes-io.ts";
import { planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import { tarEnd, tarHeader } from "../../src/engine/image/format/tar.ts";
import { parseManifest } from "../../src/engine/manifest/parse.ts";
import { Evaluator } from "../../src/engine/settings/evaluate.ts";
import { setValue } from "../../src/engine/settings/fragment-edit.ts";
import { parseFragment } from "../../src/engine/settings/fragment.ts";
import { checkUfs } from "../support/ufs-fsck.ts";
import {
  checkAgainst,
  directory,
  file,
  geometryOf,
  imageOf,
  openImage,
} from "../support/ufs-tree.ts";

/** Bytes of a name, a character each, as paths are held here. */
const bytes = fc
  .uint8Array({ minLength: 1, maxLength: 300 })
  .map((name) => Buffer.from(name).toString("latin1"));
/** Pieces that mean something in paths, with any bytes between them. */
const path = fc
  .array(fc.oneof(bytes, fc.constantFrom("..", ".", "", "usr", "a b", "=", "#")), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join("/"));

/** Pieces of shell that open, close and continue things. */
const shell = fc
  .array(
    fc.oneof(
      fc.constantFrom("A=1", "\n", " ", "'", '"', "$(", ")", "`", "\\", "\\\n", "#", "<<EOF\n"),
      fc.constantFrom("if true", "then", "fi", ";", "${", "}", "$A", "export B=$A", "case", "EOF"),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));

function fragmentOf(text: string): ReturnType<typeof parseFragment> {
  return parseFragment("fragment", Buffer.from(text));
}

void describe("whatever it holds", () => {
  void test("the tokens of a fragment are its text", () => {
    fc.assert(
      fc.property(shell, (text) => {
        // Bytes that are no text come back as they are read.
        const fragment = fragmentOf(text);
        assert.equal(fragment.tokens.map((token) => token.text).join(""), fragment.text);
      }),
      { numRuns: 500 },
    );
  });

  void test("a value that is set is read as it was, or refused", () => {
    fc.assert(
      fc.property(shell, fc.string({ unit: "binary", maxLength: 40 }), (text, value) => {
        const changed = setValue(fragmentOf(text), "NAME_OF_IT", value);
        if (!changed.ok) {
          assert.ok(changed.failure.message.length > 0);
          return;
        }
        const evaluator = new Evaluator(() => "missing");
        evaluator.read(changed.value);
        assert.equal(evaluator.variables().get("NAME_OF_IT")?.value, value);
      }),
      { numRuns: 500 },
    );
  });

  void test("a line of a manifest is an entry inside the image that says it again, or malformed", () => {
    fc.assert(
      fc.property(path, path, fc.constantFrom("d", "f", "s", "h"), (name, target, type) => {
        const owned = type === "d" || type === "f";
        const line = owned ? `${type} ${name} 0755 root sys` : `${type} ${name}=${target}`;
        const { entries, malformed } = parseManifest(line, "manifest");
        for (const { reason } of malformed) assert.notEqual(reason, "");
        for (const entry of entries) {
          const inside = [entry.path, ...(entry.type === "h" ? [entry.target] : [])];
          for (const each of inside) {
            assert.doesNotMatch(each, /^\/|\0|\/$|\/\//);
            assert.ok(each !== "" && !each.split("/").includes(".."), each);
          }
          const again =
            "target" in entry
              ? `${entry.type} ${entry.path}=${entry.target}`
              : `${entry.type} ${entry.path} 0755 ${entry.user} ${entry.group}`;
          const [second] = parseManifest(again, "manifest").entries;
          assert.ok(second !== undefined);
          // Where it stands, and how it was written there, is another thing.
          const meant = { text: "", written: "", line: 1, mode: 0o755 };
          assert.deepEqual({ ...second, ...meant }, { ...entry, ...meant });
        }
      }),
      { numRuns: 1000 },
    );
  });

  void test("a name in a tar file is the one that GNU tar reads", () => {
    const name = fc
      .array(bytes, { minLength: 1, maxLength: 4 })
      // What cannot be in a name, and what tar -t could not tell line by line.
      .map((parts) => parts.map((part) => part.replace(/[\0/\n]/g, "x")).join("/"))
      .filter((each) => !/^\.\.?(?:\/|$)|\/\.\.?(?:\/|$)/.test(each));
    fc.assert(
      fc.property(fc.array(name, { minLength: 20, maxLength: 40 }), (names) => {
        const common = { type: "file", mode: 0o644, uid: 0, gid: 0, mtime: 0, size: 0 } as const;
        const body = Buffer.concat(names.map((each) => tarHeader({ ...common, path: each })));
        const input = Buffer.concat([body, tarEnd(body.length)]);
        const listed = spawnSync("tar", ["--quoting-style=literal", "-tf", "-"], {
          input,
          encoding: "latin1",
          env: { ...process.env, LC_ALL: "C" },
        });
        assert.equal(listed.stderr, "");
        assert.deepEqual(listed.stdout.split("\n").slice(0, -1), names);
      }),
      { numRuns: 15 },
    );
  });

  void test("a name in a file system is held as it is, or refused with a reason", () => {
    const geometry = geometryOf(2048, 4096);
    fc.assert(
      fc.property(path, (name) => {
        const above = name.split("/").slice(0, -1);
        const folders = above.map((_, at) => directory(above.slice(0, at + 1).join("/")));
        const entries = [...new Map(folders.map((one) => [one.path, one])).values(), file(name, 3)];
        const plan = planUfs(geometry, entries);
        if (plan.problems.length > 0) {
          assert.ok(plan.problems.every(({ text }) => text !== ""));
          return;
        }
        const image = imageOf(plan);
        checkUfs(memorySource(image));
        checkAgainst(openImage(image), entries);
      }),
      { numRuns: 100 },
    );
  });
});
