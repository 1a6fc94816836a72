// Invariant: formats of GNU make, SunPro make and dmake, bmake, smake and ninja.
import type { Form } from "../form.ts";
import { outcome } from "../form.ts";

const maker = String.raw`(?:^|\s)(?:\S*\/)?[a-z]*make(?:\.exe)?(?:\[\d+\])?`;

/** What the makes print. */
export const makeForms: readonly Form[] = [
  {
    kind: "make-no-rule",
    role: "fatal",
    anchors: ["No rule to make target", "Нет правила", "Pas de règle", "Keine Regel", "没有规则"],
    pattern:
      /\*\*\* (?:No rule to make target|Нет правила для сборки цели|Pas de règle pour fabriquer la cible|Keine Regel, um|没有规则可制作目标) ?[`'"«‘“](?<name>[^'"»’”]+)['"»’”](?:, needed by [`'‘](?<what>[^'’]+)['’])?/u,
    say: ({ name, what }) =>
      `make has no rule for ${name ?? "a target"}${what === undefined ? "" : `, which ${what} needs`}: the file is not there`,
  },
  {
    kind: "make-no-rule",
    role: "fatal",
    anchors: ["know how to make"],
    pattern:
      /[Dd]on't know how to make (?:target )?[`'"]?(?<name>[^\s'"`]+?)['"]?(?:\. Stop|\s*$|\s)/,
    say: ({ name }) =>
      `make does not know how to make ${name ?? "a target"}: the file is not there`,
  },
  {
    kind: "make-syntax",
    role: "fatal",
    anchors: [
      "*** missing separator",
      "commands commence",
      "target pattern",
      "recipe commences",
      "unterminated",
      "*** multiple",
      "*** empty",
      "mixed implicit",
    ],
    pattern:
      /^(?<file>[^\s:]+):(?<line>\d+): \*\*\* (?<what>(?:missing separator|(?:commands|recipe) commences?|target pattern|multiple target|unterminated|empty|mixed implicit).*)/,
    say: ({ file, line, what }) =>
      `${file ?? ""} line ${line ?? ""}: make cannot read it: ${what ?? ""}`,
  },
  // `$(error …)`.
  {
    kind: "make-syntax",
    role: "fatal",
    anchors: ["Stop."],
    pattern: /^(?<file>[^\s:]+):(?<line>\d+): \*\*\* (?<what>.+?)\.?\s+Stop\.$/,
    say: ({ file, line, what }) => `${file ?? ""} line ${line ?? ""} stops make: ${what ?? ""}`,
  },
  {
    kind: "file-missing",
    role: "likely",
    anchors: ["such file or d"],
    pattern:
      /^(?<file>[^\s:]*(?:[Mm]akefile[^\s:]*|\.mk|\.env|\.defs|\.targ)):(?<line>\d+): (?<name>\S+): No such file or directory$/,
    say: ({ file, line, name }) =>
      `${file ?? ""} line ${line ?? ""} includes ${name ?? "a file"}, which is not there`,
  },
  {
    kind: "make-syntax",
    role: "likely",
    anchors: ["Inconsistent operator"],
    pattern: /make: "(?<file>[^"]+)" line (?<line>\d+): (?<what>Inconsistent operator.*)/,
  },
  {
    kind: "make-syntax",
    role: "fatal",
    anchors: ['" line ', "line "],
    pattern:
      /make(?:\[\d+\])?: "(?<file>[^"]+)" line (?<line>\d+): (?!warning)(?<what>(?:Malformed|Could not|Unknown|Missing|Need|Unclosed|Invalid|Parse|Unassociated|if-less|.*?[Ee]rror|Undefined|Variable|Comparison).*)/,
    say: ({ file, line, what }) =>
      `${file ?? ""} line ${line ?? ""}: make cannot read it: ${what ?? ""}`,
  },
  {
    kind: "make-syntax",
    role: "fatal",
    anchors: ["Fatal error in reader", "in reader: "],
    pattern:
      /make(?:\[\d+\])?: Fatal error in reader: (?:(?<file>[^\s,]+), line (?<line>\d+): )?(?<what>.+)/,
    say: ({ file, line, what }) =>
      `make cannot read ${file ?? "its makefile"} line ${line ?? "?"}: ${what ?? ""}`,
  },
  // make's own exec: the program is not there or cannot be run.
  {
    kind: "command-not-found",
    role: "fatal",
    anchors: ["such file or d", "ommand not found", "не найден", "пока нет"],
    pattern: new RegExp(
      String.raw`${maker}: (?<name>\S+): (?:No such file or directory|Command not found|.*не найден.*|Нет такого файла.*)\s*$`,
      "u",
    ),
    say: ({ name }) =>
      `make could not start ${name ?? "a program"}: it (or the interpreter it names) is not there`,
  },
  {
    kind: "permission-denied",
    role: "fatal",
    anchors: ["ermission denied", "annot execute"],
    pattern: new RegExp(
      String.raw`${maker}: (?:execvp: )?(?<name>\S+): (?:Permission denied|cannot execute.*)\s*$`,
    ),
    say: ({ name }) => `make may not run ${name ?? "a program"}: permission denied`,
  },
  {
    kind: "killed",
    role: "fatal",
    anchors: ["] Terminated", "] Killed", "] Hangup", "] Завершено", "] Segmentation"],
    pattern:
      /^\S*make(?:\[\d+\])?: \*\*\* \[(?:[^\]]*?:\d+: )?(?<name>.+)\] (?<what>Terminated|Killed|Hangup|Завершено|Segmentation fault)/u,
    say: ({ name, what }) =>
      `The command for ${name ?? "a target"} was ended by a signal: ${what ?? ""}`,
  },
  {
    kind: "killed",
    role: "likely",
    anchors: ["*** Signal "],
    pattern: /^\*\*\* (?<what>Signal \d+)/,
    say: ({ what }) => `A command was ended by ${what ?? "a signal"}`,
  },
  outcome(
    "killed",
    ["] Interrupt"],
    /^\S*make(?:\[\d+\])?: \*\*\* \[(?:[^\]]*?:\d+: )?(?<name>.+)\] Interrupt/,
    ({ name }) => `The build was interrupted while making ${name ?? "a target"}`,
  ),
  pointer(
    ["*** [", "] Error ", "Ошибка"],
    /make(?:\[(?<level>\d+)\])?: \*\*\* \[(?:[^\]]*?:\d+: )?(?<name>[^\]]+)\](?: \S*\D (?<code>\d+)| .*)?$/u,
  ),
  pointer(["*** ["], /^\*\*\* \[(?<name>.+)\] Error code (?<code>-?\d+)/),
  pointer(["*** Error code"], /^\*\*\* Error code (?<code>-?\d+)/),
  pointer(["*** Code "], /make: \*\*\* Code (?<code>\d+) .*for target '(?<name>[^']+)'/),
  outcome("command-failed", ["Couldn't make"], /make: Couldn't make '/),
  pointer(
    ["Command failed for target"],
    /make(?:\[\d+\])?: (?:Fatal error|Warning|Error): Command failed for target [`'](?<name>[^']+)'/,
  ),
  outcome("command-failed", ["remade because of errors"], /not remade because of errors/),
  outcome(
    "command-failed",
    ["build stopped"],
    /^ninja: build stopped: (?<what>.*)/,
    ({ what }) => `ninja stopped: ${what ?? ""}`,
  ),
  outcome("command-failed", ["bmake: stopped"], /^bmake: stopped in |^\d+ errors?$/),
  outcome(
    "command-failed",
    ["wait: No child processes", "for unfinished jobs"],
    /\*\*\* (?:wait: No child processes|Waiting for unfinished jobs)/,
  ),
  outcome(
    "command-failed",
    ["following command caused the error"],
    /The following command caused the error:/,
  ),
  outcome("command-failed", ["errors encountered"], /make: Fatal errors encountered/),
  outcome("command-failed", ["Failed target"], /Failed target/),
  {
    kind: "command-failed",
    role: "fatal",
    anchors: ["Stop."],
    pattern: /make(?:\[\d+\])?: \*\*\* (?!wait: No child)(?<what>.+?)\.?\s+Stop\.$/,
    say: ({ what }) => `make stopped: ${what ?? ""}`,
  },
  {
    kind: "command-failed",
    role: "fatal",
    anchors: ["Fatal error: "],
    pattern: /make(?:\[\d+\])?: Fatal error: (?!Command failed)(?<what>.+)/,
    say: ({ what }) => `make stopped: ${what ?? ""}`,
  },
];

function pointer(anchors: readonly string[], pattern: RegExp): Form {
  return { kind: "silent-failure", role: "pointer", anchors, pattern };
}
