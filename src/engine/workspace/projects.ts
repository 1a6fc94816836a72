// Invariant: names are those that make would build, in make's order; make itself is never run.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isThere, namesIn } from "./file-facts.ts";
import { inLsOrder } from "./ls-order.ts";
import { matchPattern, readMakefile, type MakeRule, type MakefileText } from "./makefile-text.ts";
import type { Workspace } from "./workspace.ts";

function entries(folder: string): string[] {
  return namesIn(folder).filter((name) => !name.startsWith("."));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * What `ls projects/local` gives, in its order: the projects that the Makefile builds. Plain files
 * are kept, since make takes them too (and fails on them).
 */
export function localProjects(workspace: Workspace): string[] {
  return inLsOrder(entries(workspace.paths.local));
}

/** Which run over illumos-extra: into proto, or the bootstrap into proto.strap. */
export type ExtraPass = "main" | "strap";

/** Variables of build.env, which the modern illumos-extra Makefile includes. */
function buildVariables(workspace: Workspace): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of (textOf(workspace.paths.buildEnv) ?? "").split("\n")) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found[name] = value;
  }
  return found;
}

/** The component that a rule builds for `target`: the folder its recipe goes into. */
function componentOf(makefile: MakefileText, rule: MakeRule, target: string): string | undefined {
  const automatic = { "@": target, "*": stemOf(rule, target) ?? "" };
  const recipe = makefile.expand(rule.recipe, automatic);
  const folder = /(?:\bcd|-C)[ \t]+"?([^\s"&;|)]+)/.exec(recipe)?.[1];
  if (folder === undefined || target.includes("%")) return undefined;
  // Where only a shell could tell the folder, the target's name has to do.
  return basename(/[$`]/.test(folder) ? target : folder);
}

function stemOf({ pattern }: MakeRule, target: string): string | undefined {
  return pattern === undefined ? undefined : matchPattern(pattern, target);
}

function needsOf(rule: MakeRule, target: string): string[] {
  const stem = stemOf(rule, target);
  return rule.needs.map((need) => (stem === undefined ? need : need.replace("%", () => stem)));
}

/** Components in the order in which make comes to them for `goal`, needs first. */
function buildOrder(makefile: MakefileText, goal: string): string[] {
  const order = new Set<string>();
  const seen = new Set<string>();
  const visit = (target: string): void => {
    if (seen.has(target)) return;
    seen.add(target);
    const rules = makefile.rules.filter((rule) => rule.targets.includes(target));
    // The needs of the rule that has the recipe come first, as in make.
    const withRecipe = rules.filter((rule) => rule.recipe !== "");
    const others = rules.filter((rule) => rule.recipe === "");
    for (const need of [...withRecipe, ...others].flatMap((rule) => needsOf(rule, target)))
      visit(need);
    for (const rule of withRecipe) {
      const component = componentOf(makefile, rule, target);
      if (component !== undefined) order.add(component);
    }
  };
  visit(goal);
  return [...order];
}

/** The Makefile of illumos-extra as a pass reads it; undefined where there is none. */
function extraMakefile(workspace: Workspace, pass: ExtraPass): MakefileText | undefined {
  const folder = workspace.paths.illumosExtra;
  const text = textOf(join(folder, "Makefile"));
  if (text === undefined) return undefined;
  return readMakefile(text, {
    ...buildVariables(workspace),
    PWD: folder,
    CURDIR: folder,
    DESTDIR: pass === "main" ? workspace.paths.proto : workspace.paths.protoStrap,
    MAKE: "gmake",
    ...(workspace.layout === "modern" && pass === "strap" ? { STRAP: "strap" } : {}),
  });
}

/** What each component of illumos-extra declares to need of the others, in the main pass. */
export function extraNeeds(workspace: Workspace): ReadonlyMap<string, readonly string[]> {
  const components = extraComponents(workspace);
  const rules = extraMakefile(workspace, "main")?.rules ?? [];
  return new Map(
    components.map((component) => {
      const own = rules.filter(({ targets }) => targets.includes(component));
      const needs = new Set(own.flatMap((rule) => needsOf(rule, component)));
      return [component, components.filter((name) => name !== component && needs.has(name))];
    }),
  );
}

/**
 * The stamps that the Makefile at the top of the workspace wants before each of these, directly and
 * through others, by stamp; read from its text.
 */
export function stampNeeds(
  workspace: Workspace,
  stamps: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const { root, paths } = workspace;
  const rules = readMakefile(textOf(paths.makefile) ?? "", {
    ...buildVariables(workspace),
    PWD: root,
    CURDIR: root,
    LOCAL_SUBDIRS: localProjects(workspace).join(" "),
  }).rules;
  const direct = (target: string): readonly string[] => {
    const own = rules.filter(({ targets }) => targets.includes(target));
    const needs = own.flatMap((rule) => needsOf(rule, target));
    if (own.some(({ recipe }) => recipe !== "")) return needs;
    // The recipe may be that of a pattern, whose needs hold beside those of the target's own rules.
    const general = rules.flatMap(({ targets, needs: wanted }) => {
      const pattern = targets.find((each) => each.includes("%"));
      const stem = pattern === undefined ? undefined : matchPattern(pattern, target);
      return stem === undefined ? [] : wanted.map((need) => need.replace("%", () => stem));
    });
    return [...needs, ...general];
  };
  return new Map(
    stamps.map((stamp) => {
      const found = new Set<string>();
      const open = [stamp];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const need of direct(at)) {
          if (found.has(need)) continue;
          found.add(need);
          open.push(need);
        }
      }
      return [stamp, found];
    }),
  );
}

/**
 * The components of illumos-extra that a pass builds, in make's order, read from the text of its
 * Makefile (the compiler first; declared needs before what needs them). Without rules that tell:
 * the words of SUBDIRS (STRAP_SUBDIRS), and without those every folder that has a Makefile.
 */
export function extraComponents(workspace: Workspace, pass: ExtraPass = "main"): string[] {
  const folder = workspace.paths.illumosExtra;
  const makefile = extraMakefile(workspace, pass);
  if (makefile !== undefined) {
    const built = buildOrder(makefile, pass === "main" ? "install" : "install_strap");
    if (built.length > 0) return built;
    const strap = makefile.words("STRAP_SUBDIRS");
    const listed = pass === "strap" && strap.length > 0 ? strap : makefile.words("SUBDIRS");
    if (listed.length > 0) return [...new Set(listed)];
  }
  return inLsOrder(entries(folder).filter((name) => isThere(join(folder, name, "Makefile"))));
}
