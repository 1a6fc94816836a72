// Invariant: judged against the answers of the releases' own tools, never against our own.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { aggregate, readManifests } from "../../src/engine/manifest/aggregate.ts";
import { toBytes } from "../../src/engine/manifest/byte-text.ts";
import { manifestText, sortManifest } from "../../src/engine/manifest/sort.ts";
import type { Layout } from "../../src/engine/workspace/probes.ts";
import { realAnswer, unpackRealManifests } from "../fixtures/manifests/real-manifests.ts";

function withFolder<T>(use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "manifest-"));
  try {
    return use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function sortText(text: string, layout: Layout) {
  const sorted = sortManifest(aggregate([{ name: "a.manifest", text }]), layout);
  return { ...sorted, text: manifestText(sorted) };
}

describe("aggregate and sort", () => {
  for (const layout of ["classic", "modern"] as const) {
    it(`equals the ${layout} release byte for byte, within half a second`, (t) => {
      withFolder((dir) => {
        const folder = unpackRealManifests(layout, dir);
        const started = performance.now();
        const sources = readManifests(folder);
        assert.ok(sources.ok);
        const sorted = sortManifest(aggregate(sources.value), layout);
        const text = toBytes(manifestText(sorted));
        const took = performance.now() - started;
        const answer = realAnswer(layout);
        assert.equal(text.compare(answer.gen), 0);
        assert.equal(sorted.warnings.map((line) => `${line}\n`).join(""), String(answer.warnings));
        assert.equal(sorted.errors, 0);
        t.diagnostic(`${sorted.lines.length} entries in ${took.toFixed(0)} ms (to reach: 500)`);
        assert.ok(took < 1500, `took ${took} ms`);
      });
    });
  }

  it("lets the last file win and remembers the lines it replaced", () => {
    const sources = [
      { name: "a.manifest", text: "# head\nf etc/x 0444 root sys\n" },
      { name: "b.manifest", text: "f etc/x 0644 root sys\nf etc/x 0600 root sys" },
    ];
    const { lines, warnings } = sortManifest(aggregate(sources), "classic");
    assert.equal(lines.length, 1);
    assert.deepEqual(
      lines.map(({ text, file, line }) => ({ text, file, line })),
      [{ text: "f etc/x 0600 root sys", file: "b.manifest", line: 2 }],
    );
    assert.deepEqual(
      lines[0]?.replaced.map(({ file, line }) => `${file}:${line}`),
      ["a.manifest:2", "b.manifest:1"],
    );
    assert.equal(warnings.length, 2);
  });

  it("is silent about a directory repeated with the same properties", () => {
    const same = sortText("d usr 0755 root sys\nd usr 0755 root sys\n", "modern");
    assert.deepEqual(same.warnings, []);
    assert.equal(same.text, "d usr 0755 root sys\n");
  });

  it("splits fields as each layout's sorter does", () => {
    const text = "f  a 0444 root sys\nf\tb 0444 root sys\nf  c 0444 root sys\n";
    // Classic splits at single spaces: a doubled one makes the key empty, a tab shifts it.
    const classic = sortText(text, "classic");
    assert.equal(classic.text, "f  c 0444 root sys\nf\tb 0444 root sys\n");
    assert.deepEqual(classic.warnings, ["WARNING: duplicate entry for ''"]);
    assert.equal(
      sortText(text, "modern").text,
      "f  a 0444 root sys\nf\tb 0444 root sys\nf  c 0444 root sys\n",
    );
  });

  it("takes out a line of one word, as an error only in the modern layout", () => {
    assert.deepEqual(sortText("word\n", "classic").warnings, [
      "WARNING: unexpected manifest line: 'word' (removing)",
    ]);
    assert.equal(sortText("word\n", "classic").errors, 0);
    assert.deepEqual(sortText("word\n", "modern").warnings, [
      "ERROR: unexpected manifest line: 'word' (removing)",
    ]);
    assert.equal(sortText("word\n", "modern").errors, 1);
  });

  it("orders names that are not ASCII by their bytes and keeps them as they are", () => {
    withFolder((dir) => {
      const lines = ["f \u{10000} 0444 root sys", "f \uffee 0444 root sys", "f é 0444 root sys"];
      const broken = Buffer.from([0x66, 0x20, 0xff, 0xfe, 0x20, 0x31, 0x0a]);
      writeFileSync(
        join(dir, "x.manifest"),
        Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), broken]),
      );
      const sources = readManifests(dir);
      assert.ok(sources.ok);
      const bytes = toBytes(manifestText(sortManifest(aggregate(sources.value), "modern")));
      const expected = [lines[2], lines[1], lines[0]].map((line) => `${line ?? ""}\n`).join("");
      assert.equal(bytes.compare(Buffer.concat([Buffer.from(expected), broken])), 0);
    });
  });

  it("says which folder has no manifests", () => {
    withFolder((dir) => {
      const empty = readManifests(dir);
      assert.ok(!empty.ok && empty.failure.message.includes(dir));
      assert.ok(!readManifests(join(dir, "none")).ok);
    });
  });
});
