// Invariant: every entry here is made by the engine's own reading of manifest lines, so that the
// tests ask what screens and commands ask.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeEntry } from "../../src/engine/image/shipped/describe-entry.ts";
import type { FoundSource } from "../../src/engine/image/shipped/find-files.ts";
import { parseManifest } from "../../src/engine/manifest/parse.ts";
import { changeText, compareDelivered } from "../../src/engine/manifest/query-diff.ts";
import { parseFilter, valuesFor } from "../../src/engine/manifest/query-filter.ts";
import {
  sizesByComponent,
  sizesByFolder,
  totalBytes,
} from "../../src/engine/manifest/query-sizes.ts";
import {
  foldersAbove,
  indexOfPath,
  openRows,
  treeOf,
} from "../../src/engine/manifest/query-tree.ts";
import { comparePaths, countStates, type ShippedEntry } from "../../src/engine/manifest/query.ts";

const lines = [
  "d usr 0755 root sys",
  "d usr/bin 0755 root bin",
  "f usr/bin/curl 0555 root bin",
  "f usr/bin/Xorg 0555 root bin",
  "s usr/bin/c=curl",
  "f usr/bin-extra 0444 root other",
  "d etc 0755 root sys",
  "f etc/shadow 0400 root sys",
];

function entriesOf(
  text: string,
  found: (path: string) => FoundSource | undefined = () => ({
    source: "proto",
    shadows: [],
    size: 100,
  }),
  file = "illumos.manifest",
): ShippedEntry[] {
  return parseManifest(text, file)
    .entries.map((entry) =>
      describeEntry({
        entry,
        lines: [entry],
        findings: [],
        found: entry.type === "f" ? found(entry.path) : undefined,
        isUnbuilt: false,
      }),
    )
    .sort((a, b) => comparePaths(a.path, b.path));
}

const entries = entriesOf(lines.join("\n"), (path) =>
  path === "usr/bin/curl" ? { shadows: [] } : { source: "proto", shadows: [], size: 100 },
);

function shown(filter: string): readonly string[] {
  return entries.filter(parseFilter(filter).matches).map(({ path }) => path);
}

describe("the order of entries", () => {
  it("keeps a directory and all below it together", () => {
    assert.deepEqual(
      entries.map(({ path }) => path),
      [
        ...["etc", "etc/shadow", "usr", "usr/bin", "usr/bin/Xorg", "usr/bin/c", "usr/bin/curl"],
        "usr/bin-extra",
      ],
    );
  });
});

describe("a filter", () => {
  it("takes plain words as parts of the path, capitals only when there are some", () => {
    assert.deepEqual(shown("xorg"), ["usr/bin/Xorg"]);
    assert.deepEqual(shown("Xorg"), ["usr/bin/Xorg"]);
    assert.deepEqual(shown("XORG"), []);
    assert.deepEqual(shown("usr cur"), ["usr/bin/curl"]);
    assert.equal(shown("  ").length, entries.length);
  });

  it("takes terms for type, state, owner and component", () => {
    assert.deepEqual(shown("type:link"), ["usr/bin/c"]);
    assert.deepEqual(shown("type:f owner:root:other"), ["usr/bin-extra"]);
    assert.deepEqual(shown("owner:other"), ["usr/bin-extra"]);
    assert.deepEqual(shown("state:failed"), ["usr/bin/curl"]);
    assert.deepEqual(shown("state:FAIL component:ILLU"), ["usr/bin/curl"]);
    assert.deepEqual(shown("component:extra"), []);
    assert.equal(shown("state: type:").length, entries.length, "half-typed terms hide nothing");
  });

  it("takes what does not fit where a word, a term or its value begins with !", () => {
    assert.deepEqual(shown("usr !bin"), ["usr"]);
    const others = shown("").filter((path) => path !== "usr/bin-extra");
    assert.deepEqual(shown("!owner:other"), others);
    assert.deepEqual(shown("owner:!other"), others);
    assert.deepEqual(shown("!/usr/bin/c !owner:!other"), ["usr/bin-extra"]);
    assert.equal(shown("! owner:! !state:").length, entries.length, "half-typed hides nothing");
    assert.match(parseFilter("!state:foo").fault ?? "", /^state:foo is none/);
    assert.deepEqual(valuesFor("!component:il", entries), ["illumos"]);
    assert.deepEqual(valuesFor("component:!il", entries), ["illumos"]);
  });

  it("finds a path as it is typed in the platform, with a slash before it", () => {
    assert.ok(shown("usr/bin/curl").length > 0);
    assert.deepEqual(shown("/usr/bin/curl"), shown("usr/bin/curl"));
    assert.deepEqual(shown("/usr/bin/curl state:failed"), ["usr/bin/curl"]);
    assert.equal(shown("/").length, entries.length);
  });

  it("says what a term could have asked for", () => {
    const filter = parseFilter("state:foo curl");
    assert.match(filter.fault ?? "", /^state:foo is none; there are failed, /);
    assert.ok(!entries.some(filter.matches));
    assert.match(parseFilter("type:x").fault ?? "", /type:x is none/);
    assert.deepEqual(valuesFor("curl state:", entries), ["failed", "ok"]);
    assert.deepEqual(valuesFor("component:il", entries), ["illumos"]);
    assert.deepEqual(valuesFor("curl", entries), []);
  });
});

