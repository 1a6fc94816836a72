// Invariant: a host that has run a build for a day, a million events, holds no more than after the
// first tenth of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { HostOfDay } from "../support/host-of-day.ts";
import { plainEnvironment } from "../support/smartbuild.ts";

const program = join(import.meta.dirname, "../support/host-of-day.ts");
const [stages, lines] = [40, 25_000];
/** Little room for garbage; a leak of some bytes an event ends it. */
const heap = ["--max-old-space-size=80", "--max-semi-space-size=2", "--expose-gc"];

void test("a host keeps its size over the events of a day", (t) => {
  const root = mkdtempSync(join(tmpdir(), "smartbuild-day-"));
  t.after(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...heap, "--import", "tsx", program, root, String(stages), String(lines)],
    { encoding: "utf8", env: plainEnvironment(), timeout: 600_000 },
  );
  assert.equal(status, 0, stderr);
  const day = JSON.parse(stdout) as HostOfDay;
  const growth = day.most.held - day.base.held;
  const resident = day.most.resident - day.base.resident;
  t.diagnostic(
    `${day.events} events in ${day.hours.toFixed(0)} hours; after a tenth held ` +
      `${day.base.held.toFixed(1)} MB, then at most ${growth.toFixed(1)} MB more; resident ` +
      `${day.base.resident.toFixed(1)} MB, then at most ${resident.toFixed(1)} MB more`,
  );
  assert.equal(day.state, "failed", "a quarter of its stages fails");
  assert.ok(day.events >= stages * lines);
  assert.ok(day.hours >= 24);
  assert.ok(growth < 20, `${growth.toFixed(1)} MB more`);
});
