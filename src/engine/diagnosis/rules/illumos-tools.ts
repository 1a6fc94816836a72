// Invariant: formats of illumos' own tools beside compiler and linker: cw, smatch, protocmp,
// validate_pkg, check_rtime, interface_check, tar; most of them are printed also by builds that pass.
import type { Form } from "../form.ts";

/** What the tools of the gate print. */
export const illumosToolForms: readonly Form[] = [
  {
    kind: "compile-error",
    role: "fatal",
    anchors: ["() error: ", "() warn: "],
    pattern:
      /^(?:smatch: )?(?<file>[^\s:]+\.[ch]):(?<line>\d+) (?<name>[\w$]+)\(\) error: (?<what>.+)/,
    say: ({ file, line, name, what }) =>
      `smatch objects to ${name ?? "a function"} at ${file ?? ""} line ${line ?? ""}: ${what ?? ""}`,
    continues: /^(?:smatch: )?[^\s:]+\.[ch]:\d+ [\w$]+\(\) (?:error|warn): /,
  },
  {
    kind: "tool-failed",
    role: "fatal",
    anchors: ["cw: "],
    pattern:
      /^cw: (?<what>cannot reap child.*|stat failed on .*|(?:open|dup2|freopen|fork) failed.*)/,
    say: ({ what }) => `The compiler wrapper cw stopped: ${what ?? ""}`,
  },
  {
    kind: "manifest-mismatch",
    role: "likely",
    anchors: ["ntries found in ", "ntries that differ", "ntries present in "],
    pattern:
      /^(?:\* )?(?<what>Entries (?:found in \S+, but not found in|that differ between|present in (?:\S+|exception list) but) .*)/,
    say: ({ what }) => `Proto area and packages do not agree: ${what ?? ""}`,
    continues: /^\s+\S|^[fdsleo] [\w./]|^\s*$|^\* file[ab] /,
  },
  {
    kind: "tool-failed",
    role: "likely",
    anchors: ["protocmp: ", "protolist: ", "validate_pkg: ", "' unknown", "not a file or a dir"],
    pattern:
      /^(?:protocmp|protolist|validate_pkg(?:\.py)?): (?<what>.+)|^(?<file>\S+): (?<name>\S+): (?:group|user) '\S+' unknown$|^\S+ not a file or a directory\.$/,
    say: ({ what, name }) =>
      `The check of the proto area stopped${what === undefined ? "" : `: ${what}`}${name === undefined ? "" : ` at ${name}`}`,
  },
  {
    kind: "link-error",
    role: "likely",
    anchors: [
      "TEXTREL .dynamic",
      "no longer necessary>",
      "forbidden dependency",
      "\tRPATH=",
      "RPATH=",
      "no -zcombreloc",
      "no strip -x",
      "no -B direct",
      "remove -s?",
      "unexpected UNDEF",
      "POST_PROCESS",
      "no -Mmapfile",
      "wrong class or data",
      "versioned name",
      "inheritance chains",
      "version name: ",
      "contains no versions",
    ],
    pattern:
      /^\s*(?<what>TEXTREL \.dynamic tag.*|NEEDED=(?<name>\S+)\s+<.*|RPATH=\S+\s+<.*|\.SUNW_reloc section missing.*|debugging sections should be deleted.*|object has no direct bindings.*|symbol table should not be stripped.*|.*unexpected UNDEF symbol.*|non-conforming mcs.*|(?:application requires non-executable data|non-executable stack required).*|has wrong class or data encoding|does not have a versioned name|non-standard version name: .*|scoped object contains no versions|multiple \S+ inheritance chains.*)$/,
    say: ({ what }) => `An object is not linked as the gate wants it: ${what ?? ""}`,
  },
  {
    kind: "option-unknown",
    role: "likely",
    anchors: [
      "must be specified with",
      "missing argument for",
      "unknown function modifier",
      "specify only one of",
      "only have one -C",
      "change directories to",
      "xtended header.  -E",
      "create standard output archives",
      "append to pipe or FIFO",
      "issing file name for -I",
      "Missing filenames",
    ],
    pattern:
      /^(?:\S*\/)?(?:tar: )?(?<what>\w+ (?:file |factor )?must be specified with '.' function modifier.*|missing argument for -. flag|.: unknown function modifier|specify only one of .*|extract should only have one -C flag|can't change directories to .*|Archive contains (?:no )?extended header\..*|can only create standard output archives\.|cannot append to pipe or FIFO\.|missing file name for -I flag\.|Missing filenames)$/,
    say: ({ what }) => `tar was not called as this system's tar wants it: ${what ?? ""}`,
    continues: /^[Uu]sage: tar/,
  },
];
