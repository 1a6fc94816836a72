// Invariant: a difference is explained here by its reason, or it is reported as one to mend.

const ownPassword = "each builder makes a random password of root, with a random salt";
const inOrder =
  "the tree's builder sums these before it empties or changes them: ours are the sums of what ships";
const openPassword =
  "the tree's builder puts the password, readable by all, into the platform folder and its tarball";

/** Why two images of one proto area differ in a place, by the text of the difference's line. */
const known: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:file|root): etc\/shadow (?:owner 0:0 -> 0:3, )?(?:size \d+ -> \d+|content)$/,
    `${ownPassword}; today's script writes the file anew and loses its group`,
  ],
  [/^md5 manifest: [-+] [0-9a-f]{32} {2}\.\/etc\/shadow$/, ownPassword],
  [/^md5 manifest: [-+] [0-9a-f]{32} {2}\.\/var\/(?:adm\/wtmpx|log\/syslog)$/, inOrder],
  [
    /^md5 manifest: \+ [0-9a-f]{32} {2}\.\/etc\/release$/,
    "the builder of 2012 writes it after the sums: it is missing there",
  ],
  [
    /^(?:(?:file|root): \+ etc\/joyent_buildstamp$|md5 manifest: \+ [0-9a-f]{32} {2}\.\/etc\/joyent_buildstamp$)/,
    "the README of 2012 promises it, and its builder no longer writes it",
  ],
  [
    /^md5 manifest: - [0-9a-f]{32} {2}\.\/var\/log\/manifest$/,
    "the builder of 2012 sums the list itself while it writes it",
  ],
  [
    /^md5 manifest: - [0-9a-f]{32} {2}\.\/usr\/share\/man\/windex$/,
    "the tree runs the image's own catman in a chroot as root; smartbuild says that it does not",
  ],
  [
    /^(?:file|root): (?:usr\/share\/smartos|var\/log)\/manifest (?:size \d+ -> \d+|content)$/,
    "the md5 manifest itself; its lines are compared one by one",
  ],
  [
    /^(?:file|root): \S+\/repository\.db (?:size \d+ -> \d+|content)$/,
    "it names the temporary folder it was made in; its records are compared one by one",
  ],
  [
    /^md5 manifest: [-+] [0-9a-f]{32} {2}\.\/\S+\/repository\.db$/,
    "it names the temporary folder it was made in; its records are compared one by one",
  ],
  [
    /^(?:file|root): \+ (?:usr\/)?lost\+found$/,
    "every UFS has it; the simulated zone's file system has not",
  ],
  [
    /^(?:file|root): usr\.lgz (?:mode 0644 -> 1600, )?(?:size \d+ -> \d+|content)$/,
    "two compressors make different bytes, and the simulated one a new file; what is in it is compared",
  ],
  [
    /^file: - usr\/share\/man\/windex$/,
    "the tree runs the image's own catman in a chroot as root; smartbuild says that it does not",
  ],
  [/^(?:output|tarball): - (?:platform-\S+\/)?root\.password\b/, openPassword],
  [
    /^output: \+ root\.password-\S+ 600$/,
    "smartbuild keeps the password beside the platform folder, readable by its owner alone",
  ],
  [
    /^output: \+ platform-\S+\.json 644$/,
    "smartbuild notes how the image was made, for `smartbuild image verify`",
  ],
  [
    /^(?:output|tarball): \+ platform-\S+\/boot_archive\.hash /,
    "today's builder writes it; that of 2012 did not yet, smartbuild does for both",
  ],
  [
    /^output: \+ platform-latest(?:\.tgz)? \(link\)$/,
    "today's builder makes these links; that of 2012 did not yet, smartbuild does for both",
  ],
];

/** The reason of a difference; undefined when nobody has explained it yet. */
export function reasonOf(difference: string): string | undefined {
  return known.find(([pattern]) => pattern.test(difference))?.[1];
}
