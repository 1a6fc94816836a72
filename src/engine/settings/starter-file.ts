// Invariant: what comes out is a whole fragment for its layout; a classic one can be sourced as it is.
import type { Layout } from "../workspace/workspace.ts";

const rule = /^# =+$/;

/** The user's first fragment: the part of the example that is about the tree's layout. */
export function starterFile(example: string, layout: Layout): string {
  const lines = example.split("\n");
  const classicStart = lines.findIndex(
    (line, index) => line === "# Classic" && rule.test(lines[index - 1] ?? ""),
  );
  const modernStart = lines.findIndex(
    (line, index) =>
      line.startsWith("# Modern: configure-build") && rule.test(lines[index - 1] ?? ""),
  );
  if (classicStart < 0 || modernStart < 0) return example;
  const intro =
    layout === "classic"
      ? [
          "# configure.local: the settings of this tree. configure sources every file whose name matches",
          "# configure.*, in the order of `ls`; a later one wins.",
        ]
      : [
          "# configure-build: the settings of this tree; configure sources it after its own defaults.",
        ];
  const about = [
    "#",
    "# A line that starts with #NAME= shows a setting with its default or an example; remove the # to",
    "# set it.",
    "",
  ];
  const part =
    layout === "classic"
      ? lines.slice(classicStart + 2, modernStart - 1)
      : lines.slice(modernStart + 2);
  return `${[...intro, ...about, ...trimmed(part)].join("\n")}\n`;
}

function trimmed(lines: readonly string[]): string[] {
  const text = lines.join("\n").replace(/^\n+|\n+$/g, "");
  return text.split("\n");
}
