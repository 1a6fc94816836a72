// Invariant: an edit changes one line, or adds one; every other byte of the file is kept.

/** The bytes of a file of lines, read as latin1 so that nothing is lost. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** Bytes of a text that may hold characters beyond latin1. */
function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** A place in a file of lines: which line holds it, and how the line is written. */
interface Slot {
  /** Matches the whole line without its end; group 1 is kept, then the value, then group 2. */
  readonly pattern: RegExp;
  /** A line that is not there yet, without the value. */
  readonly prefix: string;
}

function edited(bytes: Uint8Array, slot: Slot, value: string | undefined): Buffer {
  const lines: string[] = [...(textOf(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? [])];
  const at = lines.findLastIndex((line) => slot.pattern.test(line.replace(/\r?\n$/, "")));
  const old = lines[at];
  if (old === undefined) {
    if (value === undefined) return Buffer.from(bytes);
    const last = lines.at(-1) ?? "\n";
    const end = last.endsWith("\r\n") ? "\r\n" : "\n";
    if (!last.endsWith("\n")) lines.push("\n");
    lines.push(latin1(slot.prefix + value) + end);
  } else if (value === undefined) {
    lines.splice(at, 1);
  } else {
    const end = /\r?\n$/.exec(old)?.[0] ?? "";
    const body = old.slice(0, old.length - end.length);
    const [, head = "", tail = ""] = slot.pattern.exec(body) ?? [];
    lines[at] = head + latin1(value) + tail + end;
  }
  return Buffer.from(lines.join(""), "latin1");
}

function escaped(text: string): string {
  return latin1(text).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Gives `NAME=VALUE` a value (undefined: takes the line away); the last line of the name counts. */
export function editPair(bytes: Uint8Array, name: string, value: string | undefined): Buffer {
  const pattern = new RegExp(`^(\\s*${escaped(name)}\\s*=[ \\t]*).*?([ \\t]*)$`);
  return edited(bytes, { pattern, prefix: `${name}=` }, value);
}

/**
 * Gives a line `-x ARGUMENT` an argument (empty: the flag takes none); undefined takes all lines of
 * the flag away.
 */
export function editFlag(bytes: Uint8Array, letter: string, argument: string | undefined): Buffer {
  const pattern = new RegExp(`^(\\s*-${escaped(letter)}[ \\t]*).*?([ \\t]*)$`);
  if (argument !== undefined) {
    const isNew = bytes.length === 0;
    const start = isNew
      ? Buffer.from("# Flags that smartbuild gives to ./configure, one a line.\n")
      : bytes;
    return edited(
      start,
      { pattern, prefix: argument === "" ? `-${letter}` : `-${letter} ` },
      argument,
    );
  }
  let left = edited(bytes, { pattern, prefix: "" }, undefined);
  for (let size = bytes.length; left.length < size;) {
    size = left.length;
    left = edited(left, { pattern, prefix: "" }, undefined);
  }
  return left;
}

/** The same for a line `repository: branch` of configure-branches. */
export function editBranch(
  bytes: Uint8Array,
  repository: string,
  branch: string | undefined,
): Buffer {
  const pattern = new RegExp(`^(${escaped(repository)}: )[^ ]*(.*)$`);
  return edited(bytes, { pattern, prefix: `${repository}: ` }, branch);
}

/** The same for a line of configure-projects: what follows the folder, `branch:url`. */
export function editProject(bytes: Uint8Array, folder: string, rest: string | undefined): Buffer {
  const spaced = Array.from(folder, escaped).join("[ \\t]*");
  const pattern = new RegExp(`^([ \\t]*${spaced}[ \\t]*:[ \\t]*).*?([ \\t]*)$`);
  return edited(bytes, { pattern, prefix: `${folder}:` }, rest);
}

/** Gives the first line a text; undefined takes it away. */
export function editFirstLine(bytes: Uint8Array, value: string | undefined): Buffer {
  const text = textOf(bytes);
  const [first = "", end = ""] = /^([^\n]*?)(\r?\n|$)/.exec(text)?.slice(1) ?? [];
  const rest = text.slice(first.length + end.length);
  if (value === undefined) return Buffer.from(rest, "latin1");
  return Buffer.from(latin1(value) + (end === "" ? "\n" : end) + rest, "latin1");
}