describe("the tree", () => {
  const nodes = treeOf(entries);

  it("counts what is below a directory and shows the worst of it", () => {
    const usr = nodes[indexOfPath(nodes, "usr")];
    assert.equal(usr?.below, 5);
    assert.equal(usr.bytes, 200);
    assert.equal(usr.worst, "failed");
    assert.equal(nodes[indexOfPath(nodes, "etc")]?.worst, "ok");
  });

  it("shows only what is in open directories", () => {
    const paths = (open: readonly string[]): (string | undefined)[] =>
      openRows(nodes, new Set(open)).map((index) => nodes[index]?.path);
    assert.deepEqual(paths([]), ["etc", "usr"]);
    assert.deepEqual(paths(["usr"]), ["etc", "usr", "usr/bin", "usr/bin-extra"]);
    assert.deepEqual(paths(["usr/bin"]), ["etc", "usr"]);
  });

  it("has a node for a directory that nobody delivers", () => {
    const orphan = treeOf(entriesOf("f a/b/c 0444 root sys\nf a/d 0444 root sys"));
    assert.deepEqual(
      orphan.map(({ path, depth, entry }) => [path, depth, entry !== undefined]),
      [
        ["a", 0, false],
        ["a/b", 1, false],
        ["a/b/c", 2, true],
        ["a/d", 1, true],
      ],
    );
    assert.equal(orphan[0]?.below, 2);
    assert.equal(orphan[0].worst, "failed");
  });

  it("finds paths, and the one before where there is none", () => {
    assert.equal(nodes[indexOfPath(nodes, "usr/bin/curl")]?.path, "usr/bin/curl");
    assert.equal(nodes[indexOfPath(nodes, "usr/bin/cz")]?.path, "usr/bin/curl");
    assert.equal(indexOfPath([], "usr"), -1);
    assert.deepEqual(foldersAbove("usr/bin/curl"), ["usr", "usr/bin"]);
  });
});

describe("sizes", () => {
  const all = [...entries, ...entriesOf("f opt/x 0444 root sys", undefined, "smartos.ov.manifest")];

  it("add up to what ships, by component and by folder", () => {
    const byComponent = sizesByComponent(all);
    assert.deepEqual(
      byComponent.map(({ name, entries: count, bytes, faults }) => [name, count, bytes, faults]),
      [
        ["illumos", 8, 300, 1],
        ["overlay smartos", 1, 100, 0],
      ],
    );
    for (const rows of [byComponent, sizesByFolder(all, 1), sizesByFolder(all, 2)]) {
      assert.equal(
        rows.reduce((sum, { bytes }) => sum + bytes, 0),
        totalBytes(all),
      );
      assert.equal(
        rows.reduce((sum, { entries: count }) => sum + count, 0),
        all.length,
      );
    }
  });
});

describe("states", () => {
  it("tell a file that is there twice from one that is not there", () => {
    const twice = { source: "overlay/generic", shadows: ["proto"], size: 1 };
    const [one] = entriesOf("f etc/motd 0444 root sys", () => twice);
    assert.equal(one?.state, "shadowed");
    const counts = countStates(entries);
    assert.deepEqual(
      [...counts],
      [
        ["failed", 1],
        ["ok", 7],
      ],
    );
  });
});

describe("a comparison", () => {
  const file = { type: "f", mode: 0o555, user: "root", group: "bin" } as const;

  it("names what was added, removed and changed, and how", () => {
    const before = [
      { ...file, path: "a", size: 10, md5: "1" },
      { ...file, path: "b", size: 10, md5: "1" },
      { ...file, path: "c", size: 10 },
      { ...file, path: "gone", size: 5 },
      { path: "l", type: "s", target: "a" } as const,
    ];
    const after = [
      { ...file, path: "a", size: 12, md5: "2", mode: 0o500 },
      { ...file, path: "b", size: 10, md5: "2" },
      { ...file, path: "c", size: 10 },
      { ...file, path: "new", size: 7 },
      { path: "l", type: "s", target: "b" } as const,
    ];
    const found = compareDelivered(before, after);
    assert.deepEqual(
      found.changes.map((each) =>
        each.kind === "changed" ? `${each.path}: ${changeText(each)}` : `${each.path} ${each.kind}`,
      ),
      [
        "a: mode 0555 to 0500, size +2 bytes",
        "b: content",
        "gone removed",
        "l: target a to b",
        "new added",
      ],
    );
    assert.deepEqual([found.added, found.removed, found.changed, found.unsure], [1, 1, 3, 1]);
    assert.deepEqual([found.bytesBefore, found.bytesAfter], [35, 39]);
    assert.deepEqual(compareDelivered(after, after).changes, []);
  });
});
