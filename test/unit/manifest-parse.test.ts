// Invariant: every malformed line of these tests must come back as a value that names its line.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MalformedKind } from "../../src/engine/manifest/entry.ts";
import { parseManifest } from "../../src/engine/manifest/parse.ts";

const file = "x.manifest";

describe("parseManifest", () => {
  it("reads the four types and keeps file and line of each", () => {
    const text = [
      "# comment",
      "d usr/ 0755 root sys",
      "",
      "f usr/./bin//ls 4555 root bin",
      "s bin=./usr/bin=x",
      "h usr/bin/dir=usr/bin/ls",
      "d usr/libexec 07555 root bin",
      "f x.1 044 root bin",
    ].join("\n");
    const parsed = parseManifest(text, file);
    assert.deepEqual(parsed.malformed, []);
    const lines = text.split("\n");
    for (const entry of parsed.entries) assert.equal(entry.text, lines[entry.line - 1]);
    const entries = parsed.entries.map((entry) => ({ ...entry, text: "" }));
    const owned = { user: "root", group: "sys", file, text: "" };
    assert.deepEqual(entries, [
      { type: "d", path: "usr", written: "usr/", mode: 0o755, ...owned, line: 2 },
      {
        ...{ type: "f", path: "usr/bin/ls", written: "usr/./bin//ls", mode: 0o4555, user: "root" },
        ...{ group: "bin", file, text: "", line: 4 },
      },
      {
        type: "s",
        path: "bin",
        written: "bin=./usr/bin=x",
        target: "./usr/bin=x",
        file,
        text: "",
        line: 5,
      },
      {
        ...{ type: "h", path: "usr/bin/dir", written: "usr/bin/dir=usr/bin/ls" },
        ...{ target: "usr/bin/ls", file, text: "", line: 6 },
      },
      {
        type: "d",
        path: "usr/libexec",
        written: "usr/libexec",
        mode: 0o7555,
        ...owned,
        group: "bin",
        line: 7,
      },
      { type: "f", path: "x.1", written: "x.1", mode: 0o44, ...owned, group: "bin", line: 8 },
    ]);
  });

  const bad: readonly [string, MalformedKind][] = [
    ["d usr 0755 root", "argument-count"],
    ["f usr/x 0755 root sys extra", "argument-count"],
    ["f", "argument-count"],
    ["s a=b c", "argument-count"],
    ["s", "argument-count"],
    ["x usr 0755 root sys", "entry-type"],
    ["dir usr 0755 root sys", "entry-type"],
    ["f usr/x 0855 root sys", "mode"],
    ["f usr/x 55 root sys", "mode"],
    ["f usr/x 100644 root sys", "mode"],
    ["f usr/x 10644 root sys", "mode"],
    ["s usr/x", "link"],
    ["h =usr/x", "link"],
    ["s usr/x=", "link"],
    ["f /etc/passwd 0644 root sys", "path"],
    ["f ../etc/passwd 0644 root sys", "path"],
    ["d usr/../.. 0755 root sys", "path"],
    ["f usr/\0x 0644 root sys", "path"],
    ["f usr/x/ 0644 root sys", "path"],
    ["d . 0755 root sys", "path"],
    ["h usr/x=/etc/passwd", "path"],
    ["h usr/x=../passwd", "path"],
    ["s /x=y", "path"],
  ];
  for (const [line, kind] of bad) {
    it(`reports ${JSON.stringify(line)} as ${kind}`, () => {
      const { entries, malformed } = parseManifest(`f ok 0444 root sys\n${line}\n`, file);
      assert.equal(entries.length, 1);
      assert.deepEqual(
        malformed.map((entry) => [entry.kind, entry.file, entry.line, entry.text]),
        [[kind, file, 2, line]],
      );
      assert.notEqual(malformed[0]?.reason, "");
    });
  }

  it("lets a symbolic link point anywhere", () => {
    const { entries } = parseManifest("s dev/x=../../../devices/y\ns a=/b\n", file);
    assert.equal(entries.length, 2);
  });
});
