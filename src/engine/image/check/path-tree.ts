// Invariant: a path is resolved as a kernel would with this tree as its root: never above it, never
// on the machine it runs on.
import type { ByteText } from "../../manifest/byte-text.ts";

/** What stands at a path; a link holds its text. */
export type PathNode =
  | { readonly kind: "directory" }
  | { readonly kind: "other" }
  | { readonly kind: "link"; readonly target: ByteText };

/** Where following a path ends. */
export type Resolved =
  | { readonly kind: "found"; readonly path: ByteText }
  /** `path` is the first part that is not there, `wanted` all that was asked for below it. */
  | { readonly kind: "missing"; readonly path: ByteText; readonly wanted: ByteText }
  | { readonly kind: "loop" };

/** As many links as illumos follows in one path. */
const mostLinks = 20;

/** Paths (relative, normalized) and what stands at them. */
export class PathTree {
  readonly #nodes = new Map<ByteText, PathNode>();

  /** Adds a path; what was there before is replaced. */
  set(path: ByteText, node: PathNode): void {
    this.#nodes.set(path, node);
  }

  has(path: ByteText): boolean {
    return this.#nodes.has(path);
  }

  /** Follows `target` as the text of a link at `linkPath`, through further links. */
  follow(linkPath: ByteText, target: ByteText): Resolved {
    const at = target.startsWith("/") ? [] : linkPath.split("/").slice(0, -1);
    const rest = target.split("/").reverse();
    let links = 1;
    for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
      if (part === "" || part === ".") continue;
      if (part === "..") {
        at.pop();
        continue;
      }
      at.push(part);
      const path = at.join("/");
      const node = this.#nodes.get(path);
      if (node === undefined) return missing(path, rest);
      if (node.kind !== "link") {
        const isLast = rest.every((word) => word === "" || word === ".");
        if (node.kind === "other" && !isLast) return missing(path, rest);
        continue;
      }
      if (++links > mostLinks) return { kind: "loop" };
      if (node.target.startsWith("/")) at.length = 0;
      else at.pop();
      rest.push(...node.target.split("/").reverse());
    }
    return { kind: "found", path: at.join("/") };
  }
}

/** `rest`: the names still to be looked up, last one first. */
function missing(path: ByteText, rest: readonly ByteText[]): Resolved {
  const names = rest.filter((name) => name !== "" && name !== ".").reverse();
  return { kind: "missing", path, wanted: [path, ...names].join("/") };
}
