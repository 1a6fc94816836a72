// Invariant: nobody presses a key, and the running stage writes nothing while it is measured.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { consolePid, cpuMs, screenFor } from "../support/check-console.ts";
import { counting, holding } from "../support/screen-build.ts";

const warmUpMs = 2000;
const measuredMs = 4000;

test("check 05: a silent child costs the console next to nothing", async (t) => {
  const screen = screenFor(t, {
    "1-extra-stamp": [...counting(60), ...holding, "echo curl > proto/usr/bin/curl"],
  });
  for (const [cols, rows, limit] of [
    [80, 24, 1],
    [200, 60, 1.5],
  ] as const) {
    const terminal = screen.open(cols === 80 ? ["run"] : ["attach"], { cols, rows });
    await terminal.waitFor("file60.c");
    const pid = consolePid(terminal);
    await pause(warmUpMs);
    const record = terminal.record();
    const began = performance.now();
    const before = cpuMs(pid);
    await pause(measuredMs);
    const seconds = (performance.now() - began) / 1000;
    const cpu = (cpuMs(pid) - before) / 10 / seconds;
    const bytes = statSync(record).size / seconds;
    const size = `${String(cols)}x${String(rows)}`;
    t.diagnostic(`${size}: ${cpu.toFixed(1)} % CPU (limit ${String(limit)})`);
    t.diagnostic(`${size}: ${bytes.toFixed(0)} bytes/s (limit 1024)`);
    assert.ok(cpu < 3 * limit, `${cpu.toFixed(1)} % of a core`);
    assert.ok(bytes <= 1024, `${bytes.toFixed(0)} bytes a second`);
    terminal.close();
  }
});
