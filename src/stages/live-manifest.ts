// Invariant: src/manifest asks for what several stages install (src and devpro, in the classic layout
// also tools and man); every entry is checked at the end of exactly one of them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ManifestCheck } from "../engine/graph/stage.ts";
import type { StageContext } from "./context.ts";

const manifest = "src/manifest";

/** Man pages, which the classic layout builds last. */
const fromMan = "usr/share/man/.*";
/** What `0-tools-stamp` copies into the proto area. */
const fromTools = "usr/lib/cryptpass";

/** The part of src/manifest to check at the end of a stage. */
export function liveManifestCheck(
  context: StageContext,
  stage: "src" | "tools" | "man" | "devpro",
): ManifestCheck[] {
  const isClassic = context.workspace.layout === "classic";
  const later = {
    tools: isClassic ? [fromTools] : [],
    man: isClassic ? [fromMan] : [],
    devpro: [fromDevpro(context)],
  };
  if (stage === "src") return [{ manifest, except: anyOf(Object.values(later).flat()) }];
  return later[stage].length === 0 ? [] : [{ manifest, only: anyOf(later[stage]) }];
}

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join("|")})$`);
}

/** devpro installs into usr/include and usr/lib what it holds or its Makefile names. */
function fromDevpro({ workspace }: StageContext): string {
  const names = new Set<string>();
  try {
    const text = readFileSync(join(workspace.paths.devpro, "Makefile"), "utf8");
    for (const [name] of text.matchAll(/[\w+-]+(?:\.[\w+-]+)+/g)) names.add(name);
    for (const entry of readdirSync(workspace.paths.devpro, {
      recursive: true,
      withFileTypes: true,
    })) {
      if (entry.isFile()) names.add(entry.name);
    }
  } catch {
    // No devpro, or not yet: it installs nothing.
  }
  const escaped = [...names].map((name) => name.replace(/[.+]/g, "\\$&"));
  return `usr/(?:include|lib|lib/amd64)/(?:${escaped.join("|")})`;
}
