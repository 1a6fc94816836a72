// Invariant: every tree here is a real folder, and every kind of finding is caused by exactly what
// its test writes.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import type { CheckRequest, ImageCheck } from "../../src/engine/image/check/check-image.ts";
import { checkImage } from "../../src/engine/image/check/check-image.ts";
import type { FindingKind } from "../../src/engine/image/check/finding.ts";
import { underFiles } from "../../src/engine/image/under-files.ts";
import { placeText } from "../../src/engine/manifest/provenance.ts";

const work = fs.mkdtempSync(join(tmpdir(), "image-check-"));
after(() => {
  fs.rmSync(work, { recursive: true });
});
let trees = 0;

/** A modern workspace; `files` by path below it. */
function tree(files: Readonly<Record<string, string | Buffer>>): string {
  const root = join(work, String(trees++));
  const all = {
    "proto/etc/passwd": "root:x:0:0::/root:/sbin/sh\n",
    "proto/etc/group": "root::0:\nbin::2:\nsys::3:\n",
    "proto/etc/shadow": "root:NP:6445::::::\n",
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    fs.mkdirSync(dirname(join(root, path)), { recursive: true });
    fs.writeFileSync(join(root, path), content);
  }
  return root;
}

function link(root: string, path: string, target: string): void {
  fs.mkdirSync(dirname(join(root, path)), { recursive: true });
  fs.symlinkSync(target, join(root, path));
}

function check(root: string, request: Partial<CheckRequest> = {}): ImageCheck {
  const result = checkImage({
    ...{ root, layout: "modern", manifest: join(root, "manifest.d") },
    ...{ searchDirs: [join(root, "proto")], proto: join(root, "proto") },
    sizes: { root: { kib: 8192, density: 8192 }, usr: { kib: 8192, density: 8192 } },
    env: process.env,
    ...request,
  });
  assert.ok(result.ok, "the check did not run");
  return result.value;
}

/** Severity, message and places of the findings of one kind. */
function found({ findings }: ImageCheck, kind: FindingKind): string[][] {
  return findings
    .filter((finding) => finding.kind === kind)
    .map(({ severity, message, places }) => [severity, message, ...places.map(placeText)]);
}

const base =
  "d etc 0755 root sys\nf etc/shadow 0400 root sys\nd usr 0755 root sys\nd usr/bin 0755 root bin\n";

/** The findings of a kind in a tree whose illumos component adds these lines to the base. */
function foundFor(kind: FindingKind, lines: string, files: Record<string, string> = {}) {
  const all = { ...files, "manifest.d/illumos.manifest": `${base}${lines}` };
  return found(check(tree(all)), kind);
}

const at = (line: number): string => `manifest.d/illumos.manifest:${line}`;

