// Invariant: what configure has fetched is a whole archive when its stage succeeds; what is none is
// fetched again by the next attempt.

/** Where configure keeps what it fetches, in both layouts. */
const fetched = "illumos-adjunct*.tgz illumos-adjunct*.tar.gz projects/illumos/on-closed-bin*.bz2";

/** Says what is wrong with an archive, or fails when nothing is. */
const damage = [
  "damage() {",
  "  case $1 in *.bz2) tool=bzip2 ;; *) tool=gzip ;; esac",
  "  command -v $tool >/dev/null || return 1",
  '  said=$($tool -t <"$1" 2>&1) && return 1',
  '  [ -s "$1" ] || { echo "is empty, and no archive"; return 0; }',
  '  start() { dd if="$1" bs=512 count=1 2>/dev/null; }',
  // Both formats have control characters in their first bytes, a page or message has none.
  `  if [ "$(start "$1" | LC_ALL=C tr -d '\\011\\012\\015\\040-\\176\\200-\\377' | wc -c)" -eq 0 ]; then`,
  `    page=$(start "$1" | tr '\\n' ' ' | sed 's/.*<[Tt][Ii][Tt][Ll][Ee]>\\([^<]*\\)<.*/\\1/' | cut -c1-120)`,
  '    echo "is not an archive but a saved page: $page"',
  "  else",
  `    echo "is a damaged archive: $(echo "$said" | sed -n '/./{p;q;}')"`,
  "  fi",
  "}",
];

/**
 * A script that runs its arguments between two looks at the downloads. The trees call curl without -f:
 * an error page is saved under the archive's name, configure of either layout does not fetch again
 * what is there, and nobody opens the adjunct before strap does.
 */
export const aroundDownloads = [
  ...damage,
  `for file in ${fetched}; do`,
  '  [ -f "$file" ] && why=$(damage "$file") || continue',
  '  echo "Fetching $file again, which is no whole archive"',
  '  rm -f "$file"',
  "done",
  "status=0",
  '"$@" || status=$?',
  `for file in ${fetched}; do`,
  '  [ -f "$file" ] && why=$(damage "$file") || continue',
  '  echo "$file $why"',
  "  [ $status -ne 0 ] || status=1",
  "done",
  "exit $status",
].join("\n");
