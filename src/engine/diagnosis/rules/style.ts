// Invariant: formats of cstyle, jsstyle, hdrchk and the other source checkers, and of the CTF tools.
import type { Form } from "../form.ts";

const finding =
  /^(?<file>\S+): (?:line )?(?<line>\d+): (?<what>(?:(?:missing|extra|improper|more than one|indent by|space|spaces|tabs?|comma|left brace|right brace|opening brace|else and|return type|unparenthesized|continuation|non-continuation|whitespace|#define followed|preprocessor statement|blank after|block comment|comment preceded|unterminated single|obsolete use|unary \*|possible |empty if|stuff after|last line in file|line > \d+|don't use boolean|non-POSIX typedef|unexpected '?[;}{')]|if\/for\/while|[{}] while|all function|function name|strict mode|[Mm]issing (?:copyright|__cplusplus|closing|or invalid)|Invalid (?:header guard|#pragma|or missing)|Header guard|Bad (?:include|__cplusplus))).*)/;

const anyFinding =
  /^(?<file>\S+\.(?:[chsd]|cc|js|java)): (?:line )?(?<line>\d+): (?!.*[Ww]arning)(?<what>\S.*)$/;

/** What style checkers and CTF tools print. */
export const styleForms: readonly Form[] = [
  {
    kind: "style-finding",
    role: "fatal",
    anchors: [
      "non-blank",
      "brace",
      "paren",
      "space",
      "operator",
      "keyword",
      "expression",
      "tabs",
      "header guard",
      "line >",
      "column 1",
      "by blank",
      "void) cast",
      "mismatched with",
      "stuff after",
      "is blank",
      "pragma",
    ],
    pattern: finding,
    say: ({ file, line, what }) =>
      `${file ?? ""} line ${line ?? ""} breaks the style: ${what ?? ""}`,
    continues: finding,
  },
  // Their kin for other languages; a blank stands before the number.
  {
    kind: "style-finding",
    role: "fatal",
    anchors: [".c: ", ".h: ", ".js: ", ".cc: ", ".java: ", ".d: ", ".s: "],
    pattern: anyFinding,
    say: ({ file, line, what }) =>
      `${file ?? ""} line ${line ?? ""} breaks the style: ${what ?? ""}`,
    continues: anyFinding,
  },
  {
    kind: "style-finding",
    role: "fatal",
    anchors: [".js("],
    pattern: /^(?<file>\S+\.js)\((?<line>\d+)\): (?!lint warning|warning)(?<what>\S.*)$/,
    say: ({ file, line, what }) => `${file ?? ""} line ${line ?? ""} does not pass: ${what ?? ""}`,
  },
  {
    kind: "ctf-failed",
    role: "fatal",
    anchors: ["ctfconvert: ", "ctfmerge: ", "ctfstrip: ", "genassym: ", "CTF conversion failed"],
    pattern:
      /^(?:\S*\/)?(?:(?<name>ctf(?:convert|merge|strip)|genassym): (?!WARNING)(?<what>.+)|.*CTF conversion failed.*)/,
    say: ({ name, what }) =>
      `${name ?? "The CTF conversion"} failed${what === undefined ? "" : `: ${what}`}`,
  },
];
