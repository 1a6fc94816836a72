// Invariant: a text is copied whole or goes whole to a file of its owner's; never in part.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Terminals take no longer OSC 52 than this, counted as base64. */
const mostEncoded = 74_994;

/** Copies a text; the sentence that says how much and how. */
export function copyText(
  text: string,
  terminal: Pick<NodeJS.WriteStream, "write" | "isTTY">,
  env: NodeJS.ProcessEnv,
): string {
  const encoded = Buffer.from(text).toString("base64");
  const size = `${String(Buffer.byteLength(text))} bytes`;
  if (encoded.length > mostEncoded || !terminal.isTTY) {
    const path = join(mkdtempSync(join(tmpdir(), "smartbuild-copy-")), "text");
    writeFileSync(path, text, { mode: 0o600 });
    return `Copied ${size} via ${path}`;
  }
  // tmux keeps to itself what programs in it copy, unless it is told so; its own command works.
  if (env["TMUX"] !== undefined && env["TMUX"] !== "") {
    const loaded = spawnSync("tmux", ["load-buffer", "-w", "-"], {
      input: text,
      stdio: ["pipe", "ignore", "ignore"],
      timeout: 1000,
    });
    if (loaded.status === 0) return `Copied ${size} via tmux.`;
  }
  terminal.write(`\x1b]52;c;${encoded}\x07`);
  return `Copied ${size} via OSC 52.`;
}
