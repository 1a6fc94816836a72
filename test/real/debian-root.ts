// Invariant: a root of Debian that was made by debootstrap is only copied; without one and without a way
// to make one it says so loudly and ends well. Ends with 1 when a planted fault is not found, or when
// something else is found that debian/known.audit does not explain.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { debianFolders } from "../support/debian-platform.ts";
import { hasTool } from "../support/elf-tools.ts";
import { Random } from "../support/random.ts";
import { run } from "../support/smartbuild.ts";
import { plantFaults } from "./debian/faults.ts";
import { Planting } from "./debian/planting.ts";
import { debianWorkspace, type DebianWorkspace } from "./debian/workspace.ts";

const { values } = parseArgs({
  options: {
    // A root that was made before, e.g. of an earlier run with --keep; else one is made, in two minutes.
    root: { type: "string" },
    keep: { type: "string" },
    suite: { type: "string", default: "bookworm" },
    mirror: { type: "string", default: "http://deb.debian.org/debian" },
    seed: { type: "string", default: "8" },
    rounds: { type: "string", default: "1" },
  },
});

function skip(why: string): never {
  console.log(`THE DEBIAN ROOT IS NOT TESTED: ${why}`);
  process.exit(0);
}

/** What `audit` says of a workspace: keys of new and known findings, and lines that match nothing. */
interface Said {
  readonly fresh: ReadonlySet<string>;
  readonly known: number;
  readonly outdated: readonly string[];
}

interface Finding {
  readonly kind: string;
  readonly path: string;
  readonly detail: string;
}

async function audit({ tree, proto }: DebianWorkspace): Promise<Said> {
  const folders = debianFolders(proto).join(":");
  const { stdout, stderr } = await run(["audit", "--json", "--library-path", folders], {
    cwd: tree.root,
  });
  if (stdout === "") throw new Error(stderr);
  const said = JSON.parse(stdout) as {
    readonly fresh: readonly Finding[];
    readonly known: readonly Finding[];
    readonly outdated: readonly { readonly key: string }[];
  };
  const keys = said.fresh.map(({ kind, path, detail }) =>
    [kind, path, ...(detail === "" ? [] : [detail])].join(" "),
  );
  const outdated = said.outdated.map(({ key }) => key);
  return { fresh: new Set(keys), known: said.known.length, outdated };
}

function tell(what: string, keys: readonly string[]): number {
  for (const key of keys) console.log(`  ${what}: ${key}`);
  return keys.length;
}

if (process.getuid?.() !== 0) skip("only root can make one, and look at it from inside (chroot).");
if (!hasTool("patchelf")) skip("there is no patchelf here.");
if (!hasTool("readelf")) skip("there is no readelf here.");
const scratch = mkdtempSync(join(tmpdir(), "smartbuild-debian-"));
// Also when it is skipped half-way.
process.on("exit", () => {
  rmSync(scratch, { recursive: true, force: true });
});
let wrong = 0;
const root = values.root ?? values.keep ?? join(scratch, "root");
if (values.root === undefined) {
  if (!hasTool("debootstrap")) skip("there is no debootstrap here.");
  const packages = "--include=perl,python3-minimal,curl";
  const words = ["--variant=minbase", packages, values.suite, root, values.mirror];
  const made = spawnSync("debootstrap", words, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (made.status !== 0) skip(`debootstrap failed: ${made.stdout.trim().split("\n").at(-1) ?? ""}`);
}
for (let round = 0; round < Number(values.rounds); round++) {
  const seed = Number(values.seed) + round;
  const workspace = debianWorkspace(root);
  const { tree } = workspace;
  const write = (path: string, text: string): void => {
    tree.write(path, text);
  };
  try {
    copyFileSync(
      join(import.meta.dirname, "debian/known.audit"),
      join(tree.root, "smartbuild.audit"),
    );
    const planting = new Planting(workspace, new Random(seed));
    const { objects, scripts, ends, expected } = planting;
    if (round === 0) {
      planting.finish(write);
      const clean = await audit(workspace);
      const counts = `${objects.size} objects, ${scripts.size} scripts, ${ends.size} links`;
      console.log(`as Debian has it (${counts}): ${clean.known} findings, all known`);
      wrong += tell("NOT EXPLAINED", [...clean.fresh]);
      // A newer Debian may be sounder: no fault of ours.
      tell("explained, and not found", clean.outdated);
    }
    plantFaults(planting);
    planting.finish(write);
    const { fresh } = await audit(workspace);
    const kinds = new Set([...expected].map((key) => key.split(" ", 1)[0]));
    console.log(`seed ${seed}: ${expected.size} findings planted, of ${kinds.size} kinds`);
    wrong += tell(
      "NOT FOUND",
      [...expected].filter((key) => !fresh.has(key)),
    );
    wrong += tell(
      "NOT PLANTED",
      [...fresh].filter((key) => !expected.has(key)),
    );
  } finally {
    tree.remove();
  }
}
console.log(
  wrong === 0 ? "every planted fault was found, and nothing else" : `${wrong} differences`,
);
process.exitCode = wrong === 0 ? 0 : 1;