describe("checkImage", () => {
  it("finds nothing in a sound tree, and says what its images need", () => {
    const manifest = `${base}f etc/motd 0644 root sys\nf usr/bin/ls 0555 root bin
h usr/bin/dir=usr/bin/ls\ns bin=./usr/bin\ns etc/dev=../dev/console\n`;
    const files = { "proto/etc/motd": "hello", "proto/usr/bin/ls": "x".repeat(5001) };
    const root = tree({ "manifest.d/illumos.manifest": manifest, ...files });
    const result = check(root);
    assert.deepEqual(
      result.findings.filter(({ kind }) => kind !== "under-file"),
      [],
    );
    assert.equal(result.entries, 9);
    const [rootImage, usrImage] = result.forecast.images;
    // 0 and 1, /, lost+found, etc, usr, motd, shadow, bin, dev, usr.lgz; usr/bin with ls and sh;
    // what the builder makes: release, versions/build, syslog and wtmpx with their folders.
    assert.equal(rootImage?.needs.inodes, 14 + 3 + 5);
    // 0 and 1, /, lost+found, bin, ls, share/smartos/manifest.
    assert.equal(usrImage?.needs.inodes, 6 + 3);
    // / and bin one each, lost+found four, ls five, share/smartos/manifest one each.
    assert.equal(usrImage.needs.fragments, 11 + 3);
    assert.ok(rootImage.fits && usrImage.fits);
    assert.deepEqual(
      result.contributions.map((row) => [row.component, row.image, row.entries, row.kib]),
      [
        ["illumos", "usr", 3, 5],
        ["illumos", "root", 6, 4],
      ],
    );
    assert.deepEqual(result.largest[0], {
      ...{ path: "usr/bin/ls", component: "illumos", image: "usr", kib: 5 },
    });
  });

  it("names malformed lines", () => {
    const lines =
      "x etc/what 0644 root sys\nf etc/short 0644 root\ns usr/bin/x\nf /etc/a 0644 root sys\nword\n";
    assert.deepEqual(
      foundFor("malformed-line", lines).sort(),
      [
        ["error", "the line has one word, so the sorter removes it: word", at(9)],
        [
          "error",
          "the line starts with 'x', not with d, f, s or h: x etc/what 0644 root sys",
          at(5),
        ],
        [
          "error",
          "the path must be relative to the root of the image: f /etc/a 0644 root sys",
          at(8),
        ],
        ["error", "invalid symlink target: write new=target: s usr/bin/x", at(7)],
        [
          "error",
          "wrong number of arguments for file (`f path mode user group`): f etc/short 0644 root",
          at(6),
        ],
      ].sort(),
    );
  });

  it("names bad modes and modes that look like mistakes", () => {
    const lines = "f etc/a 0689 root sys\nf etc/b 044 root sys\nd usr/lib 07555 root bin\n";
    const files = { "proto/etc/a": "", "proto/etc/b": "" };
    assert.deepEqual(foundFor("bad-mode", lines, files), [
      [
        "error",
        "the mode '0689' is not octal, 3 to 5 digits, up to 07777: f etc/a 0689 root sys",
        at(5),
      ],
    ]);
    assert.deepEqual(foundFor("odd-mode", lines, files), [
      ["warning", "usr/lib: 7555 makes a directory setuid, which means nothing", at(7)],
      ["warning", "etc/b: 0044 lets others read what its owner may not", at(6)],
    ]);
  });

  it("names missing files, and what stands in their place", () => {
    const lines = "f etc/gone 0644 root sys\nf etc/folder 0644 root sys\n";
    const files = { "proto/etc/folder/x": "" };
    assert.deepEqual(foundFor("missing-file", lines, files), [
      ["error", "etc/gone is in none of the search folders", at(5)],
    ]);
    const [unusable] = foundFor("unusable-file", lines, files);
    assert.match(unusable?.[1] ?? "", /proto\/etc\/folder is a directory$/);
  });

  it("names files that this user may not read", { skip: process.getuid?.() === 0 }, () => {
    const lines = "f etc/secret 0400 root sys\n";
    const root = tree({ "manifest.d/illumos.manifest": base + lines, "proto/etc/secret": "" });
    fs.chmodSync(join(root, "proto/etc/secret"), 0);
    const [unusable] = found(check(root), "unusable-file");
    assert.match(unusable?.[1] ?? "", /proto\/etc\/secret: permission denied$/);
  });

  it("names each missing parent once, and parents that are no directory", () => {
    const lines = `f opt/x/a 0644 root sys\nf opt/x/b 0644 root sys\ns etc/link=nowhere
s etc/link/inside=x\n`;
    assert.deepEqual(foundFor("missing-parent", lines), [
      ["error", "opt/x is not delivered, but opt/x/a and 1 more should be in it", at(5)],
      [
        "error",
        "etc/link is a symlink, not a directory, but etc/link/inside should be in it",
        at(8),
        at(7),
      ],
    ]);
  });

  it("names paths that are two things", () => {
    const lines = "f etc/both 0644 root sys\ns etc/both=motd\n";
    assert.deepEqual(foundFor("type-clash", lines), [
      [
        "error",
        "etc/both is both a file and a symlink: `f etc/both 0644 root sys` and `s etc/both=motd`",
        at(5),
        at(6),
      ],
    ]);
  });

  it("names duplicates and conflicts with both places, at the lines to edit", () => {
    const illumos = `${base}f etc/a 0644 root sys\nf etc/b 0644 root sys\ns etc/l=a\n`;
    const live =
      "f etc/a 0644 root sys\nf etc/b 0600 root sys\ns etc/l=b\nd usr/bin 0755 root bin\n";
    const root = tree({
      "manifest.d/illumos.manifest": illumos,
      "manifest.d/live.manifest": live,
      "projects/illumos/manifest": illumos,
      "src/manifest": `# ours\n${live}`,
    });
    const result = check(root);
    assert.deepEqual(found(result, "duplicate"), [
      [
        "warning",
        "etc/a: `f etc/a 0644 root sys`",
        "src/manifest:2",
        "projects/illumos/manifest:5",
      ],
    ]);
    assert.deepEqual(found(result, "conflict"), [
      [
        "warning",
        "etc/b: `f etc/b 0600 root sys` counts, not `f etc/b 0644 root sys`",
        "src/manifest:3",
        "projects/illumos/manifest:6",
      ],
      [
        "error",
        "etc/l is delivered twice: `s etc/l=a` and `s etc/l=b`",
        "projects/illumos/manifest:7",
        "src/manifest:4",
      ],
    ]);
  });

  it("names unknown users and groups once", () => {
    const lines = "f etc/a 0644 nobody sys\nf etc/b 0644 nobody bit\n";
    const [user] = foundFor("unknown-user", lines);
    assert.match(user?.[1] ?? "", /etc\/passwd has no user nobody, whom etc\/a and 1 more should/);
    assert.equal(user?.[2], at(5));
    const [group] = foundFor("unknown-group", lines);
    assert.match(group?.[1] ?? "", /etc\/group has no group bit, whom etc\/b should belong to/);
  });

  it("names hard links to nothing, to directories, to later ones and across /usr", () => {
    const lines = `f etc/a 0644 root sys\nh etc/h1=etc/none\nh etc/h2=usr\nh etc/h3=etc/h4
h etc/h4=etc/a\nh usr/bin/a=etc/a\n`;
    assert.deepEqual(foundFor("hard-link", lines, { "proto/etc/a": "" }), [
      ["error", "etc/h1 => etc/none: the file is not delivered", at(6)],
      ["error", "etc/h2 => usr: that is a directory", at(7)],
      ["error", "etc/h3 => etc/h4: that is a hard link which is made later", at(8)],
      ["error", "usr/bin/a => etc/a: one is in /usr, which is a file system of its own", at(10)],
    ]);
  });

  it("names links that dangle in the image, not those to what is made later", () => {
    const lines = `s etc/gone=../usr/bin/gone\ns etc/loop=loop\ns etc/run=/var/run/x
s etc/made=/etc/release\ns etc/via=viadir/../usr\ns etc/up=../../../../usr/bin\n`;
    const root = tree({ "manifest.d/illumos.manifest": base + lines });
    assert.deepEqual(found(check(root), "dangling-link"), [
      ["warning", "etc/gone => ../usr/bin/gone: there is no usr/bin/gone", at(5)],
      ["warning", "etc/loop => loop: it goes round in circles", at(6)],
      ["warning", "etc/via => viadir/../usr: there is no etc/viadir", at(9)],
    ]);
  });

  it("names links broken in proto, delivered or not", () => {
    const root = tree({ "manifest.d/illumos.manifest": `${base}s usr/lost=./gone\n` });
    link(root, "proto/usr/lost", "./gone");
    link(root, "proto/usr/include/sys", "../nothing");
    link(root, "proto/usr/ok", "/etc/passwd");
    assert.deepEqual(found(check(root), "broken-proto-link").sort(), [
      ["warning", "proto/usr/include/sys => ../nothing: there is no usr/nothing (not delivered)"],
      ["warning", "proto/usr/lost => ./gone: there is no usr/gone (delivered)", at(5)],
    ]);
  });

  it("names under-files that are not delivered", () => {
    const lines = "d usr/sbin 0755 root bin\nf usr/sbin/lofiadm 0555 root bin\n";
    const missing = foundFor("under-file", lines, { "proto/usr/sbin/lofiadm": "" });
    assert.equal(missing.length, underFiles.length - 1);
    assert.deepEqual(missing[0], [
      "warning",
      "usr/bin/[ is needed before /usr is mounted, and is not delivered",
    ]);
  });

  it("names what no image can hold", () => {
    const name = "n".repeat(257);
    const [first] = foundFor("beyond-limits", `f etc/${name} 0644 root sys\n`, {});
    assert.equal(first, undefined, "a file that is not there takes no name");
    const target = "t".repeat(1024);
    assert.deepEqual(foundFor("beyond-limits", `s etc/long=${target}\n`), [
      ["error", "etc/long has a target of 1024 bytes; it can have 1 to 1023", at(5)],
    ]);
  });

  it("says what does not fit, and by how much", () => {
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [`proto/usr/bin/f${n}`, ""]),
    );
    const names = Object.keys(files).map((path) => path.slice("proto/".length));
    const lines = names.map((path) => `f ${path} 0555 root bin\n`).join("");
    const manifest = `${base}${lines}f usr/big 0444 root bin\n`;
    const big = Buffer.alloc(2_000_000);
    const root = tree({ "manifest.d/illumos.manifest": manifest, "proto/usr/big": big, ...files });
    const usr = { kib: 1440, density: 4096 };
    const result = check(root, { sizes: { root: { kib: 8192, density: 8192 }, usr } });
    const forecast = result.forecast.images[1];
    assert.ok(forecast !== undefined && !forecast.fits);
    const { needs, has } = forecast;
    // The specification's vector for this size.
    assert.equal(has.inodes, 384);
    assert.equal(has.fragments, 1358);
    assert.equal(needs.inodes, 2 + 2 + 1 + 400 + 1 + 3);
    assert.deepEqual(found(result, "does-not-fit"), [
      [
        "error",
        `the usr image: the tree does not fit in 1440 KiB: it needs ${(needs.blocks - has.blocks) * 4} KiB more (${needs.blocks} blocks of 4 KiB; it has ${has.blocks}) and 25 more inodes (409; it has 384); 3000 KiB are enough`,
      ],
    ]);
  });

  it("warns when the compressed /usr is likely too large for the root image", () => {
    const noise = Buffer.alloc(3_000_000);
    for (let index = 0, state = 1; index < noise.length; index++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      noise[index] = state >>> 16;
    }
    const manifest = `${base}f usr/noise 0444 root bin\n`;
    const root = tree({ "manifest.d/illumos.manifest": manifest, "proto/usr/noise": noise });
    const sizes = { root: { kib: 1440, density: 4096 }, usr: { kib: 8192, density: 8192 } };
    const { forecast, ...rest } = check(root, { sizes });
    assert.ok(forecast.compressed.estimate > 2_900_000 && forecast.compressed.estimate < 3_100_000);
    assert.equal(found({ forecast, ...rest }, "may-not-fit").length, 1);
  });

  it("fails in plain words without manifests", () => {
    const root = tree({});
    const result = checkImage({
      ...{ root, layout: "modern", manifest: join(root, "none"), searchDirs: [], proto: root },
      sizes: { root: {}, usr: {} },
      env: process.env,
    });
    assert.ok(!result.ok && result.failure.message.startsWith("cannot read the manifests"));
  });
});
