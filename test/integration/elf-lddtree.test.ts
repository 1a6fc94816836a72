// Invariant: with Debian's default folders, our rules find a library where lddtree finds it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { defaultFolders } from "../../src/engine/audit/find-library.ts";
import { debianFolders, debianPlatform } from "../support/debian-platform.ts";
import { compareWithLddtree, objectsBelow } from "../support/elf-compare.ts";
import { hasTool, hasLddtree } from "../support/elf-tools.ts";
import { Random } from "../support/random.ts";

const seed = 8;
const sample = 60;

describe("the libraries rule", () => {
  it("finds needed libraries of this machine's programs where lddtree finds them", (t) => {
    if (!hasTool("dpkg") || !hasLddtree()) {
      t.skip(
        "NOT COMPARED: there is no lddtree here (pax-utils, python3-pyelftools), or no Debian",
      );
      return;
    }
    const random = new Random(seed);
    const all = objectsBelow(["/usr/bin", "/usr/sbin", "/usr/libexec"]);
    const paths = random.shuffle([...all]).slice(0, sample);
    const platform = debianPlatform("/");
    const defaults = defaultFolders(platform, debianFolders("/"));
    const { objects, values, differences } = compareWithLddtree(paths, platform, defaults);
    t.diagnostic(`seed ${seed}: ${objects} programs, ${values} libraries`);
    assert.deepEqual(differences, []);
    assert.ok(objects > 10 && values > objects, `${objects} programs, ${values} libraries`);
  });
});
