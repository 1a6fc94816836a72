// Invariant: no byte of 0x80 or above leaves through it.
import { asciiText } from "../ui/ascii.ts";

/** The same output, with other characters written as their like, or as `?`. */
export function plainAscii(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (data: string | Uint8Array, ...rest: readonly never[]): boolean =>
    stdout.write(typeof data === "string" ? asciiText(data) : data, ...rest);
  return new Proxy(stdout, {
    get(target, name): unknown {
      if (name === "write") return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
