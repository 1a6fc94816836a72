// Invariant: each failure is one that the simulated zone shows on request; `cause` is what a person who
// knows the request would call the cause, and never what merely follows from it.
import { configureInjections } from "./injections-configure.ts";
import { imageInjections } from "./injections-image.ts";

/** A failure to ask for, and how the console should call it. */
export interface Injection {
  /** The rule that the zone reads. */
  readonly rule: string;
  /** The stage that is run, and retried. */
  readonly stage: string;
  /** What must go so that the stage builds what should fail; globs below the workspace. */
  readonly remove: readonly string[];
  /** Found in the first problem. */
  readonly cause: RegExp;
  /** The stage whose problem the cause is, where it is an earlier one. */
  readonly toldBy?: string;
  /** Who makes the image; smartbuild where it does not matter. */
  readonly builder?: "tree";
  /** Packages that are uninstalled first. */
  readonly packages?: readonly string[];
  /** What a person would remove with the cause, before the retry; globs below the workspace. */
  readonly cure?: readonly string[];
  /** What a person would build first, where the cause lies in an earlier stage. */
  readonly cureStage?: string;
}

const extra = (component: string): string[] => [
  "0-extra-stamp",
  `projects/illumos-extra/${component}/*-32`,
];
const strap = (component: string): string[] => [
  "0-strap-stamp",
  `projects/illumos-extra/${component}/*-32strap`,
];
const illumos = [
  "0-illumos-stamp",
  "projects/illumos/usr/src/cmd/z*/z*.o",
  "projects/illumos/usr/src/cmd/zpool/zpool",
];

const worldInjections: readonly Injection[] = [
  { rule: "fail=strap", stage: "strap", remove: strap("node.js"), cause: /strlcpyz/ },
  {
    rule: "fail=strap/gcc10:configure",
    stage: "strap",
    remove: [...strap("gcc10"), "proto.strap"],
    cause: /OpenSSL development headers/,
  },
  { rule: "fail=illumos:lock", stage: "illumos", remove: illumos, cause: /already started/ },
  { rule: "fail=illumos:nocompiler", stage: "illumos", remove: illumos, cause: /compiler/ },
  { rule: "fail=illumos:tools", stage: "illumos", remove: illumos, cause: /EM_SPARCV9/ },
  { rule: "fail=illumos:compile", stage: "illumos", remove: illumos, cause: /strlcpyz/ },
  { rule: "fail=illumos:link", stage: "illumos", remove: illumos, cause: /zpool_main_init_v2/ },
  { rule: "fail=illumos:warning", stage: "illumos", remove: illumos, cause: /'unused'/ },
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
    cause: /OpenSSL development headers/,
  },
  {
    rule: "fail=illumos-extra/openssh:patch",
    stage: "extra",
    remove: extra("openssh"),
    cause: /hunk|patch/i,
  },
  {
    rule: "fail=illumos-extra/wget:link",
    stage: "extra",
    remove: extra("wget"),
    cause: /_init_v2/,
  },
  {
    rule: "fail=illumos-extra/vim:install",
    stage: "extra",
    remove: extra("vim"),
    cause: /No space left|is full/i,
  },
  {
    rule: "fail=illumos-extra/xz:sha1",
    stage: "extra",
    remove: extra("xz"),
    cause: /checksum/i,
  },
  {
    rule: "fail=illumos-extra/gzip:unpack",
    stage: "extra",
    remove: extra("gzip"),
    cause: /gzip.*(?:Cannot open|not there)/i,
  },
  {
    rule: "fail=cc:vmunbundle.c",
    stage: "src",
    remove: ["0-livesrc-stamp", "src/vmunbundle"],
    cause: /_injected' undeclared/,
  },
  { rule: "fail=npm", stage: "src", remove: ["0-livesrc-stamp"], cause: /npm|gyp/ },
  {
    rule: "fail=local/kvm:compile",
    stage: "local/kvm",
    remove: ["0-local-stamp", "0-subdir-kvm-stamp", "projects/local/kvm/*.o"],
    cause: /strlcpyz/,
  },
  {
    rule: "fail=local/mdata-client:link",
    stage: "local/mdata-client",
    remove: [
      "0-local-stamp",
      "0-subdir-mdata-client-stamp",
      "projects/local/mdata-client/mdata_client",
    ],
    cause: /_init_v2/,
  },
  {
    rule: "fail=ctf",
    stage: "local/kbmd",
    remove: ["0-local-stamp", "0-subdir-kbmd-stamp", "projects/local/kbmd/kbmd"],
    cause: /DWARF/,
  },
  {
    rule: "fail=manifest:bad",
    stage: "manifest",
    remove: ["manifest.d", "manifest.gen"],
    cause: /manifest line.*not valid|unexpected manifest line/i,
  },
];

/** For trees of today's layout, in the order of the stages. */
export const injections: readonly Injection[] = [
  ...configureInjections,
  ...worldInjections,
  ...imageInjections,
];
