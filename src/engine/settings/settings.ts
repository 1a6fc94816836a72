// Invariant: an effective setting names the file and line it comes from; nothing was run to find it.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { isThere, statOf } from "../workspace/file-facts.ts";
import type { Layout } from "../workspace/probes.ts";
import type { TreePaths } from "../workspace/tree-paths.ts";
import { Evaluator, type Include, type Origin, type Variable } from "./evaluate.ts";
import { parseFragment, type Fragment } from "./fragment.ts";
import { buildVariablesFile, readBuildVariables } from "./build-variables.ts";
import { classicFragmentFiles, modernFragmentFiles } from "./fragment-files.ts";
import {
  configureFlagsFile,
  configureFlagsSetting,
  flagVariables,
  flagWords,
  readConfigureFlags,
  takenFlags,
} from "./configure-flags.ts";
import { readBuildEnv } from "./line-files.ts";
import { settingNamed, settingsOf } from "./schema.ts";
import { shownText } from "./word-value.ts";

export type { Origin, Variable };

/** Something odd (warning) or broken (problem) about the settings, with the place to mend. */
export interface SettingsNote {
  /** Absolute. */
  readonly file: string;
  /** 1-based; 0 for the file as a whole. */
  readonly line: number;
  readonly message: string;
  readonly advice?: string;
}

/** The settings of a workspace as its files and the environment say. */
export interface Settings {
  readonly layout: Layout;
  /** In the order in which configure reads them. */
  readonly fragments: readonly Fragment[];
  readonly warnings: readonly SettingsNote[];
  readonly problems: readonly SettingsNote[];
  /** The effective setting; undefined when nothing sets it (its default then holds). */
  get(name: string): Variable | undefined;
  /** Every setting that something sets: those of the schema in its order, then other variables. */
  all(): Variable[];
  /**
   * By name, the first 16 hex digits of the SHA-256 of what decides a setting: its value where
   * that is known, else the source text of all that may set it; of a secret only the time when its
   * file changed. What the last configure wrote (build.env) decides too, unless it is among the
   * `products` of who asks (paths below the root): nobody is built from what it makes itself. The
   * empty text: nothing sets it.
   */
  hash(names: readonly string[], products?: readonly string[]): Record<string, string>;
}

/** Contents of files that are not written yet, by absolute path; they count as if they were. */
export type Drafts = ReadonlyMap<string, Uint8Array>;

/** What readSettings needs of a workspace. */
export interface SettingsPlace {
  /** Absolute. */
  readonly root: string;
  readonly layout: Layout;
  readonly paths: TreePaths;
}

// Assigned by the classic configure before it sources the first fragment.
const classicPreset = {
  INSTALL_BIN_LINK_DIR: "/usr/bin",
  HAVE_PKG: "true",
  ROOTCMD: "pfexec",
  GIT_SSL_NO_VERIFY: "true",
};
const maximumFragment = 1 << 20;

