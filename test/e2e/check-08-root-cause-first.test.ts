// Invariant: which line is the cause was written down beside each excerpt of a log; the stages that
// print some of them are real and fail.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LogScan } from "../../src/engine/diagnosis/log-scan.ts";
import { screenFor } from "../support/check-console.ts";
import { excerptFiles, excerptsOf, type Excerpt } from "../support/diagnosis-excerpts.ts";

const mostShown = 3;

function textOf({ lines }: Excerpt): string {
  return lines.map(({ text }) => `${text}\n`).join("");
}

function isCauseFirst(excerpt: Excerpt): boolean {
  const scan = new LogScan();
  scan.push(Buffer.from(textOf(excerpt)));
  const [first = 1, last = 0] = scan.finish({ failed: true })[0]?.lines ?? [];
  return excerpt.lines.slice(first - 1, last).some(({ mark }) => mark === ">");
}

test("check 08: a failed stage is opened at the line that caused it", async (t) => {
  const excerpts = excerptFiles.flatMap(excerptsOf).filter(({ kind }) => kind !== "none");
  const first = excerpts.filter(isCauseFirst);
  const share = (100 * first.length) / excerpts.length;
  t.diagnostic(
    `cause first in ${share.toFixed(1)} % of ${String(excerpts.length)} logs (limit 90)`,
  );
  assert.ok(share >= 90, `${share.toFixed(1)} %`);

  const screen = screenFor(t, { "1-extra-stamp": ["cat log.txt", "exit 2"] });
  const whole = excerptsOf("whole-logs.txt").filter(
    ({ kind, lines }) => kind !== "none" && lines.length > 6,
  );
  for (const excerpt of whole.slice(0, mostShown)) {
    screen.tree.write("log.txt", textOf(excerpt));
    const terminal = screen.open(["run"], { cols: 200, rows: 50 });
    const shown = await terminal.waitFor(/✗›/);
    const selected = (/✗›(.*)/.exec(shown)?.[1] ?? "").trim();
    const causes = excerpt.lines.filter(({ mark }) => mark === ">").map(({ text }) => text);
    assert.ok(
      causes.some((line) => line.startsWith(selected.slice(0, 60))),
      `${excerpt.title}: at ${selected}\nnot at ${causes.join("\n")}`,
    );
    terminal.close();
  }
});
