// Invariant: reads what is installed on this machine and writes nothing; ends with 1 when our reader and
// another tool differ without a reason that stands in test/support/elf-compare.ts.
import { parseArgs } from "node:util";
import { defaultFolders } from "../../src/engine/audit/find-library.ts";
import { debianFolders, debianPlatform } from "../support/debian-platform.ts";
import {
  compareWithLddtree,
  compareWithReadelf,
  compareWithScanelf,
  objectsBelow,
  type Compared,
} from "../support/elf-compare.ts";
import { hasLddtree, hasTool } from "../support/elf-tools.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  // lddtree reads all that an object needs, each time anew: a minute or two for 3,000 objects.
  options: { "no-lddtree": { type: "boolean", default: false } },
});
const paths = objectsBelow(positionals.length > 0 ? positionals : ["/usr"]);
let differing = 0;

function tell(tool: string, isThere: boolean, run: () => Compared): void {
  if (!isThere) {
    console.log(`NOT COMPARED with ${tool}: it is not installed`);
    return;
  }
  const { objects, values: count, differences, explained } = run();
  differing += differences.length;
  console.log(`${tool}: ${objects} of ${paths.length} objects alike, ${count} values`);
  for (const [why, times] of explained) console.log(`  ${times} explained: ${why}`);
  for (const difference of differences) console.log(`  DIFFERENT ${difference}`);
}

tell("readelf", hasTool("readelf"), () => compareWithReadelf(paths));
tell("scanelf", hasTool("scanelf", "-V"), () => compareWithScanelf(paths));
tell("lddtree", !values["no-lddtree"] && hasLddtree(), () => {
  const platform = debianPlatform("/");
  return compareWithLddtree(paths, platform, defaultFolders(platform, debianFolders("/")));
});
console.log(`${differing} differences`);
process.exitCode = differing === 0 ? 0 : 1;
