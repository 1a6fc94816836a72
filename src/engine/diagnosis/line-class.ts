// Invariant: looks at one line alone and only at its form (who speaks, file:line, table column),
// so a word like "error" in a name, an option or a count says nothing. No state, no allocation for
// lines without a trigger.

/**
 * What a line of a build log is by itself: it tells of a failure; of something that only follows
 * from one; or of something a build survives.
 */
export type LineClass = "failure" | "warning" | "consequence";

/** Only the form of these tells; no line without one of them is looked at further. */
const trigger =
  /rror|RR!|RROR|ail(?:ed|ure)|FAIL|BUILD|atal|ATAL|arning|ARNING|\*\*\*|ndefined|not (?:found|shipped|in gzip|remade)|No (?:such|space|rule|match)|annot|an't|on't know|denied|refused|unshipped|missing|invalid|illegal|nrecogni|exhausted|yntax|efinition of|relocation|only works|borting|dumped|egmentation|illed|rminated|\((?:core|\d+\)) |memory|quota|Malformed|too large|oserr|\.(?:o|so[.\d]*|a)(?:\(.*\))?$|\.\w+: \d+: |шибк|ehler|rreur|错误|エラー|unexpected|", line \d|\/-1\]/;

/** Forms of lines that speak of failures without being one. */
const innocent: readonly RegExp[] = [
  // make went on (`-` before the command, or -i); dmake says it after the code.
  /\(ignored\)\s*$/,
  // autoconf's questions, whose answer may be anything; "no" to a vital one is said again.
  /^(?:checking |configure:\d+: (?:checking |result: |\$\? = ))/,
  // autoconf tries programs that must not compile.
  /\bconftest\.\w+[:"]/,
  // Commands as make and the shells echo them: options and quoted messages are not results.
  /^\+* ?(?:\S*\/)?(?:libtool: |\(?(?:[\w.+-]*(?:gcc|g\+\+|cc|c\+\+|clang|ld|ar)(?:-[\d.]+)?|echo|printf|if|test|for|case|sed|n?awk|e?grep|mv|cp|rm|install) +['"\-!$[\w/.])(?!.*: (?:fatal )?error: )(?!.*:? (?:not found|No such file or directory|No space left on device)$)(?!.*FAILED\s*$)/,
  // automake's stand-in for a tool that is not there; it then does without.
  /\bmissing: line \d+: .* not found$/,
  // A list of commits: their titles tell of errors that were mended.
  /^[0-9a-f]{7,40} \S/,
  // smartos-live's Makefile asks for what an older tree does not have, and its helper for a tool
  // that only SunOS has; both go on.
  /^error: pathspec 'deps\/\w+' did not match|\boptimize_jobs: line \d+: kstat: /,
  // A message within the recipe that would print it.
  /\b(?:echo|printf) +(?:-\w+ +)?["']?(?:ERROR|FATAL|WARNING|error|fatal)\b/,
  // Counts of zero and the results expected to fail.
  /\b(?:0|no|No|without) (?:errors?|failures?|failed)\b|\b(?:ERRORS?|FAIL(?:ED|URES)?|errors?):? +0\b|^XFAIL|# (?:XFAIL|XPASS|SKIP)/,
];

/** A program, a file with its line, or both, as they stand before what they say. */
const speaker = String.raw`(?:^|[\s\])])(?:"[^"]+", line \d+|[^\s:]+(?:[:(]\d+(?:[.:,]\d+)*\)?)?) ?: `;

const consequences: readonly RegExp[] = [
  /\*\*\* \[.*\](?: Error -?\d+| .*$)/,
  /\*\*\* Error code -?\d+/,
  /^\*\*\* .*(?:failed|Stop)/,
  /make(?:\[\d+\])?: (?:Fatal error|Warning|Error): Command failed for target/,
  /^\s*Target [`'"].*not remade because of errors/,
  /Failed target|^Command failed for target|^ninja: build stopped/,
  /^(?:\S*\/)?collect2: (?:fatal )?error: ld returned|^(?:\S*\/)?collect2: ld returned [1-9]/,
  /linker command failed with exit code/,
  /\bld: fatal: (?:symbol referencing|file processing|library processing) errors/,
  /^cc1\w*: (?:all|some) warnings being treated as errors/,
  /^compilation terminated|^BUILD FAILURE|^BUILD FAILED|Build step .* failed/,
  /^(?:g?tar|gtar): (?:Exiting with failure status|Error is not recoverable|Child returned status [1-9])/,
  /^\S+: ERROR: "builder" failed/,
  /\*\*\* wait: No child processes/,
  /^npm ERR! (?:A complete log|errno|code ELIFECYCLE)/,
];

const failures: readonly RegExp[] = [
  // Compilers, assemblers, cw, configure, javac, meson and all others that say who and "error:".
  new RegExp(
    `${speaker}(?:internal compiler |fatal |hard |elf )*(?:[Ee]rror|ERROR|ошибка|фатальная ошибка|Fehler|erreur(?: fatale)?|错误|致命错误|エラー)(?:\\[\\w+\\])?(?: [A-Z]\\d+)?\\s?: `,
  ),
  /^(?:fatal|error): \S/,
  /^(?:\S*\/)?[\w.+-]+: (?:[Ff]atal|FATAL)(?: error)?: \S/,
  /(?:^|[\s\])])(?:FATAL|CRITICAL|ERROR): (?!0\b)\S/,
  /^\s*"[^"]+", line \d+ ?: (?!warning|note)/,
  /\binternal compiler error\b|\bvirtual memory exhausted\b|\bInternal error: \S/,
  /^\S+\.[fF]\w*: ?\d+: .*\b(?:too large|invalid|undefined)\b/,
  // Linkers: GNU's sentences, Solaris' prefixes, and the rows of its undefined-symbol table.
  /: (?:more )?undefined reference to |: multiple definition of |\bcannot find -l\w|: relocation R_\w+ against .* can ?not be used/,
  /(?:^|\s|\/)ld(?:\.\w+)*: (?:\S+: )*(?:fatal|elf error|error|unrecognized option|cannot |unknown |\S+:\d+: syntax error)/,
  /\/ld:\s?\S+:\d+: (?:syntax error|.*ignoring invalid)|^ld\.so\.1: .*: fatal: /,
  /^Undefined +(?:first referenced|symbols? for)/,
  /^(?:[^\s(]\S{34,} +|(?=[^\s(].{33} )\S.*? {2,}(?<=^.{36}))[^\s=:]+\.(?:o|so(?:\.[\d.]+)?|a)(?:\(.+\))?$/,
  /^ar: \S+ not found$|^\S*\bar: .*(?:illegal option|No such file)/,
  // make of every kind, before it runs anything.
  /\*\*\* (?:No rule to make target|missing separator|target pattern|commands commence|multiple target|.*\. +Stop\.)/,
  /[Dd]on't know how to make /,
  /make(?:\[\d+\])?: Fatal error(?: in reader)?: (?!Command failed)/,
  /^\S*make(?:\[\d+\])?: "[^"]+" line \d+: |^\S*make(?:\[\d+\])?: \S+: (?:No such file|Permission denied|Command not found|cannot execute)/,
  // Shells, and programs that could not find or read something.
  /(?:^|[\s:.])(?:\S*\/)?(?:\w*sh|\S+\.sh|\S+\[\d+\]|line \d+|make|env)(?: ?: (?:line )?\d+)?: .*(?:not found|No such file or directory|annot (?:open|execute)|cannot create|can't (?:cd|open)|ermission denied|yntax error|unexpected|bad substitution|unary operator|too many arguments)/,
  /: command not found\s*$|: (?:line )?\d+: [Ss]yntax error/,
  /^(?:\S*\/)?(?:g?tar|cpio|pax|cp|mv|ln|g?install|chown|chmod|mkdir|cat|gzip|bzip2|xz|unzip|ctf\w+|elf\w+|find|cd|touch|g?patch|g?sed|awk|nawk|rsync|mount|lofiadm|newfs|mkfile|svccfg): .*(?:cannot |Cannot |can't |could not |No such file|No space|Permission denied|not permitted|not in gzip|not found|File exists|Read-only|orrupt|nexpected end|malformed|failed)/,
  /: (?:illegal|invalid|unrecognized|unknown) option(?: --|:)? /,
  // What the machine has too little of.
  /No space left on device|Disk quota exceeded|[Cc]annot allocate memory|\bout of memory\b|OUT OF MEMORY/,
  /^(?:Segmentation fault|Bus error|Killed|Abort|Illegal instruction)\b|\(core dumped\)/,
  // Fetching.
  /^curl: \(\d+\) |\bcurl: \(\d+\) (?:Failed|Could|SSL|The requested)|^(?:ssh|wget|scp): .*(?:refused|timed out|unable|denied|resolve)|^Permission denied \(publickey/,
  /^\S+: FAILED(?: open or read)?$|WARNING: .* computed checksums? did NOT match|[Cc]hecksum (?:mismatch|error|failed)/,
  // patch, and tests.
  /^Hunk #\d+ FAILED|^\d+ out of \d+ hunks? (?:FAILED|failed)|^\* ?FAIL \d+|^(?:FAIL|ERROR): \S|^# (?:FAIL|ERROR): +[1-9]/,
  // Other languages.
  /^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception): \S|^Can't locate .+ at .+ line \d+|^npm ERR! (?:code|missing|\d{3})/,
  // The tree's own tools: builder and its manifest, the checks, configure.
  /^(?:FILE|DIR|LINK(?:\(\w+\))?|SYMLINK): .*FAILED\s*$|\bbuilder: Error copying |^(?:chown|chmod|mkdir|file_cp)\(\): /,
  /^(?:Invalid type \(|Wrong number of arguments for )|\binvalid manifest line\b|\bmissing from manifest: |(?:type|symlink target|hardlink) mismatch: /,
  /\bhas unshipped manual page: |^missing manual page for |^section \S+ page not shipped: /,
  /\bconfigure: (?:build only works|must be|cannot|could not|no )|^Aborting due to |\.\.\. FAILED\s*$/,
  // cstyle and its kin set a blank before the number.
  /^\S+\.(?:c|h|s|cc|cpp|js|sh|pl|py|java): \d+: \S/,
];

const warnings: readonly RegExp[] = [
  new RegExp(`${speaker}[Ww]arning(?:\\[\\w+\\])?: `),
  /(?:^|[\s\])])(?:WARNING|Warning|warning): /,
  /^(?:ld|make): .*(?:warning|Warning)/,
  // nightly goes on without a check that is not installed.
  /\bnightly\[\d+\]: (?:check\w+|proto\w+|find_\w+|wsdiff): +not found$/,
  // builder's entry for a user or group that the image does not have: it says OK.
  /^(?:FILE|DIR): \[[^\]]*\]\[\d+\](?:\[[^\]/]*\/-?\d+\])?\[[^\]/]*\/-1\]/,
  // A shell that is not bash takes the next branch of the recipe; a tree without commits has no HEAD.
  /: \[\[: not found$|^fatal: ambiguous argument 'HEAD'/,
  // cpp over a template whose comments start with #: it says so and goes on.
  /^\S+\.in:\d+:\d+: error: invalid preprocessing directive #/,
];

/**
 * Classifies a line of a build log by the formats of gcc, Studio, ld, make, dmake, autoconf, the
 * shells, git, curl, tar, and the tools of smartos-live and illumos, as those programs print them.
 *
 * @param text the line, without newline; best without colours, and of a progress meter the last state
 * @returns undefined for a line that tells nothing by itself
 */
export function classifyLine(text: string): LineClass | undefined {
  if (!trigger.test(text)) return undefined;
  // Forms stand near the start or the end; a line of megabytes is no message.
  const line = text.length > 4096 ? text.slice(0, 4096) : text;
  if (matches(innocent, line)) return undefined;
  if (matches(consequences, line)) return "consequence";
  // A warning that a failed command is what it warns of stands above, among the consequences.
  if (matches(warnings, line) && !/No space left on device/.test(line)) return "warning";
  return matches(failures, line) ? "failure" : undefined;
}

function matches(patterns: readonly RegExp[], line: string): boolean {
  for (const pattern of patterns) if (pattern.test(line)) return true;
  return false;
}
