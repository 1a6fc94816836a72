// Invariant: each failure is one that the simulated zone shows on request; `cause` is what a person who
// knows the request would call the cause, and never what merely follows from it.

/** A failure to ask for, and how the console should call it. */
export interface Injection {
  /** The rule that the zone reads. */
  readonly rule: string;
  readonly stage: string;
  /** What must go so that the stage builds what should fail; globs below the workspace. */
  readonly remove: readonly string[];
  /** Found in the first problem. */
  readonly cause: RegExp;
}

const extra = (component: string): string[] => [
  "0-extra-stamp",
  `projects/illumos-extra/${component}/*-32`,
];
const illumos = [
  "0-illumos-stamp",
  "projects/illumos/usr/src/cmd/z*/z*.o",
  "projects/illumos/usr/src/cmd/zpool/zpool",
];
const live = ["output/buildstamp"];

/** For trees of today's layout. */
export const injections: readonly Injection[] = [
  {
    rule: "fail=closed:corrupt",
    stage: "configure",
    remove: ["build.env", "projects/illumos/on-closed-bin*"],
    cause: /closed|archive|bzip2|tar/,
  },
  {
    rule: "fail=packages:update",
    stage: "configure",
    remove: ["build.env"],
    cause: /pkgin|packages?|repository/,
  },
  {
    rule: "fail=preflight",
    stage: "preflight",
    remove: ["0-preflight-stamp"],
    cause: /OpenSSL/,
  },
  { rule: "fail=illumos:lock", stage: "illumos", remove: illumos, cause: /started|lock|nightly/ },
  { rule: "fail=illumos:compile", stage: "illumos", remove: illumos, cause: /zpool/ },
  { rule: "fail=illumos:link", stage: "illumos", remove: illumos, cause: /undefined|zpool/i },
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
    rule: "fail=illumos-extra/openssh:patch",
    stage: "extra",
    remove: extra("openssh"),
    cause: /hunk|patch/i,
  },
  {
    rule: "fail=illumos-extra/wget:link",
    stage: "extra",
    remove: extra("wget"),
    cause: /undefined|symbol/i,
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
    rule: "fail=cc:vmunbundle.c",
    stage: "src",
    remove: ["0-livesrc-stamp", "src/vmunbundle"],
    cause: /vmunbundle\.c|injected/,
  },
  { rule: "fail=npm", stage: "src", remove: ["0-livesrc-stamp"], cause: /npm|gyp|node/ },
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
    cause: /undefined|symbol/i,
  },
  {
    rule: "fail=manifest:bad",
    stage: "manifest",
    remove: ["manifest.d", "manifest.gen"],
    cause: /manifest line.*not valid|unexpected manifest line/i,
  },
  { rule: "fail=mkfile", stage: "live", remove: live, cause: /space|ramdisk file|mkfile|full/i },
  { rule: "fail=lofi", stage: "live", remove: live, cause: /lofi|attach/ },
  { rule: "fail=newfs", stage: "live", remove: live, cause: /newfs|mkfs/ },
  { rule: "fail=mount", stage: "live", remove: live, cause: /mount/ },
  { rule: "fail=image-full:root", stage: "live", remove: live, cause: /space|full/i },
  { rule: "fail=whatis", stage: "live", remove: live, cause: /whatis/ },
  { rule: "fail=smf", stage: "live", remove: live, cause: /svccfg|parser error|SMF|XML/i },
  { rule: "fail=seeds", stage: "live", remove: live, cause: /svccfg|parse|seed/i },
  { rule: "fail=password", stage: "live", remove: live, cause: /password|pwgen/i },
  { rule: "fail=compress", stage: "live", remove: live, cause: /compress|lofi/i },
  { rule: "fail=umount", stage: "live", remove: live, cause: /umount|busy/i },
];
