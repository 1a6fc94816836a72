// Invariant: every offset here was typed in from the description of the format, none imported, so
// that a mistake in the writer's tables cannot hide behind itself.
import assert from "node:assert/strict";

/** Bytes that can be read at any place. */
interface Source {
  readonly size: number;
  read(into: Uint8Array, position: number): void;
}

interface Shape {
  readonly size: number;
  readonly ncg: number;
  readonly cpg: number;
  readonly spc: number;
  readonly ipg: number;
  readonly fpg: number;
  readonly dblkno: number;
  readonly csaddr: number;
  readonly cssize: number;
  readonly ncyl: number;
  readonly nrpos: number;
  readonly time: number;
}

interface Inode {
  readonly number: number;
  readonly mode: number;
  readonly links: number;
  readonly size: number;
  readonly blocks: number;
  readonly pointers: readonly number[];
}

function bytesAt(source: Source, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  source.read(bytes, position);
  return bytes;
}

function checkSuperBlock(source: Source): Shape {
  const bytes = bytesAt(source, 8192, 8192);
  const at = (offset: number): number => bytes.readInt32LE(offset);
  assert.equal(at(1372), 0x00011954, "magic");
  const fixed: readonly (readonly [number, number])[] = [
    ...([
      [8, 16],
      [12, 24],
      [16, 28],
      [28, -1],
      [48, 4096],
      [52, 1024],
      [56, 4],
      [60, 0],
    ] as const),
    ...([
      [68, 120],
      [72, -4096],
      [76, -1024],
      [88, 2],
      [92, 1024],
      [104, 2048],
    ] as const),
    ...([
      [116, 1024],
      [120, 32],
      [124, 2],
      [128, 1],
      [136, 0],
      [164, 1],
      [1320, 0],
    ] as const),
    ...([
      [1324, 0],
      [1340, 4095],
      [1348, 1023],
      [1356, 1],
      [856, 0],
    ] as const),
  ];
  for (const [offset, value] of fixed) assert.equal(at(offset), value, `super block ${offset}`);
  const time = at(32);
  assert.equal((at(132) + time) | 0, 0x7c269d38, "state");
  assert.equal(bytes[209], 1, "clean");
  const shape: Shape = {
    ...{ size: at(36), ncg: at(44), cpg: at(180), spc: at(172), ipg: at(184), fpg: at(188) },
    ...{ dblkno: at(20), csaddr: at(152), cssize: at(156), ncyl: at(176), nrpos: at(1360), time },
  };
  assert.equal(at(168), shape.spc);
  assert.equal(at(1336), shape.spc);
  assert.equal(shape.dblkno, 28 + shape.ipg / 8);
  assert.equal(shape.csaddr, shape.dblkno);
  assert.equal(shape.fpg, (shape.cpg * shape.spc) / 2);
  assert.equal(shape.ncg, Math.ceil(shape.ncyl / shape.cpg));
  assert.ok(shape.size * 1024 <= source.size, "the file system ends inside the image");
  for (let group = 0; group < shape.ncg; group++) {
    const copy = bytesAt(source, (group * shape.fpg + 16) * 1024, 8192);
    assert.ok(copy.equals(bytes), `super block of group ${group}`);
  }
  return shape;
}

class Fsck {
  readonly #source: Source;
  readonly #shape: Shape;
  readonly #used: Uint8Array;
  readonly #inodes = new Map<number, Inode>();
  readonly #names = new Map<number, number>();

  constructor(source: Source) {
    this.#source = source;
    this.#shape = checkSuperBlock(source);
    this.#used = new Uint8Array(this.#shape.size);
  }

