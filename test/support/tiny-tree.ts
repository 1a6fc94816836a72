// Invariant: a tiny tree is a real classic workspace that make builds in a second or two; tests say
// what its stages do, all else is always the same.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Targets of the tiny Makefile whose recipes a test can set. */
export type TinyTarget =
  | "0-extra-stamp"
  | "0-illumos-stamp"
  | "1-extra-stamp"
  | "0-livesrc-stamp"
  | "0-subdir-kvm-stamp"
  | "0-tools-stamp"
  | "0-man-stamp"
  | "0-devpro-stamp"
  | "manifest";

/** A workspace in a temporary folder. */
export interface TinyTree {
  readonly root: string;
  /** Writes a file below the root, making its folder. */
  write(path: string, text: string, mode?: number): void;
  /** Makes a fifo at which a recipe waits: `read x < NAME`. Returns its path. */
  gate(name: string): string;
  remove(): void;
}

/** Shell lines by target, run by bash at the root before the stamp is touched. */
export type Recipes = Partial<Record<TinyTarget, readonly string[]>>;

const order: readonly { target: TinyTarget; needs?: TinyTarget }[] = [
  { target: "0-extra-stamp" },
  { target: "0-illumos-stamp", needs: "0-extra-stamp" },
  { target: "1-extra-stamp", needs: "0-illumos-stamp" },
  { target: "0-livesrc-stamp" },
  { target: "0-subdir-kvm-stamp" },
  { target: "0-tools-stamp" },
  { target: "0-man-stamp" },
  { target: "0-devpro-stamp" },
];

const usual: Recipes = {
  "0-extra-stamp": ["mkdir -p proto.strap", "echo '========== strap building libz =========='"],
  "0-illumos-stamp": [
    "mkdir -p proto/usr/bin proto/etc proto/platform/i86pc/kernel/amd64 projects/illumos/log",
    "date -u +%Y%m%dT%H%M%SZ > proto/buildstamp",
    "{ echo; echo '==== Building tools at now ===='; echo; } > projects/illumos/log/nightly.log",
    "echo hello > proto/usr/bin/hello",
    "echo unix > proto/platform/i86pc/kernel/amd64/unix",
    "printf 'root:x:13817:0:99999:7:::\\n' > proto/etc/shadow",
  ],
  "1-extra-stamp": [
    "echo '========== building libz =========='",
    "echo '========== building curl =========='",
    "echo curl > proto/usr/bin/curl",
  ],
  "0-livesrc-stamp": ["echo src"],
  "0-subdir-kvm-stamp": ["echo kvm > proto/usr/bin/kvm"],
  "0-tools-stamp": ["echo tools"],
  "0-man-stamp": ["mkdir -p man/man"],
  "0-devpro-stamp": ["echo devpro"],
  manifest: [
    "mkdir -p manifest.d",
    "cp projects/illumos/manifest manifest.d/illumos.manifest",
    "cp projects/illumos-extra/manifest manifest.d/illumos-extra.manifest",
    "cp src/manifest manifest.d/live.manifest",
    "cp projects/local/kvm/manifest manifest.d/kvm.sd.manifest",
    "cp overlay/generic/manifest manifest.d/generic.ov.manifest",
    "cat manifest.d/*.manifest | LC_ALL=C sort -k2,2 > manifest.gen",
  ],
};

const directories = ["etc", "platform", "platform/i86pc", "platform/i86pc/kernel"].concat([
  "platform/i86pc/kernel/amd64",
  "usr",
  "usr/bin",
]);

/** Makes a tree; `recipes` replace the usual ones of their targets. */
export function tinyTree(recipes: Recipes = {}): TinyTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-tree-")));
  const write = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  };
  write("Makefile", makefile({ ...usual, ...recipes }));
  write(
    "configure",
    [
      "#!/bin/bash",
      "set -e",
      "for f in configure.*; do source ./$f; done",
      "echo '==> Setting up overlay'",
      "mkdir -p overlay",
      'printf "%s " $(for o in $OVERLAYS; do echo $PWD/overlay/$o; done) > overlay/order',
      "touch projects/illumos/illumos.sh",
      "",
    ].join("\n"),
    0o755,
  );
  write("configure.local", "OVERLAYS=generic\n");
  write("sample.configure.smartos", "");
  write("tools/build_live", "#!/bin/sh\n", 0o755);
  write("tools/customize", "#!/bin/sh\n", 0o755);
  write("projects/devpro/Makefile", "install:\n");
  write(
    "projects/illumos/manifest",
    manifest(directories, ["etc/shadow", "usr/bin/hello"]) +
      "f platform/i86pc/kernel/amd64/unix 0755 root sys\n",
  );
  write("projects/illumos-extra/Makefile", "SUBDIRS = libz curl\n");
  write("projects/illumos-extra/curl/Makefile", "all install clean:\n\t@echo curl $@\n");
  write("projects/illumos-extra/manifest", manifest([], ["usr/bin/curl"]));
  write("projects/local/kvm/Makefile", "world install manifest:\n");
  write("projects/local/kvm/manifest", manifest([], ["usr/bin/kvm"]));
  write("src/manifest", "s usr/bin/hi=hello\n");
  write("overlay/generic/manifest", manifest([], ["etc/passwd", "etc/group"]));
  write("overlay/generic/etc/passwd", "root:x:0:0:root:/root:/usr/bin/bash\n");
  write("overlay/generic/etc/group", "root::0:\nbin::2:\nsys::3:\n");
  return {
    root,
    write,
    gate: (name) => {
      execFileSync("mkfifo", [join(root, name)]);
      return join(root, name);
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function manifest(folders: readonly string[], files: readonly string[]): string {
  return [
    ...folders.map((path) => `d ${path} 0755 root bin\n`),
    ...files.map((path) => `f ${path} 0644 root bin\n`),
  ].join("");
}

function makefile(recipes: Recipes): string {
  const rule = (target: TinyTarget, needs: string): string =>
    `${target}: ${needs}\n` +
    (recipes[target] ?? []).map((line) => `\t@${line.replaceAll("$", "$$$$")}\n`).join("");
  return [
    "OVERLAYS = $(shell cat overlay/order 2>/dev/null)",
    "world: " + order.map(({ target }) => target).join(" ") + " 0-local-stamp",
    ...order.map(({ target, needs }) => rule(target, needs ?? "") + `\t@touch ${target}\n`),
    "0-local-stamp: 0-subdir-kvm-stamp\n\t@touch $@\n",
    rule("manifest", ""),
    ".PHONY: world manifest\n",
  ].join("\n");
}
