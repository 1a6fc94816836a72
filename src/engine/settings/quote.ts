// Invariant: bash reads the quoted text back as exactly the value.
import { shownText } from "./word-value.ts";

/** How an existing right-hand side is quoted, so that an edit keeps to it. */
export function quoteStyle(source: string): "none" | "single" | "double" {
  if (source.startsWith('"')) return "double";
  return source.startsWith("'") ? "single" : "none";
}

const bare = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** Characters that no value typed on one line has. */
export const control = new RegExp("[\\u0001-\\u001f\\u007f]");

function ansiC(value: string): string {
  const escaped = value.replace(/[\\']/g, "\\$&").replace(new RegExp(control, "g"), (character) => {
    const names: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r" };
    return names[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return `$'${escaped}'`;
}

/**
 * Source text (latin1 bytes) that bash reads as `value`; undefined when no text can (a NUL). Keeps
 * to `style` where that can hold the value.
 */
export function quoteValue(
  value: string,
  style: "none" | "single" | "double" = "none",
): string | undefined {
  const bytes = Buffer.from(value, "utf8").toString("latin1");
  if (bytes.includes("\0") || shownText(bytes) !== value) return undefined;
  if (control.test(bytes)) return ansiC(bytes);
  if (style === "none" && bare.test(bytes)) return bytes;
  const fitsDouble = !/[$`"\\!]/.test(bytes);
  if (fitsDouble && style !== "single") return `"${bytes}"`;
  return bytes.includes("'")
    ? fitsDouble
      ? `"${bytes}"`
      : `'${bytes.replaceAll("'", "'\\''")}'`
    : `'${bytes}'`;
}