  check(): void {
    const { ncg, fpg, dblkno, csaddr, cssize } = this.#shape;
    for (let group = 0; group < ncg; group++) {
      const ahead = group === 0 ? 0 : 16;
      this.#mark(group * fpg + ahead, dblkno - ahead);
    }
    this.#mark(csaddr, cssize / 1024);
    this.#readInodes();
    for (const inode of this.#inodes.values()) this.#checkContent(inode);
    for (const inode of this.#inodes.values()) {
      assert.equal(this.#names.get(inode.number), inode.links, `links of inode ${inode.number}`);
    }
    this.#checkGroups();
  }

  #mark(address: number, count: number): void {
    for (let at = address; at < address + count; at++) {
      assert.ok(at > 0 || address === 0, "no holes");
      assert.equal(this.#used[at], 0, `fragment ${at}`);
      this.#used[at] = 1;
    }
  }

  #readInodes(): void {
    const { ncg, ipg, fpg } = this.#shape;
    for (let group = 0; group < ncg; group++) {
      const table = bytesAt(this.#source, (group * fpg + 28) * 1024, ipg * 128);
      for (let index = 0; index < ipg; index++) this.#readInode(table, index, group * ipg + index);
    }
    for (const number of [2, 3]) assert.ok(this.#inodes.has(number), `inode ${number}`);
  }

  #readInode(table: Buffer, index: number, number: number): void {
    const bytes = table.subarray(index * 128, index * 128 + 128);
    assert.ok(bytes.readInt32LE(108) > 0, `generation of inode ${number}`);
    const mode = bytes.readUInt16LE(0);
    if (mode === 0) {
      const rest = Buffer.concat([bytes.subarray(0, 108), bytes.subarray(112)]);
      assert.ok(
        rest.every((byte) => byte === 0),
        `free inode ${number}`,
      );
      return;
    }
    const [uid, gid] = [bytes.readInt32LE(116), bytes.readInt32LE(120)];
    assert.equal(bytes.readUInt16LE(4), Math.min(uid, 65535));
    assert.equal(bytes.readUInt16LE(6), Math.min(gid, 65535));
    assert.equal(bytes.readInt32LE(100) | bytes.readInt32LE(112) | bytes.readInt32LE(124), 0);
    this.#inodes.set(number, {
      ...{ number, mode, links: bytes.readInt16LE(2), size: Number(bytes.readBigInt64LE(8)) },
      blocks: bytes.readInt32LE(104),
      pointers: Array.from({ length: 15 }, (_, at) => bytes.readInt32LE(40 + at * 4)),
    });
  }

  /** Marks what a content occupies, and checks its ends; returns it for a directory or symlink. */
  #checkContent(inode: Inode): void {
    const addresses: number[] = [];
    const count = Math.ceil(inode.size / 4096);
    let indirect = 0;
    const follow = (address: number, depth: number): void => {
      const isPast = addresses.length === count;
      if (isPast) {
        assert.equal(address, 0, `inode ${inode.number} points past its end`);
        return;
      }
      if (depth === 0) {
        addresses.push(address);
        return;
      }
      indirect++;
      assert.equal(address % 4, 0);
      this.#mark(address, 4);
      const bytes = bytesAt(this.#source, address * 1024, 4096);
      for (let at = 0; at < 4096; at += 4) follow(bytes.readInt32LE(at), depth - 1);
    };
    inode.pointers.forEach((pointer, at) => {
      follow(pointer, Math.max(0, at - 11));
    });
    assert.equal(addresses.length, count);
    let fragments = indirect * 4;
    const pieces = addresses.map((address, index) => {
      const rest = inode.size - index * 4096;
      const isEnd = index === count - 1 && count <= 12 && rest < 4096;
      const held = isEnd ? Math.ceil(rest / 1024) : 4;
      if (held === 4) assert.equal(address % 4, 0);
      else assert.ok((address % 4) + held <= 4, "fragments inside one block");
      this.#mark(address, held);
      fragments += held;
      return { address, held };
    });
    assert.equal(inode.blocks, fragments * 2, `blocks of inode ${inode.number}`);
    const type = inode.mode & 0o170000;
    if (type === 0o100000) return;
    const all = pieces.map(({ address, held }) =>
      bytesAt(this.#source, address * 1024, held * 1024),
    );
    const content = Buffer.concat(all);
    if (type === 0o120000) {
      assert.ok(inode.size >= 1 && inode.size < 1024);
      assert.ok(
        content.subarray(inode.size).every((byte) => byte === 0),
        "padding of a symlink",
      );
      assert.ok(!content.subarray(0, inode.size).includes(0));
    } else {
      assert.equal(type, 0o040000);
      this.#checkDirectory(inode, content.subarray(0, inode.size));
    }
  }

  #count(inode: number): void {
    assert.ok(this.#inodes.has(inode), `a name for the free inode ${inode}`);
    this.#names.set(inode, (this.#names.get(inode) ?? 0) + 1);
  }

  #checkDirectory(inode: Inode, content: Buffer): void {
    assert.equal(inode.size % 512, 0);
    const names: string[] = [];
    for (let chunk = 0; chunk < content.length; chunk += 512) {
      let at = chunk;
      while (at < chunk + 512) {
        const number = content.readUInt32LE(at);
        const record = content.readUInt16LE(at + 4);
        const length = content.readUInt16LE(at + 6);
        assert.ok(record % 4 === 0 && record >= 8 + (number === 0 ? 0 : length + 1));
        if (number === 0) assert.equal(record, 512);
        else {
          this.#count(number);
          names.push(content.toString("latin1", at + 8, at + 8 + length));
          const padding = content.subarray(at + 8 + length, at + record);
          assert.ok(
            padding.every((byte) => byte === 0),
            "padding of a name",
          );
        }
        at += record;
      }
      assert.equal(at, chunk + 512, "records fill a chunk");
    }
    assert.deepEqual(names.slice(0, 2), [".", ".."]);
    assert.equal(content.readUInt32LE(0), inode.number);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(names.slice(2), names.slice(2).toSorted());
  }

