// Invariant: the tree's own tools really run here; programs of illumos are stood in for by scripts
// at the paths where its build leaves them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import { describe, it } from "node:test";
import { readImage } from "./image-contents.ts";
import { ImageWorkspace, succeed } from "./image-workspace.ts";

const archive = "output/platform-latest/i86pc/amd64/boot_archive";
const classicSvc = "projects/illumos/usr/src/cmd/svc";
const modernTools = "projects/illumos/usr/src/tools/proto/root_i386-nd/opt/onbld/bin/i386";
const native = {
  classic: {
    svccfg: `${classicSvc}/svccfg/svccfg-native`,
    configd: `${classicSvc}/configd/svc.configd-native`,
  },
  modern: {
    svccfg: `${modernTools}/svccfg`,
    configd: `${modernTools}/svc.configd`,
    man: `${modernTools}/man`,
  },
} as const;

const manifest = `d etc 0755 root sys
d etc/svc 0755 root sys
d lib 0755 root bin
d lib/svc 0755 root bin
d lib/svc/manifest 0755 root sys
d usr 0755 root sys
d usr/lib 0755 root bin
d usr/lib/brand 0755 root bin
d usr/lib/brand/joyent-minimal 0755 root bin
d usr/share 0755 root sys
d usr/share/man 0755 root bin
f etc/shadow 0400 root sys
f lib/svc/manifest/ssh.xml 0444 root sys
f usr/lib/brand/joyent-minimal/manifests 0444 root bin
`;

/** A tree whose tools/smf_import and tools/build_seeds call what the layout's build leaves. */
function workspace(layout: "classic" | "modern"): ImageWorkspace {
  const { svccfg, configd } = native[layout];
  const ws = new ImageWorkspace(layout, {
    "manifest.d/illumos.manifest": manifest,
    "proto/lib/svc/manifest/ssh.xml": "<ssh/>\n",
    "proto/usr/lib/brand/joyent-minimal/manifests": "ssh enabled\n",
    [svccfg]: '#!/bin/sh\ncat "$1" >> "$SVCCFG_REPOSITORY"\n',
    [configd]: "#!/bin/sh\n",
    "tools/smf_import": `#!/bin/bash
export SVCCFG_REPOSITORY=$1/etc/svc/repository.db
for xml in $1/lib/svc/manifest/*.xml; do $ROOT/${svccfg} $xml || exit 1; done
chmod 0600 $SVCCFG_REPOSITORY
pfexec chown root:sys $SVCCFG_REPOSITORY
echo "Importing GZ SMF manifests"
`,
    "tools/build_seeds": `#!/bin/bash
export SVCCFG_REPOSITORY=$1/usr/lib/brand/joyent-minimal/repository.db
SVCCFG_CONFIGD_PATH=$ROOT/${configd}
[[ -x $SVCCFG_CONFIGD_PATH ]] || exit 3
$ROOT/${svccfg} $1/usr/lib/brand/joyent-minimal/manifests && chmod 0444 $SVCCFG_REPOSITORY
`,
  });
  if (layout === "modern") {
    ws.write(native.modern.man, '#!/bin/sh\n[ "$3" = -w ] && echo index > "${2%%:*}/whatis"\n');
    chmodSync(ws.path(native.modern.man), 0o755);
  }
  for (const path of [svccfg, configd, "tools/smf_import", "tools/build_seeds"])
    chmodSync(ws.path(path), 0o755);
  return ws;
}

