// Invariant: who may not mount gets a namespace of its own for the rounds that need a disk, without
// being another user in it; where the system has none, nothing is pretended.
import { spawn, spawnSync } from "node:child_process";

const namespace = ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"];

/** Words before a command whose processes may mount; empty: this user may; undefined: no way. */
export const mounting: readonly string[] | undefined = [[], namespace].find(
  (words) =>
    run([...words, ...["sh", "-c"], "mount -t tmpfs none /mnt && umount /mnt"]).status === 0,
);

function run([name = "", ...words]: readonly string[]): { readonly status: number | null } {
  return spawnSync(name, words, { stdio: "ignore" });
}

/** Runs this very program in such a world; its standard output. */
export function inSmallWorld(words: readonly string[]): Promise<string> {
  const [name = "", ...rest] = [...(mounting ?? []), process.execPath, ...process.execArgv];
  const child = spawn(name, [...rest, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  return new Promise((resolve) => {
    child.once("close", () => {
      resolve(text);
    });
  });
}