  #checkGroups(): void {
    const { ncg, csaddr, cssize } = this.#shape;
    const summary = bytesAt(this.#source, csaddr * 1024, cssize);
    const totals = [0, 0, 0, 0];
    for (let group = 0; group < ncg; group++) {
      const counts = this.#checkGroup(group);
      counts.forEach((count, index) => {
        assert.equal(summary.readInt32LE(group * 16 + index * 4), count, `summary of ${group}`);
        totals[index] = (totals[index] ?? 0) + count;
      });
    }
    assert.ok(summary.subarray(ncg * 16).every((byte) => byte === 0));
    const superBlock = bytesAt(this.#source, 8192, 8192);
    assert.deepEqual(
      [0, 4, 8, 12].map((offset) => superBlock.readInt32LE(192 + offset)),
      totals,
    );
  }

  #checkGroup(group: number): number[] {
    const { cpg, ipg, fpg, spc, nrpos, size, ncyl, time, ncg } = this.#shape;
    const bytes = bytesAt(this.#source, (group * fpg + 24) * 1024, 4096);
    const at = (offset: number): number => bytes.readInt32LE(offset);
    const present = Math.min(fpg, size - group * fpg);
    const cylinders = group === ncg - 1 ? ncyl - cpg * group : cpg;
    assert.deepEqual([at(4), at(8), at(12), at(20)], [0x00090255, time, group, present]);
    assert.deepEqual([bytes.readInt16LE(16), bytes.readInt16LE(18)], [cylinders, ipg]);
    const expected = Buffer.alloc(4096);
    const boff = 168 + 4 * cpg;
    const iusedoff = boff + 2 * cpg * nrpos;
    const freeoff = iusedoff + Math.ceil(ipg / 8);
    const nextfreeoff = freeoff + Math.ceil(fpg / 8);
    assert.deepEqual([84, 88, 92, 96, 100].map(at), [168, boff, iusedoff, freeoff, nextfreeoff]);
    const set = (offset: number, bit: number): void => {
      const byte = offset + Math.floor(bit / 8);
      expected[byte] = (expected[byte] ?? 0) + 2 ** (bit % 8);
    };
    let [directories, freeInodes, freeBlocks, freeFragments] = [0, 0, 0, 0];
    for (let index = 0; index < ipg; index++) {
      const inode = this.#inodes.get(group * ipg + index);
      if (inode === undefined && group * ipg + index > 1) freeInodes++;
      else set(iusedoff, index);
      if (((inode?.mode ?? 0) & 0o170000) === 0o040000) directories++;
    }
    const runs = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let block = 0; block < fpg; block += 4) {
      const free = [0, 1, 2, 3].map(
        (offset) => block + offset < present && this.#used[group * fpg + block + offset] === 0,
      );
      free.forEach((isFree, offset) => {
        if (isFree) set(freeoff, block + offset);
      });
      if (free.every(Boolean)) {
        freeBlocks++;
        const cylinder = Math.floor((block * 2) / spc);
        const position = Math.floor((((block * 2) % spc) * nrpos) / spc);
        expected.writeInt32LE(expected.readInt32LE(168 + 4 * cylinder) + 1, 168 + 4 * cylinder);
        const counter = boff + 2 * (cylinder * nrpos + position);
        expected.writeInt16LE(expected.readInt16LE(counter) + 1, counter);
        continue;
      }
      const text = free.map((isFree) => (isFree ? "f" : " ")).join("");
      for (const run of text.split(" ").filter((part) => part !== "")) {
        runs[run.length] = (runs[run.length] ?? 0) + 1;
        freeFragments += run.length;
      }
    }
    assert.ok(bytes.subarray(168).equals(expected.subarray(168)), `maps of group ${group}`);
    const found = runs.map((_, index) => at(52 + 4 * index));
    assert.deepEqual(found, runs, `free runs of group ${group}`);
    const counts = [directories, freeBlocks, freeInodes, freeFragments];
    assert.deepEqual([24, 28, 32, 36].map(at), counts, `counts of group ${group}`);
    return counts;
  }
}

/** Recomputes everything a UFS image of ours says about itself; asserts. */
export function checkUfs(source: Source): void {
  new Fsck(source).check();
}