function bytesOf(path: string): Buffer | undefined {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= maximumFragment ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function changeTime(path: string): number {
  return statOf(path)?.mtimeMs ?? 0;
}

/** The file that `source NAME` reads: bash searches PATH for a name without a slash. */
function sourcedFile(name: string, root: string, env: NodeJS.ProcessEnv): string {
  if (isAbsolute(name)) return name;
  if (name.includes("/")) return join(root, name);
  const folders = (env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/"));
  return (
    folders.map((folder) => join(folder, name)).find((path) => bytesOf(path) !== undefined) ??
    join(root, name)
  );
}

function codeOf(fragments: readonly Fragment[]): Variable | undefined {
  const commands = fragments.flatMap(({ path, statements }) =>
    statements
      .filter((statement) => !(statement.kind === "assignment" && statement.certainty === "always"))
      .map((statement) => ({
        path,
        line: statement.line,
        source: "source" in statement ? statement.source : statement.file,
      })),
  );
  const [first] = commands;
  if (first === undefined) return undefined;
  const source = commands.map((command) => shownText(command.source)).join("\n");
  return { name: "code", source, file: first.path, line: first.line, known: false, shadowed: [] };
}

function fileSetting(
  name: string,
  path: string,
  bytes: Uint8Array | undefined,
): Variable | undefined {
  if (bytes === undefined) return undefined;
  const value = Buffer.from(bytes).toString("utf8");
  return { name, source: value, value, file: path, line: 1, known: true, shadowed: [] };
}

/** The variable of a loop, whose statement is its name alone: code, and no setting. */
function isOfLoop({ name, source, value }: Variable): boolean {
  return source === name && value === undefined;
}

class Reader implements Settings {
  readonly layout: Layout;
  readonly fragments: readonly Fragment[];
  readonly warnings: SettingsNote[] = [];
  readonly problems: SettingsNote[] = [];
  private readonly found = new Map<string, Variable>();
  private readonly place: SettingsPlace;
  private readonly env: NodeJS.ProcessEnv;
  private readonly drafts: Drafts;

  constructor(place: SettingsPlace, env: NodeJS.ProcessEnv, drafts: Drafts) {
    this.place = place;
    this.env = env;
    this.drafts = drafts;
    this.layout = place.layout;
    this.fragments = this.readFiles();
    this.evaluate();
    this.addFromOutside();
    this.checkNames();
  }

  get(name: string): Variable | undefined {
    return this.found.get(name);
  }

  all(): Variable[] {
    const known = settingsOf(this.layout).flatMap(({ name }) => this.found.get(name) ?? []);
    const others = [...this.found.values()].filter(
      (variable) => settingNamed(this.layout, variable.name) === undefined && !isOfLoop(variable),
    );
    return [...known, ...others];
  }

  hash(names: readonly string[], products: readonly string[] = []): Record<string, string> {
    const own = products.map((path) => join(this.place.root, path));
    const entries = names.map((name) => [name, this.hashOf(this.found.get(name), own)] as const);
    return Object.fromEntries(entries);
  }

  private hashOf(variable: Variable | undefined, own: readonly string[]): string {
    if (variable === undefined) return "";
    const { name, known, value, source } = variable;
    const shadowed = variable.shadowed.filter(({ file }) => !own.includes(file));
    if (own.includes(variable.file)) {
      const [first, ...others] = shadowed;
      return first === undefined
        ? ""
        : this.hashOf({ name, ...first, known: true, shadowed: others }, own);
    }
    // A hash of a password would help to guess it: when its file changed, it may have.
    if (settingNamed(this.layout, name)?.type === "secret")
      return sha256(`${variable.file}:${changeTime(variable.file)}`);
    const built = this.place.paths.buildEnv;
    const deciding = known
      ? [value ?? "", ...shadowed.filter(({ file }) => file === built).map((each) => each.value)]
      : ["computed", source, ...shadowed.map((origin) => origin.source)];
    return sha256(deciding.join("\0"));
  }

  private bytesOf(path: string): Uint8Array | undefined {
    return this.drafts.get(path) ?? bytesOf(path);
  }

  private readFiles(): Fragment[] {
    const { root } = this.place;
    const drafted = [...this.drafts.keys()]
      .filter((path) => dirname(path) === root)
      .map((path) => basename(path));
    const classic =
      this.layout === "classic" ? classicFragmentFiles(root, this.env, drafted) : undefined;
    this.warnings.push(...(classic?.warnings ?? []));
    const fragments: Fragment[] = [];
    for (const { path } of classic?.files ?? modernFragmentFiles(root, drafted)) {
      const bytes = this.bytesOf(path);
      if (bytes === undefined)
        this.problems.push({
          file: path,
          line: 0,
          message: "the file cannot be read",
          advice: "Check its rights and its size.",
        });
      else fragments.push(parseFragment(path, bytes));
    }
    return fragments;
  }

  private evaluate(): void {
    const include: Include = (name) => {
      const path = sourcedFile(shownText(name), this.place.root, this.env);
      if (!isThere(path)) return "missing";
      const bytes = this.bytesOf(path);
      if (bytes === undefined) return "unreadable";
      const fragment = parseFragment(path, bytes);
      this.note(fragment);
      return fragment;
    };
    const evaluator = new Evaluator(
      include,
      this.layout === "classic" ? classicPreset : {},
      this.env,
    );
    for (const fragment of this.fragments) {
      this.note(fragment);
      evaluator.read(fragment);
    }
    this.warnings.push(...evaluator.warnings);
    for (const [name, variable] of evaluator.variables()) this.found.set(name, variable);
  }

  private note({ path, problems, warnings }: Fragment): void {
    const file = { file: path };
    const advice = "Open the file at that line and close it; configure stops there.";
    this.problems.push(...problems.map((problem) => ({ ...file, ...problem, advice })));
    this.warnings.push(...warnings.map((warning) => ({ ...file, ...warning })));
  }

  /** Files of their own, the environment, and (modern) what the last configure wrote. */
  private addFromOutside(): void {
    const code = codeOf(this.fragments);
    if (code !== undefined) this.found.set("code", code);
    const { root, paths } = this.place;
    const built =
      this.layout === "modern" ? readBuildEnv(bytesOf(paths.buildEnv)?.toString("utf8") ?? "") : [];
    const own = this.readBuildVariables(join(root, buildVariablesFile));
    for (const { name, from, type } of settingsOf(this.layout)) {
      if (name === configureFlagsSetting) continue;
      if (type === "file") {
        const path = join(root, name);
        const setting = fileSetting(name, path, this.bytesOf(path));
        if (setting !== undefined) this.found.set(name, setting);
        continue;
      }
      const outside: Origin[] = [];
      const value = this.env[name];
      if (value !== undefined && from.includes("environment"))
        outside.push({ source: value, value, file: "environment", line: 0 });
      const variable = own.findLast((candidate) => candidate.name === name);
      if (variable !== undefined && from.includes("environment"))
        outside.push({
          source: variable.value,
          value: variable.value,
          file: join(root, buildVariablesFile),
          line: variable.line,
        });
      const entry = built.find((candidate) => candidate.name === name);
      if (entry !== undefined)
        outside.push({
          source: entry.value,
          value: entry.value,
          file: paths.buildEnv,
          line: entry.line,
        });
      this.addBelow(name, outside, from.includes("fragment"));
    }
    this.addFlags();
  }

  /** Flags of configure count more than all that it reads. */
  private addFlags(): void {
    const { root } = this.place;
    const file = join(root, configureFlagsFile);
    const bytes = this.layout === "modern" ? this.bytesOf(file) : undefined;
    if (bytes === undefined) return;
    const { flags, problems } = readConfigureFlags(bytes, takenFlags(root));
    const message = "this line is no flag that configure can be given, so it is left out";
    this.warnings.push(...problems.map((line) => ({ file, line, message })));
    const words = Buffer.from(flagWords(flags).join("\0"));
    const all = flags.length === 0 ? undefined : fileSetting(configureFlagsSetting, file, words);
    if (all !== undefined) this.found.set(configureFlagsSetting, all);
    for (const { name, value, flag } of flagVariables(flags)) {
      const before = this.found.get(name);
      const shadowed = before === undefined ? [] : [...before.shadowed, before];
      const source = flagWords([flag]).join(" ");
      this.found.set(name, { name, source, value, file, line: flag.line, known: true, shadowed });
    }
  }

  private readBuildVariables(file: string): ReturnType<typeof readBuildVariables>["variables"] {
    const bytes = this.bytesOf(file);
    if (bytes === undefined) return [];
    const { variables, problems } = readBuildVariables(bytes);
    const message = "this line is not NAME=VALUE, so it is left out";
    this.warnings.push(...problems.map((line) => ({ file, line, message })));
    return variables;
  }

  /** Outside values count less than a fragment's, where fragments count at all. */
  private addBelow(name: string, outside: readonly Origin[], fragmentsCount: boolean): void {
    const inside = this.found.get(name);
    if (inside !== undefined && fragmentsCount) {
      this.found.set(name, { ...inside, shadowed: [...outside, ...inside.shadowed] });
      return;
    }
    const [first, ...others] = outside;
    if (first === undefined) this.found.delete(name);
    else this.found.set(name, { name, ...first, known: true, shadowed: others });
  }

  private checkNames(): void {
    for (const { path, statements } of this.fragments) {
      for (const statement of statements) {
        if (statement.kind !== "assignment") continue;
        const { name, line } = statement;
        const setting = settingNamed(this.layout, name);
        const message =
          this.layout === "classic" && name === "OVERLAY"
            ? "OVERLAY is read by nothing; the name is OVERLAYS"
            : setting !== undefined && !setting.from.includes("fragment")
              ? `${name} has no effect in this file; set it in the environment of the build`
              : undefined;
        if (message !== undefined) this.warnings.push({ file: path, line, message });
      }
    }
  }
}

/**
 * Reads every file that configure would read, in its order, and the environment. Never fails: what
 * cannot be read is in `problems`. The environment's values are those of the asking command; those
 * of smartbuild.env come after them.
 */
export function readSettings(
  workspace: SettingsPlace,
  env: NodeJS.ProcessEnv = process.env,
  drafts: Drafts = new Map(),
): Settings {
  return new Reader(workspace, env, drafts);
}
