// Invariant: formats of gcc, clang, Studio cc, Studio CC, f77 and gfortran, assemblers and cw.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

const error = String.raw`(?:(?:fatal |фатальная )?(?:error|ошибка)|erreur(?: fatale)?|schwerwiegender Fehler|Fehler|致命错误|错误|致命的エラー|エラー|오류|치명적인 오류|errore(?: irreversibile)?|błąd|erro(?: fatal)?|fatal error)`;
const place = String.raw`(?:^|(?<=\s)|(?<=\]))(?<file>[^\s:"'()]+(?: [^\s:"'()]+\.\w+)?):(?<line>\d+)(?::\d+)?`;
const words = [
  "rror: ",
  "шибка: ",
  "ehler: ",
  "reur: ",
  "tale : ",
  " 错误：",
  " 错误:",
  "エラー:",
  " 오류:",
  "rror:",
  "rreur :",
  "erro: ",
  "błąd: ",
];

/** The source and caret lines below a gcc or clang message. */
const caret = /^\s*\d+ \||^\s+\||^\s*[\^~]+|^\s{2,}\S.*;?\s*$/;

const at = (file: string | undefined, line: string | undefined): string =>
  file === undefined ? "" : `${file}${line === undefined ? "" : ` line ${line}`}`;

/** What compilers print. */
export const compilerForms: readonly Form[] = [
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["trying to exec"],
    pattern:
      /(?:^|\s|\/)[\w.+-]+: (?:fatal )?(?:error: )?error trying to exec '(?<name>[^']+)'|^[\w.+/-]+: (?:fatal )?error: cannot execute [‘'](?<file>[^’']+)/,
    say: ({ name, file }) =>
      `The compiler found no ${name ?? file ?? "program"} of its own: it is not whole`,
  },
  {
    kind: "compiler-crashed",
    role: "fatal",
    anchors: ["compiler e", "ompiler crash"],
    pattern: new RegExp(
      String.raw`(?:${place}: )?(?:\S+: )?(?:fatal error: )?(?<what>internal compiler error\b.*)`,
    ),
    say: ({ file, line, what }) => `The compiler crashed at ${at(file, line)}: ${what ?? ""}`,
  },
  {
    kind: "disk-full",
    role: "fatal",
    anchors: ["left on device"],
    pattern:
      /(?:rror: |: )?(?:error writing to|error closing|write error|cannot (?:write|close)|Couldn't write)\b.*(?<what>No space left on device)/,
    say: () => "The compiler could not write its output: no space left on device",
  },
  {
    kind: "header-missing",
    role: "fatal",
    anchors: ["such file or d", "file not found"],
    pattern: new RegExp(
      String.raw`${place}:\s*(?:fatal |catastrophic )?${error}\s?:\s*'?(?<name>[^\s':]+\.(?:h|hh|hpp|hxx|inc|H)|[\w/]+)'?(?:: No such file or directory| file not found)`,
      "u",
    ),
    say: ({ file, line, name }) =>
      `${at(file, line)} includes ${name ?? "a header"}, which is not there`,
    continues: caret,
  },
  {
    kind: "header-missing",
    role: "fatal",
    anchors: ["include file"],
    pattern:
      /^"(?<file>[^"]+)", line (?<line>\d+): (?:cannot find include file: |Error: Could not open include file )[<"]?(?<name>[^>"]+)/,
    say: ({ file, line, name }) =>
      `${at(file, line)} includes ${name ?? "a header"}, which is not there`,
  },
  // An old gcc without the word error.
  {
    kind: "header-missing",
    role: "fatal",
    anchors: ["such file or d"],
    pattern:
      /^(?<file>[^\s:]+\.(?:[chCsS]|cc|cpp|cxx)):(?<line>\d+)(?::\d+)?: (?<name>\S+\.h\w*): No such file or directory$/,
    say: ({ file, line, name }) =>
      `${at(file, line)} includes ${name ?? "a header"}, which is not there`,
  },
  {
    kind: "compile-error",
    role: "fatal",
    anchors: words,
    pattern: new RegExp(
      String.raw`${place}\)?\s?:\s*(?:fatal |hard )?${error}(?: [A-Z]\d+)?\s?[:：]\s*(?<what>.+)`,
      "u",
    ),
    say: ({ file, line, what }) => `${at(file, line)} does not compile: ${what ?? ""}`,
    continues: caret,
  },
  // javac without a column, MSVC-like and others: file(line): error.
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["): error", ") : error", "): Error", ") : Error", "): fatal e", ") : fatal e"],
    pattern:
      /(?:^|\s)(?<file>[^\s:()]+)\((?<line>\d+)(?:,\d+)?\)\s?: (?:fatal )?[Ee]rror(?: [A-Z]+\d+)?\s?: (?<what>.+)/,
    say: ({ file, line, what }) => `${at(file, line)} does not compile: ${what ?? ""}`,
    continues: caret,
  },
  // Studio: C names no word for errors, C++ says Error:. Warnings and notes always have theirs.
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ['", line '],
    pattern:
      /^\s*"(?<file>[^"]+)", line (?<line>\d+)(?:\.\d+)?\s?: (?!(?:[Ww]arning|[Nn]ote|[Ii]nfo)\b)(?:Error(?:, \w+)?: |error: )?(?<what>.+)/,
    say: ({ file, line, what }) => `${at(file, line)} does not compile: ${what ?? ""}`,
  },
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["too large", "invalid ", "undefined"],
    pattern:
      /^(?<file>\S+\.[fF]\w*): ?(?<line>\d+): (?!warning)(?<what>.*\b(?:too large|invalid|undefined)\b.*)/,
    say: ({ file, line, what }) => `${at(file, line)} does not compile: ${what ?? ""}`,
    continues: /^\S+\.[fF]\w*: ?\d+: .*\b(?:too large|invalid|undefined)\b/,
  },
  // gfortran: the place stands lines above, the word alone.
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["Error: "],
    pattern:
      /^(?:Fatal )?Error: (?<what>(?!.*(?:Process completed|exit code|compiling with))[A-Z‘'].* at \(\d\).*)/,
  },
  // bison and byacc give ranges, rpcgen its own form, msgfmt and go no word for an error.
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["error: ", "error, "],
    pattern:
      /^(?:(?:bison|yacc|byacc): )?(?<file>[^\s:]+\.(?:yy?|ll?|ypp)):(?<line>\d+)[.\d-]*: (?:fatal )?(?:syntax )?error[:,] (?<what>.+)/,
    say: ({ file, line, what }) => `${at(file, line)} cannot be used: ${what ?? ""}`,
    continues: caret,
  },
  {
    kind: "compile-error",
    role: "fatal",
    anchors: [".x, line "],
    pattern: /^(?<file>[^\s,]+\.x), line (?<line>\d+): (?<what>.+)/,
    say: ({ file, line, what }) => `${at(file, line)} cannot be used: ${what ?? ""}`,
    continues: caret,
  },
  {
    kind: "compile-error",
    role: "fatal",
    anchors: [".po:", ".go:"],
    pattern: /^(?:# )?(?<file>[^\s:]+\.(?:po|go)):(?<line>\d+)(?::\d+)?: (?!warning)(?<what>\S.*)/,
    say: ({ file, line, what }) => `${at(file, line)} cannot be used: ${what ?? ""}`,
    continues: /^\S+\.(?:po|go):\d+(?::\d+)?: |^msgfmt: found \d+ fatal/,
  },
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["Assembler messages", "Error: "],
    pattern: /^(?<file>[^\s:]+):(?<line>\d+): Error: (?<what>.+)/,
    say: ({ file, line, what }) => `${at(file, line)} does not assemble: ${what ?? ""}`,
  },
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["in file included", "error: "],
    pattern:
      /^(?:cc1\w*|cpp\w*|as|f951|gcc|g\+\+|clang|(?:\S*\/)?[\w.+-]*(?:gcc|g\+\+|clang|cc1\w*)(?:-[\d.]+)?): (?:fatal )?error: (?!linker command|ld returned)(?<what>.+)/,
    say: ({ what }) => `The compiler stopped: ${what ?? ""}`,
  },
  {
    kind: "option-unknown",
    role: "fatal",
    anchors: ["ecognized", "illegal option", "nknown option", "nvalid option"],
    pattern:
      /^(?:\S*\/)?(?:gcc|g\+\+|cc|CC|cw|cc1\w*|as|[\w.-]*-gcc)(?:-[\d.]+)?: (?:[Ee]rror: )?(?<what>.*(?:unrecognized|illegal option|unknown option|[Ii]nvalid option).*)/,
    say: ({ what }) => `The compiler does not know an option: ${what ?? ""}`,
  },
  {
    kind: "tool-failed",
    role: "fatal",
    anchors: ["cw: ", "mapping failed"],
    pattern:
      /^cw: (?!warning)(?<what>(?:error: |couldn't|[Cc]ompiler is missing|unknown compiler|Excess tokens|Only one|May only|A primary|failed to|multiple source|Conflicting).*)/,
    say: ({ what }) => `cw could not drive the compiler: ${what ?? ""}`,
  },
  outcome(
    "compile-error",
    ["warnings being treated"],
    /^cc1\w*: (?:all|some) warnings being treated as errors/,
  ),
  outcome("compile-error", ["ompilation terminated"], /^compilation terminated/),
  outcome(
    "compile-error",
    ["errors generated", "error generated", "ube failed", "acomp failed", "emitted, stop"],
    /^\d+ (?:warnings? and \d+ )?errors? generated|^cc: \w+ failed for |^fatal error: too many errors emitted/,
  ),
  outcome("compile-error", ["ompilation aborted"], /^compilation aborted for /),
];
