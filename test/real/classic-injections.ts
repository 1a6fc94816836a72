// Invariant: as in injections.ts, `cause` is what a person who knows the request would call the
// cause. The tree of 2012 calls fewer tools in its image than today's, so it knows fewer failures;
// it unmounts by force, which always works.
import type { Injection } from "./injections.ts";

const configured = ["overlay/order"];
const extra = (component: string): string[] => [
  "1-extra-stamp",
  `projects/illumos-extra/${component}/*-32`,
];
const illumos = [
  "0-illumos-stamp",
  "projects/illumos/usr/src/cmd/z*/z*.o",
  "projects/illumos/usr/src/cmd/zpool/zpool",
];
const unshipped = ["0-illumos-stamp", "proto/usr/bin/ls", "projects/illumos/usr/src/cmd/ls/ls"];
const image = {
  stage: "live",
  builder: "tree",
  remove: ["output/buildstamp"],
} as const;

/** For trees of the layout of 2012, in the order of the build. */
export const classicInjections: readonly Injection[] = [
  {
    rule: "fail=network",
    stage: "configure",
    remove: [...configured, "projects/illumos/on-closed-bin*"],
    cause: /curl|resolve/i,
  },
  {
    rule: "fail=adjunct:404",
    stage: "configure",
    remove: [...configured, "illumos-adjunct*"],
    cause: /illumos-adjunct\S+ is not an archive/,
  },
  {
    rule: "fail=adjunct:corrupt",
    stage: "configure",
    remove: [...configured, "illumos-adjunct*"],
    cause: /illumos-adjunct\S+ is a damaged archive/,
  },
  {
    rule: "fail=closed:404",
    stage: "configure",
    remove: [...configured, "projects/illumos/on-closed-bin*"],
    cause: /on-closed-bins\S+ is not an archive/,
  },
  {
    rule: "fail=closed:corrupt",
    stage: "configure",
    remove: [...configured, "projects/illumos/on-closed-bin*"],
    cause: /on-closed-bins\S+ is a damaged archive/,
  },
  {
    rule: "fail=strap/openssl:compile",
    stage: "strap",
    remove: ["0-extra-stamp", "projects/illumos-extra/openssl/*-32strap"],
    cause: /strlcpyz/,
  },
  {
    rule: "fail=illumos:lock",
    stage: "illumos",
    remove: illumos,
    cause: /already started|lock/,
  },
  {
    rule: "fail=illumos:compile",
    stage: "illumos",
    remove: illumos,
    cause: /zpool.*error|zpool.*undeclared|undeclared|implicit/i,
  },
  { rule: "fail=illumos:link", stage: "illumos", remove: illumos, cause: /zpool_main_init_v2/ },
  {
    rule: "fail=illumos-extra/curl:compile",
    stage: "extra",
    remove: extra("curl"),
    cause: /strlcpyz/,
  },
  {
    rule: "fail=illumos-extra/bind:configure",
    stage: "extra",
    remove: extra("bind"),
    cause: /OpenSSL/,
  },
  {
    rule: "fail=illumos-extra/screen:patch",
    stage: "extra",
    remove: extra("screen"),
    cause: /hunk|patch/i,
  },
  {
    rule: "fail=illumos-extra/wget:link",
    stage: "extra",
    remove: extra("wget"),
    // The last object that was made: another one at full size.
    cause: /wget_(io|str)_init_v2/,
  },
  {
    rule: "fail=illumos-extra/vim:install",
    stage: "extra",
    remove: extra("vim"),
    cause: /No space left|is full/i,
  },
  {
    rule: "fail=illumos-extra/gzip:sha1",
    stage: "extra",
    remove: extra("gzip"),
    cause: /checksum/i,
  },
  {
    rule: "fail=cc:vmunbundle.c",
    stage: "src",
    remove: ["0-livesrc-stamp", "src/vmunbundle"],
    cause: /_injected'|vmunbundle\.c/,
  },
  {
    rule: "fail=local/kvm:compile",
    stage: "local/kvm",
    remove: ["0-local-stamp", "0-subdir-kvm-stamp", "projects/local/kvm/*.o"],
    cause: /strlcpyz/,
  },
  {
    rule: "fail=local/kvm-cmd:link",
    stage: "local/kvm-cmd",
    remove: ["0-local-stamp", "0-subdir-kvm-cmd-stamp", "projects/local/kvm-cmd/kvm_cmd"],
    cause: /vl_init_v2/,
  },
  {
    rule: "fail=manifest-missing:usr/bin/ls",
    ...image,
    remove: [...image.remove, "proto/usr/bin/ls"],
    cure: unshipped,
    cureStage: "illumos",
    cause: /usr\/bin\/ls.*projects\/illumos\/manifest:\d+/,
  },
  { rule: "fail=mkfile", ...image, cause: /mkfile|No space left|is full/i },
  { rule: "fail=lofi", ...image, cause: /lofi/ },
  { rule: "fail=newfs", ...image, cause: /newfs|mkfs/ },
  { rule: "fail=mount", ...image, cause: /mount/ },
  { rule: "fail=image-full:root", ...image, cause: /space|full/i },
  { rule: "fail=image-full:usr", ...image, cause: /space|full/i },
  { rule: "fail=smf", ...image, cause: /svccfg|parser error|SMF|XML/i },
  { rule: "fail=seeds", ...image, cause: /svccfg|parse|seed/i },
  { rule: "fail=compress", ...image, cause: /compress|lofi|space/i },
];
