// Invariant: formats of the illumos link-editor and runtime linker (libld.msg), GNU ld, gold, lld, ar.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/**
 * A row of the table of undefined symbols: the symbol in a column of 35, then the file. Its header
 * may be in another language or cut off.
 */
const row =
  /^ ?(?=\S)(?:\S{35,}|(?=.{34,35}[ \t])\S.*?(?: {2,}|\t+)(?<=^.{34,}))\s*[^\s=:]+\.(?:o|lo|so(?:\.[\d.]+)?|a)(?:\([^()]*\))?$/;
const gnuUndefined = /undefined reference to |more undefined references? |in function [`'‘]/;

/** What linkers print. */
export const linkerForms: readonly Form[] = [
  {
    kind: "symbol-undefined",
    role: "fatal",
    anchors: ["undefined reference", "неопределённая", "неопределенная", "référence indéf"],
    pattern:
      /(?:(?<file>[^\s:()]+):(?:(?<line>\d+):|\([^)]*\):) )?(?:undefined reference to(?: symbol)?|неопредел[её]нная ссылка на|référence indéfinie vers) [`'«‘](?<name>.+?)['»’]\s*$/u,
    say: ({ name, file }) =>
      `Nothing that is linked defines ${name ?? "a symbol"}${file === undefined ? "" : `, which ${file} uses`}`,
    continues: gnuUndefined,
  },
  {
    kind: "symbol-undefined",
    role: "fatal",
    anchors: ["undefined symbol: ", "symbol not found", "is undefined"],
    pattern:
      /(?:^|[\s/])(?:ld(?:\.\w+)*|ld64\.lld): (?:error: |fatal: )?.*?(?:undefined symbol:? |symbol [`'])(?<name>[^\s`':]+)/,
    say: ({ name }) => `Nothing that is linked defines ${name ?? "a symbol"}`,
  },
  {
    kind: "symbol-undefined",
    role: "fatal",
    anchors: ["referenced symbol not found"],
    pattern:
      /^ld\.so\.1: (?<what>.*): fatal: relocation error: file (?<file>\S+): symbol (?<name>\S+): referenced symbol not found/,
    say: ({ name, file }) =>
      `${file ?? "A file"} needs the symbol ${name ?? ""}, which no library it loads has`,
  },
  {
    kind: "symbol-undefined",
    role: "fatal",
    anchors: ['", referenced from:', "for architecture"],
    pattern: /^\s+"(?<name>[^"]+)", referenced from:/,
    say: ({ name }) => `Nothing that is linked defines ${name ?? "a symbol"}`,
  },
  {
    kind: "symbol-duplicate",
    role: "fatal",
    anchors: ["ultiple definition", "ultiply-defined", "uplicate symbol", "ultiply defined"],
    pattern:
      /(?:(?:multiple definition of|duplicate symbol:?) |symbol (?=.* is multiply[- ]defined))[`'‘]?(?<name>[^\s'’;]+)/,
    say: ({ name }) => `${name ?? "A symbol"} is defined in more than one object`,
    continues: /^\s+\(file .* (?:type|value)=/,
  },
  {
    kind: "link-error",
    role: "fatal",
    anchors: ["differing sizes", "differing types", "onflicting visib"],
    pattern: /ld: (?<what>(?:fatal: )?symbol [`'](?<name>[^']+)' has (?:differing|conflicting).*)/,
    say: ({ name }) => `Two objects define ${name ?? "a symbol"} with different sizes or types`,
    continues: /^\s+(?:\(file |tentative symbol)/,
  },
  {
    kind: "library-missing",
    role: "fatal",
    anchors: [
      "cannot find -l",
      "unable to find library",
      "not find -l",
      "не найден",
      "impossible de trouver -l",
    ],
    pattern:
      /(?:cannot find|unable to find library|could not find|не найден\S*|impossible de trouver) -l(?<name>[^\s:]+)/u,
    say: ({ name }) => `The linker found no library lib${name ?? ""}`,
  },
  {
    kind: "library-missing",
    role: "fatal",
    anchors: ["not found", "찾을 수 없음", ": 未找到"],
    pattern:
      /\bld: .*?(?:library|라이브러리)\s*-l(?<name>[^\s:]+)\s*: (?:not found|.*찾을 수 없|.*未找到)/u,
    say: ({ name }) => `The linker found no library lib${name ?? ""}`,
  },
  {
    kind: "library-missing",
    role: "likely",
    anchors: ["open failed", "cannot open shared", "required by"],
    pattern:
      /(?:^ld\.so\.1: .*: fatal: (?<name>\S+): open failed|error while loading shared libraries: (?<what>[^:]+): cannot open)/,
    say: ({ name, what }) =>
      `A program needs the library ${name ?? what ?? ""}, which is not found`,
  },
  outcome(
    "link-error",
    [
      "ferencing errors",
      "rocessing errors",
      "ld returned",
      "linker command failed",
      "No output written",
      "참조 오류",
      "unresolvable symbols",
      "final link failed",
      "file format not recog",
      "--help option",
      "set dynamic section",
    ],
    /\bld: fatal: (?:[Ss]ymbol referencing|[Ff]ile processing|[Ll]ibrary processing|[Ff]lags processing|mapfile processing) errors|collect2: (?:fatal |error: |ошибка: |erreur: )?.*ld\b|linker command failed with exit code|\bld: .*참조 오류|ld:.*(?:unresolvable symbols|final link failed|file format not recognized; treating as|use the --help option|failed to set dynamic section)/u,
  ),
  {
    kind: "link-error",
    role: "fatal",
    anchors: ["fatal: ", "elf error: ", "치명적: ", "致命: "],
    pattern:
      /(?:^|\s|\/)ld(?:\.\w+)*: (?:fatal|elf error|치명적|致命的?): (?!entry point)(?<what>(?:file (?<file>[^\s:]+): )?.+)/u,
    say: ({ what }) => `The linker stopped: ${what ?? ""}`,
    continues: /^(?:file or directory|directory|\s+\(file )/,
  },
  {
    kind: "link-error",
    role: "fatal",
    anchors: ["relocation "],
    pattern:
      /(?<file>[^\s:]+): (?<what>relocation \S+ (?:against|out of range).*(?:can ?not be used|out of range|truncated).*|relocation truncated to fit.*)/,
    say: ({ file, what }) => `${file ?? "An object"} cannot be linked: ${what ?? ""}`,
  },
  {
    kind: "link-error",
    role: "fatal",
    anchors: ["ld: "],
    pattern:
      /^(?:\S*\/)?(?:[\w.-]+-)?ld(?:\.\w+)?: (?!warning|.*: in function|.*: warning: |.*skipping incompatible|fatal: |.*uses .* emulation)(?<what>(?:error: |cannot |can't |unknown |unrecognized |i386|internal error|bad |invalid |failed|file not found|library not found|symbol\(s\) not found|.*: (?:file not recognized|No such file|cannot |bad |invalid |syntax error|error: |incompatible|undefined|unrecognized|could not|not found|version|error adding symbols)).*)/,
    say: ({ what }) => `The linker stopped: ${what ?? ""}`,
  },
  {
    kind: "link-error",
    role: "fatal",
    anchors: ["yntax e"],
    pattern: /(?:^|\/)ld:\s?(?<file>[^\s:]+):(?<line>\d+): (?<what>syntax error.*)/,
    say: ({ file, line }) =>
      `${file ?? "The linker script"} line ${line ?? ""} is not for this linker: syntax error`,
  },
  {
    kind: "link-error",
    role: "fatal",
    anchors: ["not found", "such file or d", "file format", "alformed", "illegal option"],
    pattern:
      /^(?:\S*\/)?[\w.-]*\b(?:ar|ranlib|strip|objcopy|nm): (?:error: )?(?!warning)(?<what>(?:(?<file>\S+)(?:: | ))?.*(?:not found|No such file or directory|file format not recogni[sz]ed|[Mm]alformed archive|illegal option).*)/,
    say: ({ what }) => `The archive tool stopped: ${what ?? ""}`,
  },
];

/** True for a row of the illumos link-editor's table of undefined symbols. */
export function isUndefinedRow(line: string): boolean {
  return row.test(line);
}
