// Invariant: every file of the list is read once; one that cannot be read never hides the others.
import { fromText } from "../manifest/byte-text.ts";
import type { ByteText } from "../manifest/byte-text.ts";
import type { UfsWriter } from "./format/ufs/writer.ts";
import { ownedLine } from "./entry-line.ts";
import type { ImageLog } from "./image-log.ts";
import type { FileNode } from "./image-tree.ts";
import type { PlaceFailure } from "./place.ts";
import { errorReason } from "./sources.ts";
import { NoTarget, streamContent } from "./stream-file.ts";
import type { Streamed } from "./stream-file.ts";
import { WriteError } from "./write-error.ts";

/** Where the files go: into a file system, or nowhere but through the hash. */
export type Destination =
  | {
      readonly writer: UfsWriter;
      readonly pathOf: (path: ByteText) => ByteText;
      /** False when their sums are known. */
      readonly hashing: boolean;
    }
  | undefined;

/** What is needed on the way. */
export interface PourContext {
  readonly log: ImageLog;
  /** Looked at several times a second; throws its reason. */
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface Poured {
  /** MD5 (hex) by path of the tree. */
  readonly sums: ReadonlyMap<ByteText, string>;
  readonly failures: readonly PlaceFailure[];
}

/** How long the event loop is held at a time: signals and the log wait for that long. */
const sliceMs = 40;

/**
 * Reads files, hashes them and writes them into a file system. A file that cannot be read, or an
 * image that cannot be written (which is thrown on), gets the log line of an entry that FAILED.
 */
export async function pour(
  files: readonly FileNode[],
  destination: Destination,
  { log, signal }: PourContext,
): Promise<Poured> {
  const sums = new Map<ByteText, string>();
  const failures: PlaceFailure[] = [];
  const nowhere = new NoTarget();
  let sliceEnd = performance.now() + sliceMs;
  for (const node of files) {
    let streamed: Streamed;
    try {
      if (destination === undefined) streamed = streamContent(node.content, nowhere);
      else {
        const { writer, pathOf, hashing } = destination;
        writer.beginFile(pathOf(node.path));
        streamed = streamContent(node.content, writer, hashing);
        writer.endFile();
      }
    } catch (error) {
      if (error instanceof WriteError) {
        const reason = `cannot write ${error.path}: ${errorReason(error.cause)}`;
        log.bytes(failedLine(node, fromText(reason)));
        await log.flush();
      }
      throw error;
    }
    if ("md5" in streamed) sums.set(node.path, streamed.md5);
    else {
      const reason = fromText(`cannot read ${sourceName(node)}: ${streamed.problem}`);
      log.bytes(failedLine(node, reason));
      failures.push(failureOf(node, reason));
    }
    if (performance.now() >= sliceEnd) {
      await log.flush();
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      sliceEnd = performance.now() + sliceMs;
    }
  }
  return { sums, failures };
}

function sourceName({ path, content }: FileNode): string {
  return content.kind === "source" ? String(content.path) : path;
}

function failedLine(node: FileNode, reason: ByteText): ByteText {
  const { entry, path, uid, gid } = node;
  if (entry !== undefined) return ownedLine(entry, { uid, gid }, { ok: false, reason });
  const mode = node.mode.toString(8).padStart(4, "0");
  return `FILE: [${path}][${mode}][${uid}/${uid}][${gid}/${gid}]: FAILED (${reason})`;
}

function failureOf({ entry, path }: FileNode, reason: ByteText): PlaceFailure {
  const { file, line, text } = entry ?? { file: "tools/customize", line: 0, text: path };
  return { file, line, text, path, reason };
}
