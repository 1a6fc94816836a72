// Invariant: a component is named for a path only where a line of its log put the file there.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readInstallers, withInstallers } from "../../src/engine/image/shipped/installers.ts";
import type { ShippedEntry } from "../../src/engine/manifest/query.ts";
import { extraSteps } from "../../src/stages/extra-steps.ts";

const root = mkdtempSync(join(tmpdir(), "smartbuild-installers-"));
after(() => {
  rmSync(root, { recursive: true });
});
const proto = "/ws/proto";
let builds = 0;

function build(logs: Readonly<Record<string, readonly string[]>>): void {
  builds += 1;
  const folder = join(root, `000${builds}-20260101T00000${builds}Z`);
  mkdirSync(folder);
  for (const [name, lines] of Object.entries(logs)) {
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  }
}

const read = (): Promise<ReadonlyMap<string, string>> =>
  readInstallers({
    logFolder: root,
    stage: "extra",
    components: ["gzip", "curl", "less", "openssl"],
    begins: extraSteps.map(({ pattern }) => pattern),
    proto,
  });

test("install, cp, ln and mv tell which component made a file, whatever their form", async () => {
  build({
    "extra.1.log": [
      ` /usr/bin/install -c early ${proto}/usr/bin/early`,
      "========== building gzip ==========",
      "(cd gzip-1.3.5-32; \\",
      `/bin/bash ./mkinstalldirs ${proto}/usr/bin`,
      ` /usr/bin/install -c gzexe ${proto}/usr/bin/gzexe`,
      `  /usr/bin/install -c -m 644 a.h b.h '${proto}/usr/include/gz'`,
      `    /usr/bin/install -c -m 644 libintl.a ${proto}//usr/lib/libintl.a; \\`,
      `gcc -o x x.o ${proto}/usr/lib/libz.so`,
      `ln -sf gzip ${proto}/usr/bin/gzcat && ln -f ${proto}/usr/bin/gzip ${proto}/usr/bin/gunzip`,
      "(cd curl && PKG_CONFIG_LIBDIR= gmake install)",
      `libtool: install: ginstall -c .libs/curl ${proto}/usr/bin/curl`,
      `/usr/sbin/install -m 0755 -f ${proto}/usr/lib libcurl.so`,
      "(cd doc && gmake install)",
      `install -m 0555 curl-config ${proto}/usr/bin`,
      `install -c strap /ws/proto.strap/usr/bin/strap`,
      `cp page ${proto}/usr/bin/gzexe`,
    ],
  });
  const found = await read();
  const expected = {
    "usr/bin/early": undefined,
    "usr/bin/gzexe": "curl",
    "usr/include/gz/a.h": "gzip",
    "usr/include/gz/b.h": "gzip",
    "usr/lib/libintl.a": "gzip",
    "usr/lib/libz.so": undefined,
    "usr/bin/gzcat": "gzip",
    "usr/bin/gunzip": "gzip",
    "usr/bin/curl": "curl",
    "usr/lib/libcurl.so": "curl",
    "usr/bin/curl-config": "curl",
    "usr/bin/strap": undefined,
  };
  for (const [path, by] of Object.entries(expected)) assert.equal(found.get(path), by, path);
});

test("a newer log counts more than an older one, and a component alone has its own", async () => {
  build({
    "extra.1.log": ["========== building less =========="],
    "extra.2.log": ["========== building less ==========", `cp less ${proto}/usr/bin/less`],
    "extra+openssl.1.log": [`install openssl ${proto}/usr/bin/openssl`],
    "illumos.1.log": [`install -c ls ${proto}/usr/bin/ls`],
  });
  build({ "extra.1.log": ["(cd less && \\", `mv tmp ${proto}/usr/bin/curl`] });
  const found = await read();
  assert.equal(found.get("usr/bin/less"), "less");
  assert.equal(found.get("usr/bin/openssl"), "openssl");
  assert.equal(found.get("usr/bin/curl"), "less");
  assert.equal(found.get("usr/bin/gzcat"), "gzip");
  assert.equal(found.get("usr/bin/ls"), undefined);
});

test("only entries of the group that ship from the proto area get a component", () => {
  const entry = (fields: Partial<ShippedEntry>): ShippedEntry => ({
    path: "usr/bin/a",
    type: "f",
    mode: 0o555,
    user: "root",
    group: "bin",
    target: undefined,
    size: 1,
    component: "illumos-extra",
    lines: [],
    source: "proto",
    shadows: [],
    modified: 1,
    awaits: undefined,
    state: "ok",
    states: ["ok"],
    findings: [],
    ...fields,
  });
  const named = withInstallers(
    [
      entry({}),
      entry({ source: "overlay/site" }),
      entry({ component: "illumos" }),
      entry({ type: "d" }),
      entry({ path: "usr/bin/b", type: "h", target: "usr/bin/a", source: undefined }),
      entry({ path: "usr/bin/c" }),
    ],
    "illumos-extra",
    new Map([["usr/bin/a", "curl"]]),
  );
  assert.deepEqual(
    named.map(({ component }) => component),
    [
      "illumos-extra/curl",
      "illumos-extra",
      "illumos",
      "illumos-extra",
      "illumos-extra/curl",
      "illumos-extra",
    ],
  );
});
