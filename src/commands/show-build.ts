// Invariant: the one place that decides how a build is shown: drawn, spoken, or as lines.
import { isAccessible, isAsciiLocale } from "../engine/settings/locale.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { canDraw, isAttended, type Io } from "./io.ts";
import type { Option } from "./options.ts";
import { watchPlain, type OnSignal } from "./watch-plain.ts";

/** How a command shows a build. */
export type Showing = "json" | "plain" | "linear" | "screen";

/** Options of everything that can open the console. */
export const screenOptions = {
  ascii: { type: "boolean", help: "draw with ASCII characters only" },
  "screen-reader": {
    type: "boolean",
    help: "numbered questions instead of a screen; also with ACCESSIBLE=1",
  },
} as const satisfies Record<string, Option>;

/** What the options, the environment and the terminal ask for. */
export function showing(io: Io, flags: ReadonlySet<string>): Showing {
  if (flags.has("json")) return "json";
  if (flags.has("plain")) return "plain";
  if (flags.has("screen-reader") || (isAccessible(io.env) && isAttended(io))) return "linear";
  return canDraw(io) ? "screen" : "plain";
}

/** Shows a build as asked for, until its user leaves or it ends. Returns the exit code. */
export async function showBuild(
  io: Io,
  workspace: Workspace,
  folder: string,
  flags: ReadonlySet<string>,
  onSignal: OnSignal = "stop",
): Promise<number> {
  const how = showing(io, flags);
  switch (how) {
    case "json":
    case "plain":
      return watchPlain(io, folder, how, onSignal);
    case "linear":
      return openLinearConsole(io, workspace, flags, true);
    case "screen": {
      const { openConsole } = await import("./open-console.ts");
      return openConsole(io, workspace, folder, flags.has("ascii"));
    }
  }
}

/** The console as a conversation; `watch`: it begins with how the build goes. */
export async function openLinearConsole(
  io: Io,
  workspace: Workspace,
  flags: ReadonlySet<string>,
  watch: boolean,
): Promise<number> {
  const { openLinear } = await import("./linear.ts");
  const ascii = flags.has("ascii") || isAsciiLocale(io.env);
  return openLinear(io, workspace, { ascii, watch });
}
