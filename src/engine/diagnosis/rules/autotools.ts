// Invariant: formats of generated configure scripts, autoconf, automake, libtool, CMake, Meson, qmake.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

/** What the build generators print. */
export const autotoolForms: readonly Form[] = [
  outcome("autoconf-failed", ["configure: error: in "], /configure: error: in [`'‘]/),
  outcome("autoconf-failed", ["returned exit code"], /: error: .* returned exit code [1-9]/),
  outcome("autoconf-failed", ["config.log"], /^(?:See|If you think|More information).*config\.log/),
  {
    kind: "autoconf-failed",
    role: "fatal",
    anchors: ["configure: error: "],
    pattern: /configure: error: (?<what>(?!in [`'‘]).+)/,
    say: ({ what }) => `configure stopped: ${what ?? ""}`,
  },
  {
    kind: "autoconf-failed",
    role: "certain",
    anchors: ["error: "],
    pattern: /^configure:\d+: error: (?<what>(?!in [`'‘]).+)/,
    say: ({ what }) => `configure stopped: ${what ?? ""}`,
  },
  {
    kind: "autoconf-failed",
    role: "fatal",
    anchors: ["error: "],
    pattern:
      /^(?<file>configure\.(?:ac|in)|Makefile\.am|aclocal\.m4|\S+\.(?:ac|am|m4)):(?<line>\d+)(?::\d+)?: (?:fatal )?error: (?<what>.+)/,
    say: ({ file, line, what }) => `${file ?? ""} line ${line ?? ""} cannot be used: ${what ?? ""}`,
  },
  {
    kind: "autoconf-failed",
    role: "fatal",
    anchors: ["rror: "],
    pattern:
      /^(?:libtool(?:ize)?|aclocal|autom4te|autoconf|autoheader|automake|autoreconf): (?:link: )?[Ee]rror: (?<what>.+)/,
    say: ({ what }) => `The autotools stopped: ${what ?? ""}`,
  },
  {
    kind: "library-missing",
    role: "fatal",
    anchors: ["annot find the library", "not a valid libtool"],
    pattern:
      /^(?:libtool: (?:link: )?(?:error: )?|\S*libtool: )?(?<what>.*(?:cannot find the library [`'‘](?<name>[^'’]+)|is not a valid libtool (?:archive|object)).*)/,
    say: ({ what }) => `libtool stopped: ${what ?? ""}`,
  },
  {
    kind: "autoconf-failed",
    role: "fatal",
    anchors: ["CMake Error"],
    pattern:
      /^CMake Error(?: at (?<file>[^\s:]+):(?<line>\d+)| in (?<name>\S+))?(?: \([^)]*\))?:?\s*(?<what>.*)/,
    say: ({ file, line, what }) =>
      `CMake stopped${file === undefined ? "" : ` at ${file} line ${line ?? ""}`}${what === undefined || what === "" ? "" : `: ${what}`}`,
    continues: /^ {2}\S|^\s*$/,
  },
  outcome("autoconf-failed", ["onfiguring incomplete"], /^-- Configuring incomplete/),
  {
    kind: "autoconf-failed",
    role: "fatal",
    anchors: ["ERROR: "],
    pattern: /(?:^|\s)(?<file>\S*meson\.build):(?<line>\d+):\d+: ERROR: (?<what>.+)/,
    say: ({ file, line, what }) => `${file ?? ""} line ${line ?? ""} stops meson: ${what ?? ""}`,
  },
  {
    kind: "autoconf-failed",
    role: "fatal",
    anchors: ["error: "],
    pattern: /^\S*configure: error: (?<what>.+)/,
    say: ({ what }) => `configure stopped: ${what ?? ""}`,
  },
  {
    kind: "autoconf-failed",
    role: "likely",
    anchors: ["rror: "],
    pattern: /^(?:\.\/|\S*\/)?(?:configure|Configure|config): (?:[Ee]rror|ERROR): (?<what>.+)/,
    say: ({ what }) => `configure stopped: ${what ?? ""}`,
  },
];
