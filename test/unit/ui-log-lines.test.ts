// Invariant: of a line that is too long the part that matters is on screen, and the rest is said to
// be missing; what is on screen stands in the line as it is.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  initialUi,
  type ConsoleModel,
  type LineKind,
  type VisibleLine,
} from "../../src/ui/model.ts";
import { rowText, rowWidth } from "../../src/ui/present/cells.ts";
import { plainMatches } from "../../src/ui/log/filter-texts.ts";
import { linePieces } from "../../src/ui/present/line-pieces.ts";
import { lineRow, logRows } from "../../src/ui/present/log-rows.ts";
import { screenRows } from "../../src/ui/present/screen.ts";
import { themeFor } from "../../src/ui/theme.ts";
import { modelBuild, modelOf } from "../support/console-model.ts";
import { attemptStarted } from "../support/journal-builder.ts";

const theme = themeFor({ LANG: "C.UTF-8" });
const command =
  "gcc -std=gnu99 -O2 -ffreestanding -nostdinc -I/build/proto/usr/include -D_KERNEL -c -o obj/curl.o curl.c";
const message =
  "/build/projects/illumos/usr/src/uts/common/fs/zfs/zfs_vnops.c:17:18: error: expected ‘;’ before ‘}’";

function line(text: string, kind?: LineKind, change: Partial<VisibleLine> = {}): VisibleLine {
  const bytes = Buffer.byteLength(text);
  return {
    number: 1,
    offset: 0,
    bytes,
    text,
    spans: [],
    cut: false,
    rewritten: false,
    kind,
    ...change,
  };
}

function shown(one: VisibleLine, width: number, shift = 0): string {
  const row = lineRow(one, { log: undefined, ui: { ...initialUi, shift } }, theme, width);
  assert.ok(rowWidth(row) <= width, rowText(row));
  return rowText(row).slice(2);
}

describe("a long line", () => {
  it("of a command keeps its name and its end, cut at words", () => {
    assert.equal(shown(line(command), 43), "gcc … -D_KERNEL -c -o obj/curl.o curl.c");
    assert.equal(
      shown(line(`/build/tools/proto/bin/zonec ${command.slice(4)}`), 43),
      "…zonec …-D_KERNEL -c -o obj/curl.o curl.c",
    );
    assert.equal(shown(line(command), command.length + 2), command);
    assert.equal(
      shown(line("gmake[1]: Entering directory '/build/projects/illumos/usr/src/uts'"), 43),
      "gmake[1]: Entering …/illumos/usr/src/uts'",
    );
  });

  it("of a message keeps the file and the words", () => {
    assert.equal(shown(line(message, "failure"), 43), "…zfs_vnops.c:17:18: error: expected ‘;’ …");
    assert.equal(shown(line(message, "failure"), 90).slice(0, 14), "…zfs_vnops.c:1");
  });

  it("of a sentence keeps the start", () => {
    assert.equal(
      shown(line("GAP: etc/svc/repository.db: the repository that is made at build time"), 43),
      "GAP: etc/svc/repository.db: the reposito…",
    );
  });

  it("of a sentence with a path at its end keeps the words and the end of the path", () => {
    assert.equal(
      shown(line("Adding manifest files from /build/live/projects/illumos-extra/manifest"), 60),
      "Adding manifest files from …/illumos-extra/manifest",
    );
    assert.equal(
      shown(line("Adding manifest files from /build/live/projects/illumos-extra/manifest"), 32),
      "Adding …illumos-extra/manifest",
    );
    assert.equal(
      shown(line("Adding manifest files from /build/live/manifest.d/illumos.manifest... done"), 58),
      "Adding manifest files from …/illumos.manifest... done",
    );
  });

  it("of a sentence with a command or a slash in it is not cut in its middle", () => {
    for (const text of [
      "Configuration complete.  You should now be able to build a live image using 'gmake world && gmake live'",
      "NOTICE: packages and/or privileges are needed for the zone that all of this is built in",
      "==> Installing -dev packages that are not needed on a host like this one, whatever it is",
    ]) {
      for (const width of [24, 43, 58]) {
        assert.equal(shown(line(text), width), `${text.slice(0, width - 3)}…`);
      }
    }
  });

  it("that is a path keeps its end", () => {
    const path = "/tmp/some/place/projects/illumos/usr/src/lib/libzfs";
    assert.equal(shown(line(path), 30), "…/illumos/usr/src/lib/libzfs");
    assert.equal(shown(line(path), 20), "…/src/lib/libzfs");
  });

  it("of what is delivered keeps the name, whatever stands behind it", () => {
    const text = "FILE: [usr/bin/x][0555][root/0][bin/2]: OK (/tmp/place/demo/proto)";
    assert.equal(shown(line(text), 43), "FILE: [usr/bin/x][0555][root/0][bin/2]: …");
    assert.equal(shown(line(text), 24), "FILE: [usr/bin/x][055…");
    const long = "FILE: [usr/lib/brand/joyent/platform/jinstall][0555][root/0][bin/2]: OK (/p)";
    assert.equal(shown(line(long), 32), "FILE: […/platform/jinstall]…");
  });

  it("of a compiler shows the file that it compiles, in narrow places, too", () => {
    assert.equal(shown(line(command), 24), "gcc …/curl.o curl.c");
    assert.equal(
      shown(line("/opt/bin/gcc -O2 -c ../common/zfs_dir.c -fno-common -o debug64/zfs_dir.o"), 34),
      "…gcc …../common/zfs_dir.c -fno-…",
    );
    assert.equal(
      shown(line("gmake[2]: Leaving directory '/build/projects/illumos-extra/bzip2'"), 25),
      "…Leaving …/bzip2'",
    );
  });

  it("keeps what is searched for", () => {
    const at = command.indexOf("proto");
    const found = shown(line(command, undefined, { hits: [{ start: at, end: at + 5 }] }), 43);
    assert.match(found, /^…I\/build\/proto\/usr.*…$/);
  });

  it("is shown from a column on once it was scrolled there", () => {
    assert.equal(shown(line(command), 43, 16), `${command.slice(16, 56)}…`);
  });

  it("without a known end keeps its start", () => {
    assert.equal(shown(line(command, undefined, { cut: true }), 43), `${command.slice(0, 40)}…`);
  });

  it("fits every width, and every piece stands in it", () => {
    const texts = [
      command,
      message,
      "漢字".repeat(80),
      "x".repeat(300),
      `${" ".repeat(90)}end`,
      "a b ".repeat(60),
    ];
    for (const text of texts) {
      for (const kind of [undefined, "failure", "consequence"] as const) {
        for (let width = 4; width < 90; width++) {
          const row = shown(line(text, kind), width);
          for (const part of row.split("…")) assert.ok(text.includes(part), `${row} of ${text}`);
          const pieces = linePieces({ text, kind, cut: false }, width);
          let end = 0;
          for (const piece of pieces) {
            assert.ok(piece.start >= end && piece.end >= piece.start);
            end = piece.end;
          }
        }
      }
    }
  });
});

