// Invariant: offsets, widths and byte order of a structure stand in its table and nowhere else.

/** How a number is stored; a `u64` is exact up to 2^53. */
export type FieldType = "u8" | "i16" | "u16" | "i32" | "u32" | "u64";

/** Offset in bytes, type, and for an array its length. */
export type Field = readonly [offset: number, type: FieldType, length?: number];

/** A structure's fields by name. */
export type Fields = Readonly<Record<string, Field>>;

/** What a structure holds: a number a field, an array of them for an array. */
export type FieldValues<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends readonly [number, FieldType, number]
    ? readonly number[]
    : number;
};

const widths: Readonly<Record<FieldType, number>> = {
  ...{ u8: 1, i16: 2, u16: 2, i32: 4, u32: 4, u64: 8 },
};

function readNumber(view: DataView, offset: number, type: FieldType, little: boolean): number {
  switch (type) {
    case "u8":
      return view.getUint8(offset);
    case "i16":
      return view.getInt16(offset, little);
    case "u16":
      return view.getUint16(offset, little);
    case "i32":
      return view.getInt32(offset, little);
    case "u32":
      return view.getUint32(offset, little);
    case "u64":
      return Number(view.getBigUint64(offset, little));
  }
}

function writeNumber(
  view: DataView,
  offset: number,
  type: FieldType,
  little: boolean,
  value: number,
): void {
  switch (type) {
    case "u8":
      view.setUint8(offset, value);
      break;
    case "i16":
    case "u16":
      view.setUint16(offset, value, little);
      break;
    case "i32":
    case "u32":
      view.setUint32(offset, value, little);
      break;
    case "u64":
      view.setBigUint64(offset, BigInt(value), little);
      break;
  }
}

/** A fixed structure on disk. */
export class Structure<F extends Fields> {
  /** Bytes of the whole structure, also of what has no field. */
  readonly bytes: number;
  readonly #fields: F;
  readonly #little: boolean;

  constructor(bytes: number, byteOrder: "little-endian" | "big-endian", fields: F) {
    this.bytes = bytes;
    this.#fields = fields;
    this.#little = byteOrder === "little-endian";
  }

  /** The fields of the structure that starts at `offset`. */
  read(bytes: Uint8Array, offset = 0): FieldValues<F> {
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset, this.bytes);
    const values: Record<string, number | readonly number[]> = {};
    for (const name of Object.keys(this.#fields)) {
      const field = this.#fields[name];
      if (field === undefined) continue;
      const [start, type, length] = field;
      values[name] =
        length === undefined
          ? readNumber(view, start, type, this.#little)
          : Array.from({ length }, (_, index) =>
              readNumber(view, start + index * widths[type], type, this.#little),
            );
    }
    return values as FieldValues<F>;
  }

  /** Writes every field at `offset`; bytes without a field keep their value. */
  write(values: FieldValues<F>, bytes: Uint8Array, offset = 0): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset, this.bytes);
    for (const name of Object.keys(this.#fields)) {
      const field = this.#fields[name];
      const value: number | readonly number[] | undefined = values[name];
      if (field === undefined || value === undefined) throw new Error(`no value for ${name}`);
      const [start, type, length] = field;
      const list = typeof value === "number" ? [value] : value;
      if (list.length !== (length ?? 1)) throw new Error(`${name} has ${list.length} values`);
      list.forEach((each, index) => {
        writeNumber(view, start + index * widths[type], type, this.#little, each);
      });
    }
  }
}
