// Invariant: the import rules and forms of docs/architecture.md hold for every file below src/.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { describe, test } from "node:test";
import ts from "typescript";

const top = join(import.meta.dirname, "..");

interface Import {
  /** Path below the repository, or a package's name. */
  readonly to: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  readonly line: number;
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** True when it only passes on what other files export. */
  readonly isBarrel: boolean;
}

/** Rooms of the engine that the screen may know; files where a room is not open as a whole. */
const openToScreen = [
  "src/engine/journal/",
  "src/engine/logs/",
  "src/engine/host/commands.ts",
  "src/engine/host/start-host.ts",
  "src/engine/host/summary.ts",
  "src/engine/diagnosis/line-class.ts",
  "src/engine/settings/",
  "src/engine/manifest/query",
  "src/engine/clock.ts",
  "src/engine/result.ts",
];
const openToScreenAsTypes = ["src/engine/workspace/"];

const sources = readdirSync(join(top, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readSource(join("src", name)));

function readSource(path: string): Source {
  const text = readFileSync(join(top, path), "utf8");
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const imports: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text;
    const to = name.startsWith(".") ? relative(top, join(top, dirname(path), name)) : name;
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    imports.push({ to, typeOnly, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node));
    else if (ts.isExportDeclaration(node)) {
      const named = node.exportClause;
      const typeOnly =
        node.isTypeOnly ||
        (named !== undefined &&
          ts.isNamedExports(named) &&
          named.elements.every((element) => element.isTypeOnly));
      add(node, node.moduleSpecifier, typeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const statements = tree.statements.filter((statement) => !ts.isImportDeclaration(statement));
  const isBarrel =
    statements.length > 0 &&
    statements.every(
      (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined,
    );
  return { path, text, imports, isBarrel };
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = importClause.namedBindings;
  return (
    importClause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

/** Asserts that no import in the chosen files is forbidden; names each that is. */
function forbid(
  rule: string,
  where: (path: string) => boolean,
  isForbidden: (to: Import, from: string) => boolean,
): void {
  const found = sources
    .filter(({ path }) => where(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter((one) => isForbidden(one, path))
        .map(({ to, line }) => `${path}:${line} imports ${to}`),
    );
  assert.deepEqual(found, [], rule);
}

/** Asserts that a package is imported below these paths only. */
function onlyIn(name: string, ...places: readonly string[]): void {
  forbid(
    `${name} only in ${places.join(", ")}`,
    (path) => !places.some((place) => path.startsWith(place)),
    ({ to }) => to === name || to.startsWith(`${name}/`),
  );
}

const below =
  (...rooms: readonly string[]) =>
  (path: string): boolean =>
    rooms.some((room) => path.startsWith(room));

void describe("imports", () => {
  void test("are read: static, type-only, exported and dynamic ones", () => {
    assert.ok(sources.length > 100, String(sources.length));
    const cli = sources.find(({ path }) => path === "src/cli.ts");
    assert.ok(cli, "src/cli.ts is there");
    assert.ok(
      cli.imports.some(({ to }) => to === "src/commands/run.ts"),
      "dynamic",
    );
    assert.ok(cli.imports.some(({ to, typeOnly }) => to === "src/commands/io.ts" && typeOnly));
    for (const { path, imports } of sources) {
      for (const { to, line } of imports.filter((one) => one.to.startsWith("src/"))) {
        assert.ok(
          sources.some((source) => source.path === to),
          `${path}:${line}: ${to} is no file`,
        );
      }
    }
  });

  void test("the engine knows neither screen nor stages nor commands", () => {
    forbid(
      "engine",
      below("src/engine/"),
      ({ to }) => to.startsWith("src/") && !to.startsWith("src/engine/"),
    );
  });

  void test("stages know the engine only", () => {
    forbid(
      "stages",
      below("src/stages/"),
      ({ to }) => !isBuiltin(to) && !below("src/stages/", "src/engine/")(to),
    );
  });

  void test("the screen knows the rooms of the engine that are open to it", () => {
    forbid("ui", below("src/ui/"), ({ to, typeOnly }) => {
      if (!to.startsWith("src/")) return false;
      if (below("src/ui/", ...openToScreen)(to)) return false;
      return !(typeOnly && below(...openToScreenAsTypes)(to));
    });
  });

  void test("image formats know bytes only", () => {
    forbid(
      "formats",
      below("src/engine/image/format/"),
      ({ to }) =>
        !isBuiltin(to) && to !== "src/engine/result.ts" && !below("src/engine/image/format/")(to),
    );
  });

  void test("the journal holds no live things", () => {
    forbid(
      "journal",
      below("src/engine/journal/"),
      ({ to, typeOnly }) =>
        ["execa", "node:child_process", "node:net", "node:worker_threads"].includes(to) ||
        (below("src/engine/process/")(to) && !typeOnly) ||
        below("src/engine/host/", "src/engine/graph/")(to),
    );
  });

  void test("packages stay in their rooms", () => {
    onlyIn("execa", "src/engine/process/");
    onlyIn("ink", "src/ui/");
    onlyIn("react", "src/ui/");
    onlyIn("zustand", "src/ui/store");
    onlyIn("cli-spinners", "src/ui/");
  });

  void test("packages are the given ones, and each import is one of them or of Node", () => {
    const { dependencies } = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const given = ["cli-spinners", "execa", "ink", "react", "strip-ansi", "zustand"];
    assert.deepEqual(Object.keys(dependencies).sort(), given);
    forbid(
      "packages",
      () => true,
      ({ to }) =>
        !to.startsWith("src/") &&
        !isBuiltin(to) &&
        !given.some((name) => to === name || to.startsWith(`${name}/`)) &&
        // Ink's layout engine, which comes with it; only the bundle has a file in its place.
        to !== "yoga-layout/load",
    );
    forbid(
      "built-ins are written with node:, save where an old Node must read it",
      (path) => path !== "src/launch.ts" && path !== "src/compiled.ts",
      ({ to }) => isBuiltin(to) && !to.startsWith("node:"),
    );
  });

  void test("files never need each other in a circle, not even for types", () => {
    const needs = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter(({ to }) => to.startsWith("src/")).map(({ to }) => to),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, way: readonly string[]): void => {
      const at = way.indexOf(path);
      if (at !== -1) circles.push([...way.slice(at), path].join(" -> "));
      if (at !== -1 || done.has(path)) return;
      for (const needed of needs.get(path) ?? []) walk(needed, [...way, path]);
      done.add(path);
    };
    for (const path of needs.keys()) walk(path, []);
    assert.deepEqual(circles, []);
  });
});

void describe("source files", () => {
  const where = (isFault: (source: Source) => boolean): string[] =>
    sources.filter(isFault).map(({ path }) => path);

  void test("begin with their invariant", () => {
    assert.deepEqual(
      where(({ text }) => !/^\/\/ Invariant: \S/.test(text)),
      [],
    );
  });

  void test("are no longer than 400 lines", () => {
    assert.deepEqual(
      where(({ text }) => text.trimEnd().split("\n").length > 400),
      [],
    );
  });

  void test("are no barrels", () => {
    assert.deepEqual(
      where(({ isBarrel }) => isBarrel),
      [],
    );
  });

  void test("have names in kebab-case", () => {
    assert.deepEqual(
      where(({ path }) => !/^src(\/[a-z0-9]+(-[a-z0-9]+)*)+\.tsx?$/.test(path)),
      [],
    );
  });

  void test("leave the exit code to cli.ts and launch.ts", () => {
    const allowed = ["src/cli.ts", "src/launch.ts"];
    assert.deepEqual(
      where(
        ({ path, text }) => !allowed.includes(path) && /\bprocess\s*\.\s*exit(Code)?\b/.test(text),
      ),
      [],
    );
  });

  void test("leave nothing for later and silence no checker", () => {
    const words = ["TO" + "DO", "FIX" + "ME", "@ts-" + "ignore", "eslint-" + "disable"];
    const marks = new RegExp(`(?://|/\\*|^\\s*\\*).*(?:${words.join("|")})`, "m");
    assert.deepEqual(
      where(({ text }) => marks.test(text)),
      [],
    );
  });
});
