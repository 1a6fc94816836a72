// Invariant: a shape that gets past here can be divided by and multiplied with: no field of a
// damaged image leads outside it.
import type { ByteSource } from "../bytes-io.ts";
import { UnreadableError } from "../bytes-io.ts";
import type { FieldValues, Structure } from "../bytes-struct.ts";
import {
  inodeBytes,
  orderlyState,
  primarySuperBlock,
  superBlock,
  superBlockMagic,
} from "./layout.ts";
import type { Totals } from "./super-block.ts";

type SuperBlockFields = typeof superBlock extends Structure<infer F> ? FieldValues<F> : never;

/** What a super block says of its file system. Addresses and sizes in fragments unless named. */
export interface UfsInfo {
  readonly blockBytes: number;
  readonly fragmentBytes: number;
  readonly fragments: number;
  /** What is left for contents. */
  readonly dataFragments: number;
  readonly groups: number;
  readonly inodesPerGroup: number;
  /** Free blocks, fragments and inodes; directories in use. */
  readonly totals: Totals;
  /** Seconds since 1970. */
  readonly time: number;
  /** It was left in order. */
  readonly clean: boolean;
  /** The super block as it is. */
  readonly fields: SuperBlockFields;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}

function problemOf(fields: SuperBlockFields, size: number): string | undefined {
  const { blockBytes, fragmentBytes, blockFragments, fragments, groups } = fields;
  const { inodesPerGroup, fragmentsPerGroup, inodesOffset, dataOffset } = fields;
  if (!isPowerOfTwo(blockBytes) || blockBytes < 4096 || blockBytes > 65536) {
    return `a block size of ${blockBytes} bytes`;
  }
  if (!isPowerOfTwo(fragmentBytes) || fragmentBytes < 512 || fragmentBytes > blockBytes) {
    return `a fragment size of ${fragmentBytes} bytes`;
  }
  if (blockFragments * fragmentBytes !== blockBytes)
    return `${blockFragments} fragments in a block`;
  if (fragments <= 0 || fragments * fragmentBytes > size) {
    return `${fragments} fragments in an image of ${size} bytes`;
  }
  if (groups <= 0 || inodesPerGroup <= 0 || fragmentsPerGroup <= 0) return "an empty group";
  if ((groups - 1) * fragmentsPerGroup >= fragments) return `${groups} groups`;
  if (inodesOffset <= 0 || inodesOffset >= dataOffset || dataOffset > fragmentsPerGroup) {
    return `inodes at ${inodesOffset}`;
  }
  if (inodesPerGroup * inodeBytes > (dataOffset - inodesOffset) * fragmentBytes) {
    return `${inodesPerGroup} inodes in a group`;
  }
  if (fields.version !== 0 && fields.version !== 2) return `version ${fields.version}`;
  return undefined;
}

/** True when the bytes hold a UFS file system of a little-endian machine. */
export function isUfs(source: ByteSource): boolean {
  if (source.size < primarySuperBlock + superBlock.bytes) return false;
  return readFields(source).magic === superBlockMagic;
}

function readFields(source: ByteSource): SuperBlockFields {
  const bytes = new Uint8Array(superBlock.bytes);
  source.read(bytes, primarySuperBlock);
  return superBlock.read(bytes);
}

/** Reads and checks the primary super block; throws an UnreadableError. */
export function readSuperBlock(source: ByteSource): UfsInfo {
  if (!isUfs(source)) throw new UnreadableError("no UFS file system of an x86 machine");
  const fields = readFields(source);
  const problem = problemOf(fields, source.size);
  if (problem !== undefined) throw new UnreadableError(`the super block has ${problem}`);
  const [directories = 0, freeBlocks = 0, freeInodes = 0, freeFragments = 0] = fields.totals;
  return {
    blockBytes: fields.blockBytes,
    fragmentBytes: fields.fragmentBytes,
    fragments: fields.fragments,
    dataFragments: fields.dataFragments,
    groups: fields.groups,
    inodesPerGroup: fields.inodesPerGroup,
    totals: { directories, freeBlocks, freeInodes, freeFragments },
    time: fields.time,
    clean: fields.clean === 1 && ((fields.state + fields.time) | 0) === orderlyState,
    fields,
  };
}
