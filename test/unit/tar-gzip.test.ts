// Invariant: gzip(1) is the judge of every member made here.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { gzip } from "../../src/engine/image/format/gzip.ts";

/** Bytes that repeat within the 32 KiB that deflate looks back, also across the ends of blocks. */
function sample(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let from = 0; from < length; from += 32) {
    const block = createHash("sha256")
      .update(String((from >> 5) % 900))
      .digest();
    block.copy(bytes, from);
  }
  return bytes;
}

async function compress(content: Buffer, level: number, chunk = 100_000): Promise<Buffer> {
  function* chunks() {
    // One piece of memory for all chunks, as a reader that reuses its buffer hands them out.
    const reused = Buffer.alloc(chunk);
    for (let from = 0; from < content.length; from += chunk) {
      yield reused.subarray(0, content.copy(reused, 0, from, from + chunk));
    }
  }
  const parts: Uint8Array[] = [];
  for await (const part of gzip(chunks(), level)) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts);
}

function expand(input: Buffer): Buffer {
  const run = spawnSync("gzip", ["-dc"], { input, maxBuffer: 2 ** 26 });
  assert.equal(String(run.stderr), "");
  assert.equal(run.status, 0);
  return run.stdout;
}

describe("gzip", () => {
  const block = 256 * 1024;
  for (const length of [0, 1, block - 1, block, block + 1, 2 * block, 9 * block + 777]) {
    it(`gives ${length} bytes back`, async () => {
      const content = sample(length);
      for (const level of [0, 1, 6, 9]) {
        assert.ok(expand(await compress(content, level)).equals(content), `level ${level}`);
      }
    });
  }

  it("depends on the content alone, not on how it comes or when", async () => {
    const content = sample(3 * block + 5);
    const whole = await compress(content, 6, content.length);
    assert.ok(whole.equals(await compress(content, 6, 1000)));
    assert.ok(whole.equals(await compress(content, 6, block)));
    assert.deepEqual([...whole.subarray(0, 10)], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  });

  it("compresses nearly as well as one stream does", async () => {
    const content = sample(16 * block);
    const whole = spawnSync("gzip", ["-6nc"], { input: content, maxBuffer: 2 ** 26 }).stdout.length;
    const ours = (await compress(content, 6)).length;
    assert.ok(ours < whole * 1.02, `${ours} bytes, gzip makes ${whole}`);
  });

  it("can be left early", async () => {
    for await (const part of gzip([sample(20 * block)], 1)) if (part.length > 100) break;
  });
});
