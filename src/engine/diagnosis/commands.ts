// Invariant: tells commands as make and shells echo them from what programs print.

const words =
  "gcc|mpi(?:cc|c\\+\\+|cxx|CC|f77|f90|fort)|g\\+\\+|cc|c\\+\\+|CC|clang|clang\\+\\+|cw|ld|ar|ranlib|as|f77|gfortran|javac|java|ant|echo|printf|if|then|else|fi|test|for|do|done|while(?= +(?:\\[|test|read|!|:|true))|case|sed|gsed|awk|nawk|gawk|grep|egrep|fgrep|mv|cp|rm|rmdir|ln|install|ginstall|mkdir|touch|cd|chmod|chown|tar|gtar|gzip|bzip2|xz|cat|cmp|diff|env|sh|bash|ksh|make|gmake|dmake|bmake|python[\\d.]*|perl|node|npm|pfexec|sudo|git|curl|wget|patch|gpatch|find|sort|ctfconvert|ctfmerge|ctfstrip|elfsign|mcs|strip|yacc|bison|flex|lex|rpcgen|m4|cpp|libtool|set|export|\\[|\\[\\[|true|false|exit|exec|eval|pkg_add|pkgin|lofiadm|newfs|mount|umount|mkfile|sha256sum|md5sum|sha1sum|digest|autoconf|automake|autoreconf|\\./configure|tic|msgfmt|localedef";
const command = new RegExp(
  String.raw`^\s*(?:[\w./-]+[@$#>] ?|\++ )?(?:[({!@-] ?)*(?:\w+=(?:"[^"]*"|'[^']*'|\S*)\s+)*(?:\S*/)?(?:[\w.-]+-)?(?:${words})(?:-[\d.]+)?(?=[\s;)]|$)(?!\s+(?::|failed\b|error\b|ERR!))`,
);
const ownScript = /^(?:\.{1,2}\/\S+(?: (?!.*: )|$)|\/\S+\/\S+ (?!.*: ))/;
/** A line of bash -x as build_live's log has it; the brackets repeat per nesting. */
const trace = /^\[+(?:\d{4}-\d\d-\d\dT[\d:]+Z?)\] \S+:\d+: /;
const libtool =
  /^libtool: (?:compile|link|install|relink): +(?:\(cd |\S*(?:gcc|g\+\+|cc|CC|ar|ranlib|ln|rm|cp|mv|clang|ld)\b)/;

/** True for a line that echoes a command; its words are no results. */
export function isCommand(line: string): boolean {
  return command.test(line) || libtool.test(line) || trace.test(line);
}

/** True also for a script or program given by its path: less sure, for looking back. */
export function mayBeCommand(line: string): boolean {
  return isCommand(line) || ownScript.test(line);
}

/** Lines that makes and shells print around commands. */
export function isNoise(line: string): boolean {
  return /^\s*$|^\S*make(?:\[\d+\])?: (?:Entering|Leaving|Nothing|выход|вход)|^\S+ --> |^\/\S+$|^={4,}/u.test(
    line,
  );
}