describe("the log beside the stages", () => {
  const build = modelBuild(["extra"], ...attemptStarted("extra"));
  const texts = Array.from({ length: 20 }, (_, at) => (at === 12 ? message : `${command} ${at}`));
  const lines = texts.map((text, at) =>
    line(text, at === 12 ? "cause" : undefined, { number: at + 1, offset: at * 1000 }),
  );
  const log = {
    stage: "extra",
    attempt: 1,
    attempts: 1,
    file: "extra.1.log",
    own: true,
    total: 20,
    lines,
    fresh: 0,
  };
  const model = (cursor?: number): ConsoleModel =>
    modelOf(build, 9, {
      ui: { ...initialUi, selected: "extra" },
      log: cursor === undefined ? log : { ...log, cursor },
    });

  it("shows the line at the cursor and a cause in whole, and three lines on either side", () => {
    const { rows, lines: kept } = logRows(model(12_000), theme, 41, 20);
    assert.ok(rows.length <= 20);
    const at = kept.findIndex((each) => each.line.offset === 12_000);
    const whole = kept[at]?.rows.map((row) => rowText(row).slice(2).trim()) ?? [];
    assert.equal(whole.join("").replaceAll(" ", ""), message.replaceAll(" ", ""));
    assert.ok(at >= 3 && kept.length - at > 3);
  });

  it("keeps its last line in sight while it is followed, and says which lines there are", () => {
    const { rows, lines: kept } = logRows(model(), theme, 41, 20);
    assert.equal(kept.at(-1)?.line.number, 20);
    assert.ok(rows.length <= 20);
    const first = kept[0]?.line.number ?? 0;
    assert.ok(first > 1);
    const screen = screenRows(model(), theme).map(rowText).join("\n");
    assert.match(screen, new RegExp(`extra {2}${first}-20 of 20`));
  });
});

describe("a long line that a filter lets through", () => {
  it("is shown from what the filter looks for", () => {
    const text = `gcc ${"-O2 ".repeat(30)}-DNEEDLE ${"-Wall ".repeat(30)}-o main.o`;
    const start = text.indexOf("NEEDLE");
    const passed = plainMatches(["needle"], text);
    assert.deepEqual(passed, [{ start, end: start + 6 }]);
    assert.deepEqual(plainMatches(["Needle", "need.e", "gone"], text), []);
    assert.doesNotMatch(shown(line(text), 60), /NEEDLE/);
    assert.match(shown(line(text, undefined, { passed }), 60), /NEEDLE/);
  });
});
