// Invariant: docs/keys.md is made from the table of keys and from nothing else. Usage:
// `npm run keys` writes it; a test checks that it is current.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { shownKey } from "../src/ui/key-names.ts";
import { commands, commandsOf } from "../src/ui/keymap.ts";
import type { Command } from "../src/ui/model.ts";
import { screens, type View } from "../src/ui/views.ts";

/** Where the page belongs. */
export const keysFile = join(import.meta.dirname, "keys.md");

const intro = `# Keys of the console

\`?\` shows the keys of the screen one is on, \`:\` lists every action and does it. No action needs the
mouse or a function key.

## Keys of your own

\`$XDG_CONFIG_HOME/smartbuild/config.json\` (by default \`~/.config/smartbuild/config.json\`):

\`\`\`json
{
  "mouse": true,
  "bell": false,
  "keymap": { "retry": ["R"], "log.follow": ["ctrl-f"], "shell": [] }
}
\`\`\`

A command is named as in the tables below, or with its view before it to change it there only. The
keys given take the place of its own; none takes them away, and the command is still among the actions
of \`:\`. A key is a character, \`ctrl-\` with a letter, or one of \`up down left right pgup pgdn home end
tab enter esc backspace space\`. What cannot be is told when the console starts, with its line, and
the command keeps its own keys.

| setting | default | meaning |
| - | - | - |
| \`title\` | \`true\` | stage and percent in the terminal's title |
| \`progress\` | \`true\` | progress in the terminal's tab or task bar (OSC 9;4) |
| \`links\` | \`true\` | file names are links (OSC 8) |
| \`bell\` | \`true\` | a bell at the end of a long build |
| \`mouse\` | \`false\` | the wheel scrolls and a click selects from the start |
| \`quietSeconds\` | \`120\` | a stage without output for so long is called quiet |
| \`keepBuilds\` | \`50\` | logs of so many builds are kept |
| \`keepBytes\` | \`10737418240\` | logs are kept up to this size together |
`;

function table(list: readonly Command[]): string {
  const rows = list.map(
    ({ id, keys, description }) =>
      `| ${keys.map((key) => code(shownKey(key))).join(" ")} | \`${id}\` | ${escaped(description)} |`,
  );
  return ["| keys | command | |", "| - | - | - |", ...rows, ""].join("\n");
}

function code(key: string): string {
  return key === "`" ? "`` ` ``" : `\`${key === "|" ? "\\|" : key}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replace(/(?<=^| )([&/!+*_<>-]+)(?= |$)/g, "`$1`");
}

/** The page, as Prettier wants it. */
export async function keysPage(): Promise<string> {
  const isCommon = ({ views }: Command): boolean => screens.every((view) => views.includes(view));
  const views = [...new Set<View>([...screens, ...commands.flatMap((command) => command.views)])];
  const parts = views.flatMap((view) => {
    const own = commandsOf(view).filter((command) => !isCommon(command));
    return own.length === 0 ? [] : [`## ${view}\n\n${table(own)}`];
  });
  const common = `## On every screen\n\n${table(commands.filter(isCommon))}`;
  return format([intro, common, ...parts].join("\n"), { parser: "markdown", printWidth: 100 });
}

if (import.meta.main) writeFileSync(keysFile, await keysPage());
