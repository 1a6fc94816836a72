// Invariant: no byte of 0x80 or above leaves through it.

/** Signs of ours that have a like in ASCII. */
const likes: Readonly<Record<string, string>> = {
  "✓": "+",
  "✗": "x",
  "●": "*",
  "·": ".",
  "…": "...",
  "→": "->",
  "–": "-",
  "×": "x",
};

/** The same output, with other characters written as their like, or as `?`. */
export function plainAscii(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (data: string | Uint8Array, ...rest: readonly never[]): boolean => {
    if (typeof data !== "string") return stdout.write(data, ...rest);
    const plain = data.replace(/[^\0-\x7f]/gu, (character) => likes[character] ?? "?");
    return stdout.write(plain, ...rest);
  };
  return new Proxy(stdout, {
    get(target, name): unknown {
      if (name === "write") return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
