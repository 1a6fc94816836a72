// Invariant: `certain` is said only where the manifest alone tells; all else is a guess that names
// what it rests on.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Installer } from "../journal/events.ts";
import { isFolder, namesIn, statOf } from "../workspace/file-facts.ts";

/** Texts beyond this are no recipes. */
const longestRecipe = 1 << 18;
const longestLog = 1 << 26;

/** Whose log a component writes to, and its name there. */
export interface InstallerPlace {
  readonly stage: string;
  /** The component of the stage; undefined for the stage as a whole. */
  readonly component?: string;
}

/** Stage and component of an installer's name, e.g. of `extra/curl`. */
export function installerPlace(name: string): InstallerPlace {
  const component = /^extra\/(.+)$/.exec(name)?.[1];
  return component === undefined ? { stage: name } : { stage: "extra", component };
}

/** The folder of an installer's component below the workspace; undefined for a stage as a whole. */
export function installerFolder(name: string): string | undefined {
  const [, kind, component] = /^(extra|local)\/(.+)$/.exec(name) ?? [];
  if (kind === undefined || component === undefined) return undefined;
  return kind === "extra" ? `projects/illumos-extra/${component}` : `projects/local/${component}`;
}

/** The makefiles and manifests of a component, by their names in its folder. */
interface Recipes {
  readonly name: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** Finds which component should install a path; reads each component's recipes once. */
export class Installers {
  readonly #root: string;
  readonly #lastGoodLog: () => string | undefined;
  #recipes: readonly Recipes[] = [];
  #isRead = false;
  #log: Buffer | undefined | "none";

  /** `lastGoodLog`: path of the log of illumos-extra's last good build. */
  constructor(root: string, lastGoodLog: () => string | undefined) {
    this.#root = root;
    this.#lastGoodLog = lastGoodLog;
  }

  /** @param manifest that asks for it, below the workspace */
  of(manifest: string, path: string): Installer | undefined {
    const own = /^(?:manifest\.d\/)?(.+?)(?:\/manifest|\.manifest)$/.exec(manifest)?.[1];
    switch (own) {
      case undefined:
        return undefined;
      case "projects/illumos":
      case "illumos":
        return certain("illumos", manifest);
      case "src":
      case "live":
        return certain(path.startsWith("usr/share/man/") ? "man" : "src", manifest);
      case "man":
        return certain("man", manifest);
      case "projects/illumos-extra":
      case "illumos-extra":
        return this.#extra(path) ?? certain("extra", manifest);
      default: {
        const project = /^projects\/local\/(.+)$|^(.+)\.sd$/.exec(own);
        if (project !== null) return certain(`local/${project[1] ?? project[2] ?? ""}`, manifest);
        const overlay = /^overlay\/(.+)$|^(.+)\.ov$/.exec(own);
        if (overlay === null) return undefined;
        return certain(`overlay/${overlay[1] ?? overlay[2] ?? ""}`, manifest);
      }
    }
  }

  #extra(path: string): Installer | undefined {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const inText = (wanted: RegExp): Installer | undefined => {
      for (const { name: component, texts } of this.#read()) {
        for (const [file, text] of texts) {
          if (wanted.test(text)) return guess(component, `${component}/${file} names it`);
        }
      }
      return undefined;
    };
    const logged = (): Installer | undefined => {
      const component = this.#inLog(path);
      return component === undefined
        ? undefined
        : guess(component, "the log of the last good build names it there");
    };
    const called = (): Installer | undefined => {
      const stem = (name.split(".")[0] ?? name).replace(/^lib/, "");
      const same = this.#read().find((one) =>
        [name, stem, `lib${stem}`].includes(one.name.replace(/-[\d.]+$/, "")),
      );
      return same && guess(same.name, "it has the same name");
    };
    return (
      inText(new RegExp(String.raw`(?<![\w.-])/?${quoted(path)}(?![\w.-])`)) ??
      logged() ??
      called() ??
      inText(new RegExp(String.raw`(?<![\w.-])${quoted(name)}(?![\w.-])`))
    );
  }

  #read(): readonly Recipes[] {
    if (this.#isRead) return this.#recipes;
    this.#isRead = true;
    const folder = join(this.#root, "projects/illumos-extra");
    this.#recipes = namesIn(folder)
      .sort()
      .filter((name) => isFolder(join(folder, name)))
      .flatMap((name) => {
        const texts = new Map<string, string>();
        for (const file of namesIn(join(folder, name)).sort()) {
          if (!/^(?:GNU)?[Mm]akefile|manifest|^install|\.sh$|^Install/.test(file)) continue;
          const text = textOf(join(folder, name, file), longestRecipe);
          if (text !== undefined) texts.set(file, text.toString("utf8"));
        }
        return texts.size === 0 ? [] : [{ name, texts }];
      });
    return this.#recipes;
  }

  /** The banner above the path in the log of the last good build. */
  #inLog(path: string): string | undefined {
    if (this.#log === undefined) {
      const file = this.#lastGoodLog();
      this.#log = (file === undefined ? undefined : textOf(file, longestLog)) ?? "none";
    }
    if (this.#log === "none") return undefined;
    const at = this.#log.indexOf(`/${path}`);
    if (at < 0) return undefined;
    const banner = this.#log.lastIndexOf("= building ", at);
    if (banner < 0) return undefined;
    const line = this.#log.toString("utf8", banner, Math.min(at, banner + 200));
    return /^= building (\S+) =/.exec(line)?.[1]?.split("/").at(-1);
  }
}

function certain(component: string, manifest: string): Installer {
  return { component, why: `${manifest} is its manifest`, certain: true };
}

function guess(component: string, why: string): Installer {
  return { component: `extra/${component}`, why, certain: false };
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Undefined when it is no file, is longer, or cannot be read. */
function textOf(path: string, longest: number): Buffer | undefined {
  const stat = statOf(path);
  if (stat?.isFile() !== true || stat.size > longest) return undefined;
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
