// Invariant: what the builder itself puts into an image is put here by the builder's own functions,
// so that the counts agree; only a customize script of the tree's own can add what is not foreseen.
import { fromText } from "../../manifest/byte-text.ts";
import type { Layout } from "../../workspace/probes.ts";
import { readImageName } from "../build-stamp.ts";
import { findScripts } from "../customize/find-scripts.ts";
import { emptyAnew, emptyFile, stockSteps } from "../customize/stock-steps.ts";
import { gitStatus } from "../git-status.ts";
import type { ImageTree } from "../image-tree.ts";
import { reserveManifest } from "../md5-manifest.ts";
import { setRootLogin } from "../root-login.ts";
import { versionFiles } from "../version-files.ts";
import type { Findings } from "./findings.ts";

/** What decides which files the builder makes. */
export interface Foreseen {
  readonly root: string;
  readonly layout: Layout;
  /** PATH for git, SOURCE_DATE_EPOCH. */
  readonly env: NodeJS.ProcessEnv;
  readonly passwordHash?: string;
}

/** As long as any stamp, and any hash of the kind that the builder makes. */
const someStamp = "20000101T000000Z";
const someHash = `$5$${"x".repeat(16)}$${"x".repeat(43)}`;

/**
 * Makes a delivered tree what the builder makes of it before it is laid out: stock customize steps,
 * root's password, version files, empty files and the md5 manifest. Returns what cannot be
 * foreseen, a sentence each.
 */
export function foresee(tree: ImageTree, request: Foreseen, findings: Findings): readonly string[] {
  const { root, layout, env } = request;
  const name = readImageName(root, env["SOURCE_DATE_EPOCH"]);
  const stamp = name.ok ? name.value.stamp : someStamp;
  const { stock, scripts } = findScripts(root, stamp);
  if (stock !== undefined) stockSteps(tree, stamp);
  const locked = env["SOURCE_DATE_EPOCH"] !== undefined;
  const passwordHash = request.passwordHash ?? (locked ? "*LK*" : someHash);
  const login = setRootLogin(tree, { passwordHash, reproducible: locked, env }, "");
  if (!login.ok) findings.error("missing-file", fromText(login.failure.message));
  versionFiles(tree, { root, layout, stamp, status: gitStatus(root, layout, env) });
  const empty = layout === "modern" ? emptyAnew : emptyFile;
  for (const path of ["var/log/syslog", "var/adm/wtmpx"]) empty(tree, path);
  reserveManifest(tree, layout);
  return scripts.map(({ name }) => `What ${name} will add to the image is not counted.`);
}
