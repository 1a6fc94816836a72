// Invariant: the sentence of a problem names the thing that is wrong, not only its kind.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { LogScan } from "../../src/engine/diagnosis/log-scan.ts";

const make = "gmake: *** [Makefile:164: live] Error 1";

const cases: readonly (readonly [lines: readonly string[], summary: string])[] = [
  [
    [
      "FILE: [usr/bin/ls][0555]builder: Error copying /w/proto/usr/bin/ls to usr/bin/ls",
      ": No space left on device",
      "file_cp(): No space left on device",
    ],
    "builder could not copy /w/proto/usr/bin/ls to usr/bin/ls: No space left on device",
  ],
  [
    ["section 9f page not shipped: proto/usr/share/man/man9f/frob.9f", make],
    "The manual page proto/usr/share/man/man9f/frob.9f is in no manifest",
  ],
  [
    ["gtar: gzip-1.13.tar.gz: Cannot open: No such file or directory", make],
    "tar was to unpack gzip-1.13.tar.gz, which is not there",
  ],
  [
    ["pwgen is not available in the repository", "configure: failed to install pwgen"],
    "The package pwgen is not in pkgin's repository",
  ],
  [
    [
      "Installing packages ... pkgin: Could not fetch https://pkgsrc.example.org/All/x.gz: Host not found",
      "configure: failed to update pkgsrc repository",
    ],
    "pkgin could not fetch https://pkgsrc.example.org/All/x.gz: Host not found",
  ],
  [
    ["Fixing shipped files        ... umount: /tmp/a/usr busy", make],
    "/tmp/a/usr cannot be unmounted: it is busy",
  ],
];

for (const [lines, summary] of cases) {
  void test(summary, () => {
    const scan = new LogScan();
    scan.push(Buffer.from(lines.map((line) => `${line}\n`).join("")));
    assert.equal(scan.finish()[0]?.summary, summary);
  });
}
