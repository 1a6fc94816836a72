// Invariant: the format is read here a second time, from its description, to judge writer and reader.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";
import type { ByteSource } from "../../src/engine/image/format/bytes-io.ts";
import { memorySource, UnreadableError } from "../../src/engine/image/format/bytes-io.ts";
import { isLofi, openLofi } from "../../src/engine/image/format/lofi/reader.ts";
import type { LofiOptions } from "../../src/engine/image/format/lofi/writer.ts";
import { compressLofi } from "../../src/engine/image/format/lofi/writer.ts";
import { planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import { openUfs } from "../../src/engine/image/format/ufs/reader.ts";
import { Random } from "../support/random.ts";
import { checkAgainst, geometryOf, imageOf, randomEntries, unwrap } from "../support/ufs-tree.ts";

const segment = 131072;

/** A sink that grows. */
function growingSink() {
  let bytes = Buffer.alloc(0);
  return {
    write: (part: Uint8Array, position: number): void => {
      if (position + part.length > bytes.length) {
        bytes = Buffer.concat([bytes, Buffer.alloc(position + part.length - bytes.length)]);
      }
      bytes.set(part, position);
    },
    bytes: () => bytes,
  };
}

async function compress(input: Buffer, options?: LofiOptions): Promise<Buffer> {
  const sink = growingSink();
  const summary = unwrap(await compressLofi(memorySource(input), sink, options));
  assert.equal(sink.bytes().length, summary.bytes);
  return sink.bytes();
}

/** Half noise, half words, with a stretch of zeros. */
function sampleInput(length: number, seed = 1): Buffer {
  const random = new Random(seed);
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 4) {
    if (Math.floor(at / segment) % 3 === 2) continue;
    const noisy = Math.floor(at / segment) % 3 === 1;
    bytes.writeUInt32BE(noisy ? random.between(0, 0xffffffff) : random.between(0, 99), at);
  }
  return bytes;
}

/** What a compressed file holds, by the description of the format. */
function parse(bytes: Buffer) {
  const name = bytes.toString("latin1", 0, 36).replace(/\0+$/, "");
  const [segmentBytes, entries, last] = [36, 40, 44].map((at) => bytes.readUInt32BE(at));
  const index = Array.from({ length: entries ?? 0 }, (_, at) =>
    Number(bytes.readBigUInt64BE(48 + 8 * at)),
  );
  const data = bytes.subarray(48 + 8 * (entries ?? 0));
  const segments = index.slice(1).map((end, at) => {
    const stored = data.subarray(index[at], end);
    const content = stored.subarray(1);
    assert.ok(stored[0] === 0 || stored[0] === 1);
    return { raw: stored[0] === 0, bytes: stored[0] === 0 ? content : inflateSync(content) };
  });
  return { name, segmentBytes, entries, last, index, data, segments };
}

