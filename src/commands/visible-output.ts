// Invariant: no control character leaves through it but newline and tab; bytes pass as they are.

const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

const originals = new WeakMap<NodeJS.WriteStream, NodeJS.WriteStream>();

/** The same output; what would steer the terminal is spelled out in what is written as text. */
export function visibleOutput(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (data: string | Uint8Array, ...rest: readonly never[]): boolean =>
    stream.write(typeof data === "string" ? data.replace(control, spelledOut) : data, ...rest);
  const visible = proxied(stream, write);
  originals.set(visible, stream);
  return visible;
}

/** An output on which bytes, too, are shown as text. */
export function bytesAsText(stream: NodeJS.WritableStream): NodeJS.WritableStream {
  const write = (data: string | Uint8Array, ...rest: readonly never[]): boolean =>
    stream.write(Buffer.from(data).toString("utf8").replace(control, spelledOut), ...rest);
  return proxied(stream, write);
}

/** The stream behind it, for the console, which draws. */
export function drawingOutput(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return originals.get(stream) ?? stream;
}

function proxied<T extends NodeJS.WritableStream>(stream: T, write: unknown): T {
  return new Proxy(stream, {
    get(target, name): unknown {
      if (name === "write") return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** JSON spells out what is below; what is above is so written that JSON stays what it was. */
function spelledOut(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return character < " " ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}
