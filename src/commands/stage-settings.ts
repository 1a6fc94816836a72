// Invariant: the value of a secret never leaves this file; what a build was made with is told from
// the files as they are now, and it is said where they have changed since.
import { relative } from "node:path";
import { readEnvironment, readRequest } from "../engine/host/request.ts";
import { settingNamed } from "../engine/settings/schema.ts";
import { readSettings, type Variable } from "../engine/settings/settings.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";

const most = 20;
const longestValue = 120;
const secretName = /PASS|SECRET|TOKEN|COOKIE|CREDENTIAL|_KEY$|SALT/i;

/**
 * The settings that decide about a stage, as `NAME=value (file:line)`: those the stage reads, then
 * others that the fragments set. At most 20; empty when the build's folder does not tell.
 */
export function stageSettings(buildFolder: string, stage: string): readonly string[] {
  try {
    const request = readRequest(buildFolder);
    const workspace = openWorkspace(request.workspace, request.workspace);
    if (!workspace.ok) return [];
    const { root, layout } = workspace.value;
    const settings = readSettings(workspace.value, readEnvironment(buildFolder));
    const marks = request.fingerprints[stage]?.settings ?? {};
    const read = Object.keys(marks);
    const now = settings.hash(read);
    const isShown = ({ name }: Variable): boolean => {
      const type = settingNamed(layout, name)?.type;
      return read.includes(name) ? type !== "code" : type !== undefined && type !== "code";
    };
    const shown = settings.all().filter(isShown);
    const own = shown.filter(({ name }) => read.includes(name));
    const others = shown.filter(({ name, line }) => !read.includes(name) && line > 0);
    return [...own, ...others].slice(0, most).map((variable) => {
      const { name, file, line } = variable;
      const isSecret = settingNamed(layout, name)?.type === "secret" || secretName.test(name);
      const place = line === 0 ? file : `${relative(root, file)}:${String(line)}`;
      const since = read.includes(name) && marks[name] !== now[name] ? ", changed since" : "";
      return `${name}=${isSecret ? "***" : shownValue(variable)} (${place}${since})`;
    });
  } catch {
    return [];
  }
}

function shownValue({ value, source, known }: Variable): string {
  const text = known && value !== undefined ? value : source;
  const [first = "", ...more] = text.trim().split("\n");
  const isCut = more.length > 0 || first.length > longestValue;
  return first.slice(0, longestValue) + (isCut ? " …" : "");
}
