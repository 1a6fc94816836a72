// Invariant: a script is known by the hash of its whole text only; one changed byte and it is run.

/** How a known version of the script makes the index of man pages. */
export type WhatisTool =
  /** The image's own catman, in a chroot: possible on the running system alone. */
  | "chroot"
  /** The build machine's catman. */
  | "host"
  /** It makes none. */
  | "none"
  /** The man that the illumos build leaves in its tools proto. */
  | "tools";

/**
 * SHA-256 of the published versions of tools/customize that do the same steps: empty mnttab, syslog
 * and wtmpx, root's owner, the stamp in motd and issue. They differ in the man page index.
 */
const known: Readonly<Record<string, WhatisTool>> = {
  fc44b820e950dc16145e0694a76bc9980aa28be1281f9417953bc5c548f0deeb: "none",
  "42785fd7b7e201b3ba952e3334a0fa3f43fb2e641e55532e4db8bf9bbc5eed17": "chroot",
  aaf04d52823c3d506216c2be1defd337398219ff77ff1f083ba2efd9d1d5aeaa: "chroot",
  b61fddffece983fc54d0e02b26a862dd7a970f393b40de953d949d5a61924e95: "chroot",
  "26d85d93efc0334241838131dfd30d28bb6ef9b3632cde53c8234334804a9689": "chroot",
  "8ed041c2d95ea6dd1fd009b2b7faa66cca1e79bd58eeb4ab4c7f0a255e064482": "chroot",
  "556283ed0a4fecc2f957514b28edd8e691c9d586e7373d750484d70620c312c2": "chroot",
  b4a069a5bdb548699fe2a9730c99d3d765084267b3330ae1dfd18d629179d5a1: "host",
  "58cd1a80b7bc315ce54089069c9aceaa936a89c8b5ccd946e388f3e17972960d": "host",
  eab5875f7467077c0b138c4b5a35605d00604fda60dabdddf41d859cdb0da0e1: "host",
  dc5be72b37ff8fa81bc106da5b8706a993a6b6d8b75e68bcbf9c871ce4077b35: "none",
  "1fdcbc2017ba40d65c5b6c772319ed642813b938c4732b20582e7f02d3e40b2b": "tools",
};

/** What a script with this SHA-256 (hex) does about man pages; undefined for an unknown script. */
export function knownScript(sha256: string): WhatisTool | undefined {
  return Object.hasOwn(known, sha256) ? known[sha256] : undefined;
}
