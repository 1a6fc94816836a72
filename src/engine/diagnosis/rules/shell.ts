// Invariant: formats of sh, bash, ksh and dash, and of the small programs of a recipe.
import type { Form } from "../form.ts";

const shell = String.raw`(?:^|(?<=[\s:.]))(?:\S*\/)?(?<file>(?!(?:g?cp|g?mv|g?ln|mkdir|rm|touch|g?install|cat|tee|chmod|chown|g?tar|sort|g?sed):)[^\s:]+?)(?:\[(?:\d+)\])?: (?:\S+\[\d+\]: )?(?:(?:line )?(?<line>\d+): )?`;

/** What shells and file tools print. */
export const shellForms: readonly Form[] = [
  // automake's stand-in for a tool that is not there: most recipes do without.
  {
    kind: "command-not-found",
    role: "likely",
    anchors: ["not found"],
    pattern: /\bmissing: (?:line )?\d+: (?<name>\S+): (?:command )?not found$/,
    say: ({ name }) => `The command ${name ?? ""} was not found`,
  },
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["unable to execute"],
    pattern: /^pfexec: unable to execute (?<name>\S+): No such file or directory$/,
    say: ({ name }) => `pfexec found no ${name ?? "program"}`,
  },
  {
    kind: "permission-denied",
    role: "fatal",
    anchors: ["pfexec: "],
    pattern:
      /^pfexec: (?<what>unable to execute (?<name>[^:]+): .*|(?:unable to set|error (?:parsing|setting)) .*)$/,
    say: ({ what }) => `pfexec could not run the command: ${what ?? ""}`,
  },
  {
    kind: "permission-denied",
    role: "fatal",
    anchors: ["annot execute"],
    pattern: /^(?:\S*\/)?[\w.-]*sh: (?:line \d+: )?(?<name>[^\s:]+): cannot execute.*$/,
    say: ({ name }) =>
      `The shell cannot run ${name ?? "a file"}: it is no program for this machine`,
  },
  // Behind a step that build_live has begun to print.
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["file or directory", "mmand not found"],
    pattern:
      /\.\.\. +(?<file>\S+): line (?<line>\d+): (?<name>[^\s:]+): (?:No such file or directory|command not found)$/,
    say: ({ name }) => `The shell found no ${name ?? "file"}`,
  },
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["mmand not found"],
    pattern: new RegExp(String.raw`${shell}(?<name>[^\s:]+): command not found\s*$`),
    say: ({ name }) => `The command ${name ?? ""} was not found`,
  },
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: [": not found", ":  not found"],
    pattern:
      /^(?:\S*\/)?(?<file>(?:[\w.-]*sh|env|[\w./-]+\[\d+\]|\S+\.(?:sh|ksh)|configure)): (?:(?:line )?(?<line>\d+): )?(?:exec: )?(?<name>[^\s:]+): +not found(?: \[No such file or directory\])?\s*$/,
    say: ({ name }) => `The command ${name ?? ""} was not found`,
  },
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["such file or d", "bad interpreter", "annot execute"],
    pattern:
      /^(?:env|\/usr\/bin\/env|nohup|sudo|pfexec|xargs|time|nice|timeout|exec): [‘'"`]?(?<name>[^\s:‘’'"`]+)[’'"`]?: (?:No such file or directory|.*bad interpreter.*|cannot execute.*)$/,
    say: ({ name }) => `The command ${name ?? ""} was not found`,
  },
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["such file or d", "bad interpreter"],
    pattern:
      /^(?:\S*\/)?(?<file>(?:[\w.-]*sh|\S+\.(?:sh|ksh))|\S+): line (?<line>\d+): (?<name>[^\s:]+): (?:No such file or directory|.*bad interpreter.*)$/,
    say: ({ name }) => `The shell found no ${name ?? "file"}`,
  },
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["not found", "such file or d"],
    pattern:
      /^(?:\S*\/)?(?<file>[\w.-]*sh): (?<line>\d+): (?<name>[^\s:]+): (?:not found|No such file or directory)$/,
    say: ({ name }) => `The command ${name ?? ""} was not found`,
  },
  {
    kind: "permission-denied",
    role: "fatal",
    anchors: ["ermission denied", "annot execute"],
    pattern:
      /^(?:\S*\/)?(?<file>[\w.-]*sh|\S+\.(?:sh|ksh)): (?:line )?(?<line>\d+): (?<name>[^\s:]+): (?:Permission denied|cannot execute.*)$/,
    say: ({ name }) => `The shell may not run or open ${name ?? "a file"}: permission denied`,
  },
  {
    kind: "shell-error",
    role: "fatal",
    anchors: [
      "yntax e",
      "nexpected end of",
      "nbound variable",
      "parameter not set",
      "arameter null",
      "bad substitution",
      "annot open",
      "annot create",
      "can't cd",
      "can't open",
      "nmatched",
      "not a valid identifier",
      "eadonly",
      "is read only",
      "nexpected EOF",
      "eed rather",
      "rgument list too long",
      "perator expected",
      "oo many arguments",
      "argument expected",
      "expression expected",
      "nexpected operator",
    ],
    pattern: new RegExp(
      String.raw`${shell}(?<what>[^:]*?:? ?(?:[Ss]yntax error.*|unexpected end of file.*|unexpected EOF.*|.*unbound variable|parameter (?:not set|null or not set)|[Bb]ad substitution|cannot (?:open|create) .*|can't (?:cd to|open) .*|.*unmatched.*|.*not a valid identifier|.*is read only|.*: readonly variable|Argument list too long|.*operator expected|too many arguments|(?:\[|test): .*(?:argument|operator|integer expression) expected|(?:\[|test): unexpected operator))\s*$`,
    ),
    say: ({ file, line, what }) =>
      `The shell stopped in ${file ?? "a script"}${line === undefined ? "" : ` line ${line}`}: ${what ?? ""}`,
  },
  // Programs of a recipe: they may stand behind `-`, `||` or in a loop.
  {
    kind: "file-missing",
    role: "likely",
    anchors: ["such file or d", "does not exist", "annot access", "not found"],
    pattern:
      /^(?:\S*\/)?(?:g?tar|cpio|pax|g?cp|g?mv|g?ln|g?install|chown|chgrp|chmod|mkdir|rmdir|rm|cat|sort|find|cd|touch|g?sed|g?awk|nawk|gawk|mawk|grep|egrep|rsync|mount|umount|ls|head|tail|tee|cmp|diff|strip|mcs|elfdump|file|perl|python\S*|node|gzip|bzip2|nroff|xargs|stat|realpath|readlink|dirname|pushd|m4|flex|bison|rpcgen|localedef|msgfmt|sh|ksh|bash|nm|size|od|cksum|md5sum|digest|openssl|java|javac|ant|xsltproc|dd|date): (?:cannot |can't |could not |[Ee]rror|.*: )?(?<what>.*?(?<name>[^\s:'"‘’`]+)['"’`]?(?:: | )?(?:\[?No such file or directory.*|does not exist.*|not found.*|cannot access.*)|cannot access .*)$/,
    say: ({ what }) => `A file is missing: ${what ?? ""}`,
  },
  {
    kind: "file-not-writable",
    role: "likely",
    anchors: [
      "ermission denied",
      "not permitted",
      "ead-only file",
      "ile exists",
      "s a directory",
      "ot a directory",
      "not empty",
      "busy",
      "Not owner",
      "same file",
      "will not create",
      "not overwrite",
    ],
    pattern:
      /^(?:\S*\/)?(?<name>[\w.+-]+): (?!ERROR|error|warning)(?<what>.*(?:[Pp]ermission denied|not permitted|Read-only file system|File exists|Is a directory|Not a directory|not empty|[Bb]usy|Not owner|are the same file|will not create|not overwrite).*)$/,
    say: ({ name, what }) => `${name ?? "A tool"} could not write: ${what ?? ""}`,
  },
  {
    kind: "option-unknown",
    role: "likely",
    anchors: [
      "legal option",
      "valid option",
      "ecognized option",
      "nknown option",
      "ad option",
      "nrecognized",
      "invalid argument",
    ],
    pattern:
      /^(?:\S*\/)?(?<name>[\w.+-]+): (?:error: )?(?<what>(?:illegal|[Ii]nvalid|[Uu]nrecognized|[Uu]nknown|bad) (?:command.line )?(?:option|argument).*)/,
    say: ({ name, what }) => `${name ?? "A program"} does not know an option: ${what ?? ""}`,
    continues: /^[Uu]sage: ?|^Try [`'‘]/,
  },
  {
    kind: "program-crashed",
    role: "fatal",
    anchors: ["Sanitizer: ", "runtime error: "],
    pattern:
      /^(?:==\d+==\s?ERROR: (?<name>\w+Sanitizer): (?<what>.+)|(?<file>[^\s:]+):(?<line>\d+):\d+: runtime error: .+)/,
    say: ({ name, what, file, line }) =>
      what === undefined
        ? `A program did what it may not at ${file ?? ""} line ${line ?? ""}`
        : `A program crashed: ${name ?? ""} found ${what}`,
  },
  {
    kind: "program-crashed",
    role: "likely",
    anchors: [
      "smashing detected",
      "ree(): ",
      "lloc(): ",
      "corrupted ",
      "ssertion ",
      "ssertion failed",
    ],
    pattern:
      /^(?<what>\*\*\* stack smashing detected \*\*\*.*|(?:free|malloc|realloc|munmap_chunk|corrupted)\b.*(?:\(\): |double-linked|size vs).*|(?:\S+: )?(?<file>[^\s:]+):(?<line>\d+): .*: Assertion [\`'].*' failed\.|Assertion failed: .*, file \S+, line \d+.*)$/,
    say: ({ what }) => `A program gave up: ${what ?? ""}`,
  },
  // awk's three families, and sed.
  {
    kind: "shell-error",
    role: "fatal",
    anchors: ["awk: ", "sed: "],
    pattern:
      /^(?:\S*\/)?(?<name>[gnm]?awk): (?<what>(?:cmd\. line:\d+: .*|line \d+: .*|(?:syntax|illegal|non-terminated|newline in|bailing out|extra|missing).*)|(?:can't|cannot) open .*)|^(?:\S*\/)?(?:g?sed): (?:-e expression #|file \S+ line |command garbled|couldn't|Unrecognized command|can't).*/,
    say: ({ name, what }) =>
      what === undefined ? "sed cannot use its commands" : `${name ?? "awk"} stopped: ${what}`,
    continues:
      /^ *(?:[gnm]?awk: )?(?:cmd\. line:\d+: )?.*\^ |^ source line|^ context is|^[gnm]?awk: /,
  },
  {
    kind: "disk-full",
    role: "likely",
    anchors: ["I/O error", "rite error"],
    pattern: /\b(?:echo|printf|cat|tee|dd|cp|sort|tar): (?:\S+: )?(?:I\/O error|[Ww]rite error)\b/,
    say: () => "A program could not write: the disk may be full or broken",
  },
  {
    kind: "permission-denied",
    role: "likely",
    anchors: ["nvalid user", "nvalid group", "nknown user", "nknown group"],
    pattern:
      /^(?:\S*\/)?(?<name>\w+): (?:(?:invalid|unknown) (?:user|group)(?: id)?[: ].*|.*(?:unknown|invalid) (?:user|group) (?:id|name).*)/,
    say: ({ name }) => `${name ?? "A program"} knows no such user or group on this machine`,
  },
  {
    kind: "library-missing",
    role: "likely",
    anchors: ["pkg-config search path", "No package '"],
    pattern:
      /^(?:Package '?(?<name>[^\s']+)'? was not found in the pkg-config search path|No package '(?<what>[^']+)' found)/,
    say: ({ name, what }) =>
      `pkg-config knows no ${name ?? what ?? "package"}: it is not installed`,
    continues: /^Perhaps you should add|^to the PKG_CONFIG_PATH|^(?:No p|P)ackage '/,
  },
  {
    kind: "program-crashed",
    role: "likely",
    anchors: [
      "ore dumped",
      "egmentation fault",
      "us error",
      "bort",
      "llegal instruction",
      "rithmetic exception",
      "loating point",
    ],
    pattern:
      /^(?:\S+: (?:line \d+: )?)?(?:\s*\d+ )?(?<what>(?:Segmentation [Ff]ault|Bus [Ee]rror|Aborted?|Illegal [Ii]nstruction|Arithmetic [Ee]xception|Floating point exception)(?:\s+\(core dumped\)| - core dumped)?)(?:\s+(?<name>\S+).*)?$/,
    say: ({ what, name }) =>
      `A program crashed${name === undefined ? "" : ` (${name})`}: ${what ?? ""}`,
  },
  {
    kind: "tool-failed",
    role: "likely",
    anchors: ["ERROR: ", "FATAL: ", "ERROR - ", "CRITICAL: "],
    pattern: /(?:^|\.\.\. +|^\S+: )(?:ERROR|FATAL|CRITICAL)(?: -|:) (?<what>(?!0\b)\S.*)/,
    say: ({ what }) => what ?? "A tool reports an error",
  },
  {
    kind: "tool-failed",
    role: "likely",
    anchors: ["rror: ", "atal: ", "atal error", "Error -"],
    pattern:
      /^(?:\S*\/)?(?<name>[\w.+-]+): (?:\S+: )*?(?:[Ff]atal(?: error)?|[Ee]rror|elf error)(?: -|:) (?<what>(?!ld returned|linker command)\S.*)/,
    say: ({ name, what }) => `${name ?? "A tool"} failed: ${what ?? ""}`,
  },
  {
    kind: "tool-failed",
    role: "likely",
    anchors: ["rror: ", "atal: "],
    pattern:
      /^\s*(?:[Ee]rror|[Ff]atal(?: [Ee]rror)?): (?<what>(?!Process completed|too many errors)\S.*)/,
    say: ({ what }) => what ?? "A tool reports an error",
  },
];
