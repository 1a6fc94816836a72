// Invariant: the packages of a tree are those that its own configure names; nothing is installed.

/**
 * Names of the pkgsrc packages that a configure script installs in a zone. Two forms are known: today's
 * `pkglist="a b"` lines and the loop `for pkg in a b; do` with `pkg_info -qe`, of 2012. Empty when
 * the script has neither.
 */
export function packagesOf(configure: string): readonly string[] {
  const lists = [...configure.matchAll(/^\s*pkglist="([^"]*)"/gm)].map(([, list = ""]) => list);
  const loop = /for pkg in ((?:[^;]|\\\n)*?); do\s+pkg_info -qe/.exec(configure)?.[1];
  const words = [...lists, ...(loop === undefined ? [] : [loop])]
    .join(" ")
    .replaceAll("\\\n", " ")
    .split(/\s+/)
    .filter((word) => /^[A-Za-z0-9]/.test(word));
  return [...new Set(words)];
}
