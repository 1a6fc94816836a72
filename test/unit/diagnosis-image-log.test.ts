// Invariant: lines go in as a follower hands them out, with the offsets they have in a log.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FailedEntries } from "../../src/engine/diagnosis/image-log.ts";

function failedIn(lines: readonly string[]): string[] {
  const entries = new FailedEntries();
  const text = lines.join("\n");
  let offset = 0;
  return lines.flatMap((line) => {
    const end = offset + Buffer.byteLength(line) + 1;
    const found = entries.take({ offset, end, text: line });
    offset = end;
    return found.map(
      ({ path, reason, start, end: last }) =>
        `${path} ${reason}: ${text.slice(start, last).trimEnd()}`,
    );
  });
}

describe("failed entries of an image log", () => {
  it("are those the builder says FAILED of, not files with that name", () => {
    assert.deepEqual(
      failedIn([
        "make: *** [x] FAILED",
        "FILE: [usr/share/man/man3/DES_FAILED.3ext][0444][root/0][bin/2]: OK (/ws/proto)",
        "FILE: [usr/bin/ls][0555][root/0][bin/2]: FAILED",
        "LINK(link): a => b: FAILED (no such target)",
        "LINK: c => d: FAILED",
      ]),
      [
        "usr/bin/ls not found: FILE: [usr/bin/ls][0555][root/0][bin/2]: FAILED",
        "a no such target: LINK(link): a => b: FAILED (no such target)",
        "c not found: LINK: c => d: FAILED",
      ],
    );
  });

  it("are told once, although the log lists them again at its end", () => {
    const failed = "FILE: [usr/x][0444][root/0][sys/3]: FAILED";
    assert.equal(failedIn([failed, "Failures:", failed, `  | ${failed}`]).length, 1);
  });

  it("span both lines when another descriptor tears them", () => {
    assert.deepEqual(failedIn(["FILE: [usr/a][0444][root/0][some warning", "bin/2]: FAILED"]), [
      "usr/a not found: FILE: [usr/a][0444][root/0][some warning\nbin/2]: FAILED",
    ]);
  });
});
