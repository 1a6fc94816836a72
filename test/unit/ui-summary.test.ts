// Invariant: a summary says what a reader of the scrollback needs, in every state of a build.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { summaryLines } from "../../src/engine/host/summary.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import type { EventBody, JournalEvent } from "../../src/engine/journal/events.ts";
import { classicPlan } from "../support/screen-script.ts";

const began = Date.parse("2026-11-23T10:15:00.000Z");
const folder = "/build/smartos-live/log/smartbuild/0001-20261123T101500Z";

function summary(...bodies: readonly EventBody[]): readonly string[] {
  return summaryIn(undefined, bodies);
}

/** As read by somebody whose current folder is `cwd`. */
function summaryIn(cwd: string | undefined, bodies: readonly EventBody[]): readonly string[] {
  const first: EventBody = {
    type: "build-started",
    build: "0001-20261123T101500Z",
    program: "0.1.0",
    workspace: "/build/smartos-live",
    layout: "classic",
    targets: ["live"],
    keepGoing: false,
    umask: 0o22,
    plan: classicPlan,
    environment: {},
  };
  const build = foldAll(
    [first, ...bodies].map((body, index): JournalEvent => ({
      v: 1,
      seq: index + 1,
      at: new Date(began + index * 1000).toISOString(),
      ...body,
    })),
  );
  assert.ok(build !== undefined);
  return summaryLines(build, {
    buildFolder: folder,
    now: began + 100_000,
    ...(cwd === undefined ? {} : { cwd }),
  });
}

function started(stage: string, attempt = 1): EventBody {
  return {
    type: "stage-started",
    stage,
    attempt,
    argv: ["make"],
    cwd: "/build/smartos-live",
    environment: {},
    log: `${stage}.${attempt}.log`,
    status: `${stage}.${attempt}.status`,
    furtherLogs: [],
    removed: [],
  };
}

const strap: readonly EventBody[] = [
  started("strap"),
  {
    type: "stage-ended",
    stage: "strap",
    attempt: 1,
    outcome: "succeeded",
    exitCode: 0,
    durationMs: 12_400,
  },
];

function problem(
  place: Partial<Extract<EventBody, { type: "problem" }>["problem"]>,
  summary: string,
): EventBody {
  return {
    type: "problem",
    problem: { id: summary, kind: "any", stage: "extra", attempt: 1, summary, ...place },
  };
}

describe("the summary", () => {
  it("of a running build says that it goes on, and how to see it again", () => {
    assert.deepEqual(summary(...strap, started("extra")), [
      "Build 0001-20261123T101500Z still runs after 01:40  (/build/smartos-live)",
      "  ✓ strap    00:12",
      "  ● extra    01:37",
      "  to come: preflight, illumos, src, local/kvm, tools, man, manifest, live",
      "It goes on without the console. To see it again: smartbuild attach",
    ]);
  });

  it("of a failed build names each problem with its place, and the log", () => {
    const lines = summary(
      ...strap,
      started("extra"),
      problem(
        { file: "projects/illumos-extra/curl/curl.c", line: 12 },
        "curl.c:12: 'foo' undeclared",
      ),
      problem(
        { path: "usr/bin/curl", manifest: "projects/illumos-extra/manifest", manifestLine: 4 },
        "usr/bin/curl is missing",
      ),
      {
        type: "stage-ended",
        stage: "extra",
        attempt: 1,
        outcome: "failed",
        exitCode: 2,
        durationMs: 3_723_000,
      },
      { type: "build-ended", outcome: "failed", exitCode: 2, durationMs: 3_800_000, artefacts: [] },
    );
    assert.ok(lines.includes("  ✗ extra  1:02:03  exit 2"));
    assert.ok(
      lines.includes(
        "  extra: curl.c:12: 'foo' undeclared (projects/illumos-extra/curl/curl.c:12)",
      ),
      lines.join("\n"),
    );
    assert.ok(
      lines.includes("  extra: usr/bin/curl is missing (projects/illumos-extra/manifest:4)"),
    );
    assert.ok(lines.includes("  log     log/smartbuild/0001-20261123T101500Z/extra.1.log"));
    assert.equal(lines.at(-1), "To go on from here: smartbuild run live");
  });

  it("leads into the tree from a folder outside it", () => {
    const failed: EventBody = {
      type: "build-ended",
      outcome: "failed",
      exitCode: 2,
      durationMs: 3000,
      artefacts: [],
    };
    const next = (cwd: string, ...end: readonly EventBody[]): string | undefined =>
      summaryIn(cwd, [...strap, ...end]).at(-1);
    const plain = "To go on from here: smartbuild run live";
    assert.equal(next("/build/smartos-live", failed), plain);
    assert.equal(next("/build/smartos-live/projects/..x", failed), plain);
    const entering = "To go on from here: cd smartos-live && smartbuild run live";
    assert.equal(next("/build", failed), entering);
    assert.equal(
      next("/build/smartos-live-2", failed),
      "To go on from here: cd ../smartos-live && smartbuild run live",
    );
    assert.equal(
      next("/build"),
      "It goes on without the console. To see it again: cd smartos-live && smartbuild attach",
    );
  });

  it("of a good build names what was made", () => {
    const lines = summary(...strap, {
      type: "build-ended",
      outcome: "succeeded",
      exitCode: 0,
      durationMs: 13_900,
      artefacts: [{ path: "output/platform-20261123T101500Z.tgz", bytes: 12_345_678 }],
    });
    assert.match(lines[0] ?? "", /succeeded after 00:13/);
    assert.equal(lines.at(-1), "  made    output/platform-20261123T101500Z.tgz (12.3 MB)");
  });
});
