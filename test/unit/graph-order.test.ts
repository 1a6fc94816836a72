// Invariant: both layouts' graphs are sound and run in the order in which their Makefiles build.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { checkGraph, inOrder, select } from "../../src/engine/graph/order.ts";
import type { Graph } from "../../src/engine/graph/stage.ts";
import { openWorkspace } from "../../src/engine/workspace/workspace.ts";
import { graphOf } from "../../src/stages/graph.ts";
import { stageOf } from "../support/graph-stages.ts";
import { tinyTree } from "../support/tiny-tree.ts";

const path = process.env["PATH"] ?? "";

function graphAt(root: string, layout: "classic" | "modern", builder: "tree" | "native"): Graph {
  const workspace = openWorkspace(root, root);
  assert.ok(workspace.ok, workspace.ok ? "" : workspace.failure.message);
  assert.equal(workspace.value.layout, layout);
  const graph = graphOf(workspace.value, ["node", "cli.js"], path, builder);
  assert.ok(graph.ok);
  return graph.value;
}

function classic(t: TestContext, builder: "tree" | "native" = "native"): Graph {
  const tree = tinyTree();
  t.after(() => {
    tree.remove();
  });
  return graphAt(tree.root, "classic", builder);
}

function modern(t: TestContext, builder: "tree" | "native" = "tree"): Graph {
  return graphAt(modernRoot(t), "modern", builder);
}

