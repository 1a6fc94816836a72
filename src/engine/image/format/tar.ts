// Invariant: bytes depend on the arguments alone; plain ustar (POSIX.1-1988), with a pax record
// (POSIX.1-2001) before an entry only for what ustar cannot hold.

/** What a header says of an entry. Names are bytes in latin1 strings; ids and sizes are integers. */
export interface TarHeader {
  readonly type: "directory" | "file" | "symlink" | "hardlink";
  /** Relative; a directory's slash is added here. */
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** Bytes of a file's content; nothing else has content. */
  readonly size?: number;
  /** Text of a symlink, or the path of the entry a hard link shares its content with. */
  readonly target?: string;
}

/** Everything in a tar file stands in blocks of this many bytes. */
export const tarBlock = 512;

const typeFlags = { file: "0", hardlink: "1", symlink: "2", directory: "5" } as const;
const largestId = 0o7777777;
const largestSize = 0o77777777777;

/** Splits a path over ustar's two fields (155 and 100 bytes); undefined when it does not fit. */
function splitPath(path: string): { prefix: string; name: string } | undefined {
  if (path.length <= 100) return { prefix: "", name: path };
  // The slash at the cut is in neither field; a directory's last slash must stay in the name.
  const cut = path.indexOf("/", Math.max(0, path.length - 101));
  if (cut < 1 || cut > 155 || cut >= path.length - 1) return undefined;
  return { prefix: path.slice(0, cut), name: path.slice(cut + 1) };
}

interface HeaderFields extends Omit<TarHeader, "type" | "target" | "size"> {
  readonly typeFlag: string;
  readonly prefix: string;
  readonly target: string;
  readonly size: number;
}

function headerBlock(fields: HeaderFields): Buffer {
  const block = Buffer.alloc(tarBlock);
  const text = (value: string, offset: number, width: number): void => {
    block.write(value, offset, width, "latin1");
  };
  const octal = (value: number, offset: number, width: number): void => {
    text(value.toString(8).padStart(width - 1, "0"), offset, width);
  };
  text(fields.path, 0, 100);
  octal(fields.mode & 0o7777, 100, 8);
  octal(Math.min(fields.uid, largestId), 108, 8);
  octal(Math.min(fields.gid, largestId), 116, 8);
  octal(fields.size > largestSize ? 0 : fields.size, 124, 12);
  octal(Math.min(Math.max(0, fields.mtime), largestSize), 136, 12);
  text("        ", 148, 8);
  text(fields.typeFlag, 156, 1);
  text(fields.target, 157, 100);
  text("ustar\x0000", 257, 8);
  // User and group names stay empty: unpacked on another system, the numbers are the image's.
  octal(0, 329, 8);
  octal(0, 337, 8);
  text(fields.prefix, 345, 155);
  let sum = 0;
  for (const byte of block) sum += byte;
  text(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8);
  return block;
}

/** One pax record: `LENGTH KEY=VALUE\n`, where LENGTH counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length++;
  return `${length}${rest}`;
}

/** Zero bytes needed after `size` bytes of content. */
export function tarPadding(size: number): number {
  return (tarBlock - (size % tarBlock)) % tarBlock;
}

/** The blocks before an entry's content: its header, and a pax record where ustar is too narrow. */
export function tarHeader(header: TarHeader): Buffer {
  const { type, target = "", size = 0, uid, gid, mtime } = header;
  const path = type === "directory" ? `${header.path}/` : header.path;
  const split = splitPath(path);
  const records: string[] = [];
  if (split === undefined) records.push(paxRecord("path", path));
  if (target.length > 100) records.push(paxRecord("linkpath", target));
  if (size > largestSize) records.push(paxRecord("size", String(size)));
  if (uid > largestId) records.push(paxRecord("uid", String(uid)));
  if (gid > largestId) records.push(paxRecord("gid", String(gid)));
  const block = headerBlock({
    ...{ typeFlag: typeFlags[type], mode: header.mode, uid, gid, mtime, size },
    ...{ path: split?.name ?? path.slice(0, 100), prefix: split?.prefix ?? "" },
    target: target.slice(0, 100),
  });
  if (records.length === 0) return block;
  const pax = Buffer.from(records.join(""), "latin1");
  const paxHeader = headerBlock({
    ...{ typeFlag: "x", mode: 0o644, uid: 0, gid: 0, mtime, size: pax.length },
    ...{ path: `PaxHeaders/${path.slice(-80).replace(/\/$/, "")}`, prefix: "", target: "" },
  });
  return Buffer.concat([paxHeader, pax, Buffer.alloc(tarPadding(pax.length)), block]);
}

/** What ends an archive of `length` bytes: two empty blocks, then up to a record of 20 blocks. */
export function tarEnd(length: number): Buffer {
  const record = 20 * tarBlock;
  const whole = Math.ceil((length + 2 * tarBlock) / record) * record;
  return Buffer.alloc(whole - length);
}
