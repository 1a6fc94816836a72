// Invariant: formats of python, perl, node and npm, ruby, java and ant.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What interpreters print. */
export const languageForms: readonly Form[] = [
  outcome("interpreter-error", ["Traceback (most"], /^Traceback \(most recent call last\)/),
  outcome(
    "interpreter-error",
    ["compilation aborted", "failed in require"],
    /^(?:BEGIN failed--compilation aborted|Compilation failed in require) at /,
  ),
  {
    kind: "module-missing",
    role: "fatal",
    anchors: [
      "No module named",
      "NotFoundError",
      "annot import name",
      "annot find module",
      "Can't locate",
      "no such file to load",
      "cannot load such",
    ],
    pattern:
      /^(?:\s*throw )?(?:(?:ModuleNotFound|Import)Error: (?:No module named|cannot import name) '?(?<name>[\w.]+)|Error: Cannot find module '(?<file>[^']+)|(?<what>Can't locate \S+) (?:in @INC|at ).*|.*(?:no such file to load|cannot load such file) -- \S+)/,
    say: ({ name, file, what }) => `A module is missing: ${name ?? file ?? what ?? ""}`,
  },
  {
    kind: "module-missing",
    role: "fatal",
    anchors: ["ERR_MODULE_NOT_FOUND", "not find package"],
    pattern: /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find (?:package|module) '(?<name>[^']+)'/,
    say: ({ name }) => `A module is missing: ${name ?? ""}`,
  },
  // A program that was called has said itself what went wrong.
  outcome("interpreter-error", ["CalledProcessError"], /^(?:subprocess\.)?CalledProcessError: /),
  // Without a word of explanation, or with node's code.
  {
    kind: "interpreter-error",
    role: "fatal",
    anchors: [
      "AssertionError",
      "MemoryError",
      "RecursionError",
      "NotImplementedError",
      "RuntimeError",
      "StopIteration",
      "Error [ERR_",
    ],
    pattern:
      /^(?<what>(?:[\w.]+\.)?(?:(?:Assertion|Memory|Recursion|NotImplemented|Runtime)Error|StopIteration)|(?:[A-Z]\w*)?Error \[ERR_\w+\]: .*)$/,
    say: ({ what }) => `A script stopped: ${what ?? ""}`,
  },
  {
    kind: "interpreter-error",
    role: "fatal",
    anchors: ["Error: ", "Exception: ", "xception in thread", "Interrupt"],
    pattern: /^(?<what>(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception): \S.*|Exception in thread .*)/,
    say: ({ what }) => `A script stopped: ${what ?? ""}`,
  },
  {
    kind: "interpreter-error",
    role: "fatal",
    anchors: [" line "],
    pattern:
      /^(?<what>(?!\S+: warning)(?:syntax error|Can't open|Can't find|Undefined subroutine|Global symbol|Bareword|Not a \w+ reference|Can't (?:call|use|exec|read|write|opendir|stat)|.*: No such file or directory|.+ failed).*?) at (?<file>[^\s,]+) line (?<line>\d+)[.,]/,
    say: ({ file, line, what }) => `${file ?? ""} line ${line ?? ""} stopped: ${what ?? ""}`,
  },
  // What die and Carp add to any text.
  {
    kind: "interpreter-error",
    role: "likely",
    anchors: [" line "],
    pattern:
      /^(?<what>\S.*) at (?<file>\S+\.(?:p[lm]|t|cgi)|-e|\S*\/(?:\w+-?)+) line (?<line>\d+)(?:, <\w*> (?:line|chunk) \d+)?\.$/,
    say: ({ file, line, what }) => `${file ?? ""} line ${line ?? ""} stopped: ${what ?? ""}`,
  },
  {
    kind: "file-missing",
    role: "fatal",
    anchors: ["open perl script", "open input file", "can't open file"],
    pattern:
      /^(?:Can't open perl script "(?<file>[^"]+)": .*|.*python[\d.]*: can't open file '(?<name>[^']+)'.*|Could not open input file: (?<what>\S+))$/,
    say: ({ file, name, what }) => `The script ${file ?? name ?? what ?? ""} is not there`,
  },
  {
    kind: "interpreter-error",
    role: "likely",
    anchors: ["invalid command name", "while executing"],
    pattern: /^(?<what>invalid command name ".*")$/,
    say: ({ what }) => `A Tcl script stopped: ${what ?? ""}`,
    continues: /^ {4}(?:while executing|invoked from|\(file|\(procedure)|^"/,
  },
  outcome(
    "command-failed",
    ["[ERROR]"],
    /^\[ERROR\] *(?:$|To see the full|Re-run Maven|For more information|\[Help|-> \[Help|After correcting|Failed to execute goal .*Compilation failure)/,
  ),
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["[ERROR] /"],
    pattern: /^\[ERROR\] (?<file>\/\S+):\[(?<line>\d+),\d+\] (?<what>.+)/,
    say: ({ file, line, what }) =>
      `${file ?? ""} line ${line ?? ""} does not compile: ${what ?? ""}`,
  },
  {
    kind: "tool-failed",
    role: "fatal",
    anchors: ["[ERROR] "],
    pattern: /^\[ERROR\] (?!COMPILATION ERROR)(?<what>\S.*)/,
    say: ({ what }) => `Maven stopped: ${what ?? ""}`,
  },
  // What make printed above says more, where it did.
  outcome(
    "tool-failed",
    ["gyp ERR! stack Error: "],
    /^(?:npm ERR! )?gyp ERR! stack Error: (?<what>.+)/,
    ({ what }) => `node-gyp could not build an add-on of npm: ${what ?? ""}`,
  ),
  outcome(
    "tool-failed",
    ["npm ERR! ", "npm error ", "gyp ERR! "],
    /^npm (?:ERR!|error) (?:A complete log|errno|code (?:ELIFECYCLE|1\b)|path|command|syscall|cwd|node |npm |System|argv|    |\s|Failed at the|To see a list of scripts|This is probably|There is likely|\S+@\S+ \w+:|Exit status)|^gyp ERR! (?!configure error|find )/,
  ),
  {
    kind: "tool-failed",
    role: "fatal",
    anchors: ["npm ERR! ", "npm error ", "ERR! configure error", "gyp ERR! find"],
    pattern: /^(?:npm (?:ERR!|error)|gyp ERR!) (?<what>.+)/,
    say: ({ what }) => `npm stopped: ${what ?? ""}`,
  },
  outcome(
    "command-failed",
    ["BUILD FAILED"],
    /^BUILD FAILED|; see the compiler error output for details/,
  ),
  outcome("compile-error", ["errors", "1 error"], /^\s*(?:\[javac\] )?\d+ errors?$/),
];