function modernRoot(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-modern-")));
  t.after(() => {
    rmSync(root, { recursive: true });
  });
  const files = {
    Makefile: "include build.env\niso: live\nimages-tar: boot\ntests-tar: world\n",
    configure: "source default.configure-build\n",
    "default.configure-build": "PUBLISHER=joyent\n",
    "default.configure-projects": "illumos:master:origin\n",
    "tools/build_boot_image": "",
    "tools/build_live": "",
    "tools/build_strap": "",
    "tools/lib/build_common.sh": "",
    "projects/devpro/Makefile": "",
    "projects/illumos-extra/Makefile": "SUBDIRS = bash curl\n",
    "projects/local/kvm/Makefile": "",
    "projects/local/kbmd/Makefile": "",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function names(graph: Graph, ...targets: string[]): string[] {
  const selected = select(graph, targets);
  assert.ok(selected.ok, selected.ok ? "" : selected.failure.message);
  return selected.value.map(({ name }) => name);
}

const named = (graph: Graph, name: string): Graph[number] => {
  const stage = graph.find((one) => one.name === name);
  assert.ok(stage, name);
  return stage;
};

void describe("order", () => {
  const graph = [
    stageOf("d", { needs: ["b"], requires: ["c"] }),
    stageOf("c", { after: ["b"] }),
    stageOf("b", { needs: ["a"], group: "g" }),
    stageOf("a", { group: "g" }),
    stageOf("only", { group: "g", onlyWhenNamed: true }),
  ];

  void test("puts each stage behind all it comes after", () => {
    assert.deepEqual(
      inOrder(graph).map(({ name }) => name),
      ["a", "b", "c", "d", "only"],
    );
  });

  void test("selects what the targets need and no more", () => {
    assert.deepEqual(names(graph, "b"), ["a", "b"]);
    assert.deepEqual(names(graph, "c"), ["c"], "an order asks for nothing");
    assert.deepEqual(names(graph, "d"), ["a", "b", "c", "d"]);
    assert.deepEqual(names(graph, "g"), ["a", "b"]);
    assert.deepEqual(names(graph, "only", "c"), ["c", "only"]);
    const unknown = select(graph, ["a", "nosuch"]);
    assert.ok(!unknown.ok);
    assert.equal(unknown.failure.kind, "usage");
    assert.match(
      `${unknown.failure.message} ${unknown.failure.advice ?? ""}`,
      /nosuch.*\ba, .*\bg\b/,
    );
  });

  void test("faults of a graph are named", () => {
    assert.deepEqual(checkGraph(graph), []);
    assert.deepEqual(checkGraph([stageOf("a"), stageOf("a")]), ["there are two stages named a"]);
    assert.deepEqual(checkGraph([stageOf("a", { requires: ["x"] })]), [
      "a comes after x, which does not exist",
    ]);
    const cycle = [stageOf("a", { needs: ["b"] }), stageOf("b", { after: ["a"] }), stageOf("c")];
    assert.deepEqual(checkGraph(cycle), ["these stages wait for each other: a, b"]);
    assert.deepEqual(
      inOrder(cycle).map(({ name }) => name),
      ["c"],
    );
  });
});

void describe("the classic graph", () => {
  void test("runs as the classic Makefile's world and live", (t) => {
    const graph = classic(t);
    assert.deepEqual(checkGraph(graph), []);
    assert.deepEqual(names(graph, "live"), [
      "configure",
      "strap",
      "illumos",
      "extra",
      "src",
      "local/kvm",
      "local",
      "tools",
      "man",
      "devpro",
      "manifest",
      "live",
    ]);
    const stamps = graph.filter(({ group }) => group === "world").flatMap((stage) => stage.stamps);
    assert.deepEqual(stamps, [
      "0-extra-stamp",
      "0-illumos-stamp",
      "1-extra-stamp",
      "0-livesrc-stamp",
      "0-subdir-kvm-stamp",
      "0-local-stamp",
      "0-tools-stamp",
      "0-man-stamp",
      "0-devpro-stamp",
    ]);
  });

  void test("rebuilds with illumos only what its stamp rebuilds: extra", (t) => {
    const graph = classic(t);
    const rebuilt = graph.filter(({ needs }) => needs.includes("illumos")).map(({ name }) => name);
    assert.deepEqual(rebuilt, ["extra", "manifest", "live"]);
  });

  void test("runs a make target a stage, in the workspace, and never with -j", (t) => {
    const graph = classic(t);
    const { root } = { root: named(graph, "src").command.cwd };
    for (const stage of graph.filter(({ onlyWhenNamed }) => onlyWhenNamed !== true)) {
      assert.equal(stage.command.cwd, root);
      assert.ok(!stage.command.argv.some((word) => /^-j|^--jobs/.test(word)));
      if (stage.stamps.length > 0) assert.deepEqual(stage.command.argv.slice(-1), stage.stamps);
    }
    assert.equal(named(graph, "configure").command.argv.at(-1), "./configure");
    const component = named(graph, "extra/curl");
    assert.equal(component.command.cwd, join(root, "projects/illumos-extra/curl"));
    assert.equal(component.onlyWhenNamed, true);
    assert.equal(component.command.environment["PKG_CONFIG_LIBDIR"], "");
  });

  void test("has the image made by smartbuild or by the tree, and says by which", (t) => {
    const own = named(classic(t, "native"), "live");
    assert.deepEqual(own.command.argv.slice(0, 4), ["node", "cli.js", "image", "build"]);
    assert.match(own.remark ?? "", /smartbuild/);
    const trees = named(classic(t, "tree"), "live");
    assert.deepEqual(trees.command.argv.slice(-1), ["live"]);
    assert.match(trees.remark ?? "", /build_live/);
  });
});

void test("a component of illumos-extra is a step once, not again in its object folder", (t) => {
  const { steps } = named(classic(t), "extra");
  const stepIn = (line: string): string | undefined =>
    steps.map(({ pattern }) => pattern.exec(line)?.[1]).find((name) => name !== undefined);
  assert.equal(stepIn("========== building curl =========="), "curl");
  assert.equal(stepIn('(cd curl && PKG_CONFIG_LIBDIR="" gmake install)'), "curl");
  assert.equal(stepIn('(cd curl-7.21.2-64 && env - PATH="$PATH" gmake)'), undefined);
  assert.equal(stepIn("(cd libz-1.2.3-64strap && gmake)"), undefined);
});

void describe("the modern graph", () => {
  void test("runs as the modern Makefile's world and live", (t) => {
    const graph = modern(t);
    assert.deepEqual(checkGraph(graph), []);
    assert.deepEqual(names(graph, "live"), [
      "configure",
      "preflight",
      "strap",
      "illumos",
      "extra",
      "src",
      "local/kbmd",
      "local/kvm",
      "local",
      "tools",
      "devpro",
      "manifest",
      "boot",
      "checks",
      "live",
    ]);
    const stamps = graph.filter(({ group }) => group === "world").flatMap((stage) => stage.stamps);
    assert.deepEqual(stamps, [
      "0-preflight-stamp",
      "0-strap-stamp",
      "0-illumos-stamp",
      "0-extra-stamp",
      "0-livesrc-stamp",
      "0-subdir-kbmd-stamp",
      "0-subdir-kvm-stamp",
      "0-local-stamp",
      "0-tools-stamp",
      "0-devpro-stamp",
    ]);
  });

  void test("rebuilds with illumos all that its stamp rebuilds", (t) => {
    const graph = modern(t);
    const rebuilt = new Set(["illumos"]);
    for (const stage of inOrder(graph)) {
      if (stage.needs.some((name) => rebuilt.has(name))) rebuilt.add(stage.name);
    }
    for (const name of ["extra", "src", "local/kbmd", "local/kvm", "local", "manifest", "live"]) {
      assert.ok(rebuilt.has(name), name);
    }
    for (const name of ["strap", "preflight", "tools", "devpro"])
      assert.ok(!rebuilt.has(name), name);
  });

  void test("0-extra-stamp is the main pass here, and the strap pass in classic", (t) => {
    assert.deepEqual(named(modern(t), "extra").stamps, ["0-extra-stamp"]);
    assert.deepEqual(named(classic(t), "strap").stamps, ["0-extra-stamp"]);
  });

  void test("has no stage of classic's, and boot after the buildstamp", (t) => {
    const graph = modern(t);
    assert.ok(!graph.some(({ name }) => name === "man"));
    const order = names(graph, "boot");
    assert.ok(order.includes("illumos") && order.indexOf("boot") > order.indexOf("illumos"));
    assert.ok(names(graph, "checks").includes("manifest"));
  });

  void test("leaves no password of smartbuild's image beside one of the tree's", (t) => {
    const root = modernRoot(t);
    mkdirSync(join(root, "proto"));
    writeFileSync(join(root, "proto/buildstamp"), "20260102T030405Z\n");
    assert.deepEqual(named(graphAt(root, "modern", "native"), "live").removesFirst, []);
    assert.deepEqual(named(graphAt(root, "modern", "tree"), "live").removesFirst, [
      "output/root.password-20260102T030405Z",
      "output/platform-20260102T030405Z.json",
    ]);
  });

  void test("makes media of the image that is there, and only when they are named", (t) => {
    const graph = modern(t, "native");
    assert.ok(!names(graph, "live").includes("iso"));
    assert.equal(names(graph, "iso").at(-1), "iso");
    assert.ok(names(graph, "tests-tar").includes("illumos"));
    assert.ok(
      names(graph, "images-tar").includes("live"),
      "build_boot_image wants output/platform-latest, though the Makefile asks for boot only",
    );
    assert.ok(!graph.some(({ name }) => name === "usb"), "the Makefile has no such target");
    const [tool, ...flags] = named(graph, "iso").command.argv;
    assert.match(tool ?? "", /\/tools\/build_boot_image$/);
    assert.deepEqual(flags.slice(0, 2), ["-I", "-r"]);
    const byTree = named(modern(t, "tree"), "iso").command.argv;
    assert.equal(byTree.at(-1), "iso", "with its own image, make does it all");
  });
});