describe("a compressed lofi file", () => {
  for (const [what, length] of [
    ["whole segments", 4 * segment],
    ["one sector", 512],
    ["a short last segment", 5 * segment + 1024],
    ["nearly a segment", segment - 512],
  ] as const) {
    it(`holds ${what}`, async () => {
      const input = sampleInput(length);
      const bytes = await compress(input);
      const parsed = parse(bytes);
      const count = Math.ceil(length / segment);
      assert.equal(parsed.name, "gzip");
      assert.deepEqual(
        [parsed.segmentBytes, parsed.entries, parsed.last],
        [segment, count + 1, length - (count - 1) * segment],
      );
      assert.equal(parsed.index[0], 0);
      assert.ok(Buffer.concat(parsed.segments.map((each) => each.bytes)).equals(input));
      assert.equal(bytes.length % 512, 0);
      const rest = parsed.data.subarray(parsed.index.at(-1));
      assert.ok(rest.length < 512 && rest.every((byte) => byte === 0));
      parsed.segments.forEach(({ raw }, at) => {
        assert.equal(raw, at % 3 === 1, `segment ${at}`);
      });
    });
  }

  it("stores a segment as it is unless that saves 2 KiB", async () => {
    const random = new Random(4);
    // As much noise as makes the stream a little shorter and a little longer than the limit.
    for (const noise of [segment - 3000, segment - 2200, segment - 2000, segment - 1000]) {
      const input = Buffer.alloc(segment);
      for (let at = 0; at < noise; at++) input[at] = random.between(0, 255);
      const [found] = parse(await compress(input)).segments;
      const compressed = deflateSync(input, { level: 6 }).length;
      assert.equal(found?.raw, compressed > segment - 2048, `${noise} noisy bytes`);
    }
  });

  it("never makes a short last segment larger", async () => {
    const random = new Random(6);
    const tail = Buffer.from(Array.from({ length: 1024 }, () => random.between(0, 255)));
    const parsed = parse(await compress(Buffer.concat([Buffer.alloc(segment), tail])));
    assert.deepEqual(
      parsed.segments.map(({ raw }) => raw),
      [false, true],
    );
  });

  it("has the same bytes every time, and names level 9", async () => {
    const input = sampleInput(40 * segment, 3);
    const [first, second] = await Promise.all([compress(input), compress(input)]);
    assert.ok(first.equals(second));
    const best = await compress(input, { level: 9 });
    assert.equal(parse(best).name, "gzip-9");
    assert.ok(best.length <= first.length);
  });

  it("is read at any place and in any length", async () => {
    const input = sampleInput(7 * segment + 512, 8);
    const image = unwrap(openLofi(memorySource(await compress(input))));
    assert.deepEqual([image.size, image.segments], [input.length, 8]);
    for (const length of [512, 8192, segment, 200704]) {
      for (let position = 0; position < input.length; position += length) {
        const bytes = Buffer.alloc(Math.min(length, input.length - position));
        image.read(bytes, position);
        assert.ok(bytes.equals(input.subarray(position, position + bytes.length)));
      }
    }
    const random = new Random(9);
    for (let round = 0; round < 200; round++) {
      const position = random.between(0, input.length);
      const bytes = Buffer.alloc(random.between(0, Math.min(300_000, input.length - position)));
      image.read(bytes, position);
      assert.ok(bytes.equals(input.subarray(position, position + bytes.length)));
    }
    assert.throws(() => {
      image.read(Buffer.alloc(2), input.length - 1);
    }, UnreadableError);
  });

  it("holds a file system", async () => {
    const entries = randomEntries(new Random(12), 80);
    const image = imageOf(planUfs(geometryOf(9000, 4096), entries));
    const lofi = unwrap(openLofi(memorySource(await compress(image))));
    checkAgainst(unwrap(openUfs(lofi)), entries);
  });

  it("is not made of what is no device", async () => {
    for (const length of [0, 511, segment + 1]) {
      const result = await compressLofi(memorySource(Buffer.alloc(length)), growingSink());
      assert.ok(!result.ok);
      assert.match(result.failure.message, new RegExp(`^${length} bytes are no image`));
    }
  });

  it("tells how far it is, and stops when asked", async () => {
    const input = memorySource(sampleInput(20 * segment));
    const steps: number[] = [];
    const onProgress = (done: number, total: number): void => {
      assert.equal(total, input.size);
      steps.push(done);
    };
    unwrap(await compressLofi(input, growingSink(), { onProgress }));
    assert.deepEqual(
      steps,
      Array.from({ length: 20 }, (_, at) => (at + 1) * segment),
    );
    const stop = new AbortController();
    const stopped = compressLofi(input, growingSink(), {
      signal: stop.signal,
      onProgress: (done) => {
        if (done === 3 * segment) stop.abort();
      },
    });
    await assert.rejects(stopped, { name: "AbortError" });
  });

  it("says so when its input cannot be read", async () => {
    const source: ByteSource = {
      size: 10 * segment,
      read: () => {
        throw new UnreadableError("input/output error");
      },
    };
    const result = await compressLofi(source, growingSink());
    assert.ok(!result.ok);
    assert.equal(result.failure.message, "the image to compress: input/output error");
  });
});

describe("a damaged lofi file", () => {
  /** What opening and reading it says. */
  function problem(bytes: Buffer): string {
    const opened = openLofi(memorySource(bytes));
    if (!opened.ok) return opened.failure.message;
    try {
      opened.value.read(Buffer.alloc(opened.value.size), 0);
      return "";
    } catch (error) {
      assert.ok(error instanceof UnreadableError);
      return error.message;
    }
  }

  it("is refused with the reason", async () => {
    const intact = await compress(sampleInput(6 * segment));
    assert.equal(problem(intact), "");
    const changed = (change: (bytes: Buffer) => void): string => {
      const bytes = Buffer.from(intact);
      change(bytes);
      return problem(bytes);
    };
    const named = (name: string): string => changed((bytes) => bytes.fill(0, 0, 36).write(name));
    assert.equal(named("lzma"), "compressed image: it is compressed with lzma, not gzip");
    assert.equal(named("zip"), "compressed image: not a lofi file");
    assert.match(
      changed((bytes) => bytes.writeUInt32BE(1000, 36)),
      /segments of 1000 bytes/,
    );
    assert.match(
      changed((bytes) => bytes.writeUInt32BE(0x7fffffff, 40)),
      /has 2147483646 segments/,
    );
    assert.match(
      changed((bytes) => bytes.writeUInt32BE(segment + 1, 44)),
      /last segment of 131073/,
    );
    assert.match(
      changed((bytes) => bytes.writeBigUInt64BE(2n ** 40n, 48 + 16)),
      /index is damaged at segment 2/,
    );
    const first = 48 + 7 * 8;
    assert.match(
      changed((bytes) => bytes.fill(0xaa, first + 100, first + 200)),
      /^segment 0 of the compressed file is damaged$/,
    );
    assert.match(
      changed((bytes) => bytes.writeUInt8(7, first)),
      /^segment 0 .* damaged$/,
    );
    assert.match(problem(intact.subarray(0, 5000)), /index is damaged/);
    assert.equal(problem(Buffer.alloc(0)), "compressed image: not a lofi file");
  });

  it("is told from other files", async () => {
    assert.ok(isLofi(memorySource(await compress(Buffer.alloc(512)))));
    assert.equal(isLofi(memorySource(Buffer.alloc(4096))), false);
  });
});
