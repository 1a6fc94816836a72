// Invariant: what the checks before the image and the tree's own builder can meet; steps that both
// builders take are refused to both.
import type { Injection } from "./injections.ts";

const byTree = (rule: string, cause: RegExp): Injection => ({
  rule,
  stage: "live",
  remove: [],
  cause,
  builder: "tree",
});
const byBoth = (rule: string, cause: RegExp): Injection[] => [
  byTree(rule, cause),
  { rule, stage: "live", remove: ["output/platform-latest"], cause },
];
const unshipped = (rule: string, path: string, cause: RegExp): Injection => ({
  rule,
  stage: "checks",
  remove: ["0-illumos-stamp"],
  cause,
  cure: [path],
});

/** Failures of the checks and of the image. */
export const imageInjections: readonly Injection[] = [
  unshipped("fail=mancheck", "proto/usr/share/man/man9f/unshipped.9f", /unshipped\.9f/),
  unshipped("fail=tzcheck", "proto/usr/share/lib/zoneinfo/Sim*", /Sim\w+ .*manifest/),
  unshipped(
    "fail=ucodecheck",
    "proto/platform/i86pc/ucode/GenuineIntel/000906ED-99",
    /000906ED-99/,
  ),
  {
    rule: "fail=manifest-missing:usr/bin/ls",
    stage: "live",
    remove: ["0-illumos-stamp", "proto/usr/bin/ls"],
    // The check of what illumos' manifest asks for, before any image is begun.
    toldBy: "illumos",
    cause: /^usr\/bin\/ls .*projects\/illumos\/manifest/,
    cure: ["0-illumos-stamp"],
    cureStage: "illumos",
  },
  byTree("fail=mkfile", /space|full/i),
  byTree("fail=lofi", /lofiadm.*temporarily unavailable/),
  byTree("fail=newfs", /number of sectors/),
  byTree("fail=mount", /I\/O error/),
  byTree("fail=image-full:root", /space|full/i),
  byTree("fail=image-full:usr", /space|full/i),
  byTree("fail=umount", /busy/),
  byTree("fail=compress", /space|full/i),
  ...byBoth("fail=whatis", /whatis/),
  ...byBoth("fail=smf", /attributes construct error|not well-formed/),
  byTree("fail=seeds", /parse document/),
  byTree("fail=password", /root password|pwgen/i),
];
