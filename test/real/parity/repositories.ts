// Invariant: where an SMF repository was made on its way into the image says nothing about what is in it.
import { contentOf, piecesOf } from "../../../src/engine/image/inspect/mounted-image.ts";
import type { MountedImage } from "../../../src/engine/image/inspect/mounted-image.ts";
import { setDifferences } from "./sets.ts";

const repositories = ["etc/svc/repository.db", "usr/lib/brand/joyent-minimal/repository.db"];

/**
 * Differences of the records of two images' SMF repositories as the simulated zone writes them: text,
 * a record a line, with the folder from which a service was imported.
 */
export function repositoryDifferences(left: MountedImage, right: MountedImage): string[] {
  return repositories.flatMap((path) =>
    setDifferences(`SMF ${path}`, records(left, path), records(right, path)),
  );
}

function records(tree: MountedImage, path: string): string[] {
  const found = tree.find(path, true);
  if (found?.node.kind !== "file") return [];
  const pieces = [...piecesOf(contentOf(found))].map((piece) => Buffer.from(piece));
  const text = Buffer.concat(pieces).toString("latin1");
  return text
    .split("\n")
    .map((line) => line.replace(/\/\S*\/(?=lib\/|[^/\s]+$)/g, "").replace(/\.\d+$/, ""));
}
