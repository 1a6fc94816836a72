// Invariant: pure; what may be drawn depends on the environment alone.

/** Whether a terminal in this locale shows no more than ASCII. */
export function isAsciiLocale(env: NodeJS.ProcessEnv): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return !/utf-?8/i.test(locale);
}

/** Whether somebody asked for output that a screen reader can follow (ACCESSIBLE=1). */
export function isAccessible(env: NodeJS.ProcessEnv): boolean {
  const asked = env["ACCESSIBLE"] ?? "";
  return asked !== "" && asked !== "0" && asked !== "false";
}