describe("the tree's own SMF and man tools", () => {
  for (const layout of ["classic", "modern"] as const) {
    it(`make repositories, seeds and index where their programs were built, ${layout}`, () => {
      const ws = workspace(layout);
      try {
        const run = ws.build();
        assert.equal(run.status, 0, run.stdout + run.stderr);
        const { system } = readImage(ws.path(archive));
        const text = (path: string): string => {
          const { shown = "", bytes = "" } = system.get(path) ?? {};
          return `${shown} ${bytes.toString()}`;
        };
        assert.equal(text("etc/svc/repository.db"), "-0600 0:3 <ssh/>\n");
        assert.match(
          text("usr/lib/brand/joyent-minimal/repository.db"),
          /^-0444 0:0 ssh enabled\n$/,
        );
        assert.match(run.stdout, /^Importing GZ SMF manifests$/m);
        assert.match(run.stdout, /^CUSTOMIZE: added file etc\/svc\/repository\.db \(0600 0:3\)$/m);
        assert.doesNotMatch(run.stdout, /^GAP: tools/m);
        if (layout === "modern") assert.match(text("usr/share/man/whatis"), /index\n$/);
      } finally {
        ws.remove();
      }
    });
  }

  it("are gaps that name the program where it was not built", () => {
    const ws = workspace("modern");
    try {
      rmSync(ws.path(native.modern.svccfg));
      chmodSync(ws.path(native.modern.man), 0o644);
      const run = ws.build();
      assert.equal(run.status, 0, run.stderr);
      const gaps = run.stdout.split("\n").filter((line) => line.startsWith("GAP: "));
      assert.deepEqual(
        gaps.map((line) => line.split(":")[1]),
        [
          ` tools/smf_import is not run, for there is no ${native.modern.svccfg}`,
          ` tools/build_seeds is not run, for there is no ${native.modern.svccfg}`,
          ` man -w is not run, for there is no ${native.modern.man}`,
        ],
      );
      assert.equal(run.stdout.match(/^Left out: /gm)?.length, 3);
    } finally {
      ws.remove();
    }
  });

  it("end the build when one of them fails", () => {
    const ws = workspace("classic");
    try {
      ws.write(native.classic.svccfg, "#!/bin/sh\necho 'svccfg: no repository' >&2\nexit 1\n");
      const run = ws.build();
      assert.equal(run.status, 2);
      assert.match(run.stdout, /^svccfg: no repository$/m);
      assert.match(run.stderr, /tools\/smf_import failed on the copy .*\(exit status 1\)/);
    } finally {
      ws.remove();
    }
  });

  it("run through pfexec where the host has it", (t) => {
    if (process.getuid?.() !== 0) {
      t.skip("only root can make the stand-in for pfexec that this needs");
      return;
    }
    // Outside the workspace, which changes its owner.
    const bin = mkdtempSync(join(tmpdir(), "pfexec-"));
    const ws = workspace("classic");
    try {
      chmodSync(bin, 0o755);
      mkdirSync(ws.path("calls"), { mode: 0o777 });
      copyFileSync(succeed("sh", ["-c", "command -v setpriv"], "/").trim(), join(bin, "as-root"));
      chmodSync(join(bin, "as-root"), 0o4755);
      writeFileSync(
        join(bin, "pfexec"),
        `#!/bin/sh\n[ "$1" = true ] || echo "$*" >> ${ws.path("calls/pfexec")}\n` +
          `exec ${bin}/as-root --reuid 0 --regid 0 --clear-groups "$@"\n`,
        { mode: 0o755 },
      );
      const drop = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
      const raised = spawnSync("setpriv", [...drop, join(bin, "pfexec"), "id", "-u"]);
      if (raised.stdout.toString() !== "0\n") {
        t.skip("set-user-ID programs have no effect here");
        return;
      }
      rmSync(ws.path("calls/pfexec"), { force: true });
      const PATH = [bin, process.env["PATH"]].join(delimiter);
      const run = ws.buildAsOrdinaryUser({ PATH });
      assert.equal(run.status, 0, run.stdout + run.stderr);
      assert.match(run.stdout, /^CUSTOMIZE: on a copy of the image, through pfexec$/m);
      const { system } = readImage(ws.path(archive));
      assert.equal(system.get("etc/svc/repository.db")?.shown, "-0600 0:3");
      assert.equal(system.get("etc/shadow")?.shown, "-0400 0:3");
      const calls = readFileSync(ws.path("calls/pfexec"), "utf8").trimEnd().split("\n");
      assert.match(calls[0] ?? "", / image stage-copy /);
      assert.match(calls[1] ?? "", /^chown root:sys .*\/etc\/svc\/repository\.db$/);
    } finally {
      ws.remove();
      rmSync(bin, { recursive: true, force: true });
    }
  });
});
