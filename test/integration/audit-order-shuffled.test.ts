// Invariant: with the needs that the audit says to declare, the demo's components can be built in
// parallel in any order; without them some order fails. ORDERS=10 tries ten orders, SEED others.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { OrderAudit } from "../../src/engine/audit/order/audit-order.ts";
import { Random } from "../support/random.ts";
import { ShuffledExtra } from "../support/shuffled-extra.ts";
import { run } from "../support/smartbuild.ts";

const orders = Number(process.env["ORDERS"] ?? 2);
const seed = Number(process.env["SEED"] ?? 1);

let tree: ShuffledExtra;
let found: OrderAudit;
/** The proto area as the tree itself makes it, one component after the other. */
let inTurn = "";

before(async () => {
  tree = new ShuffledExtra();
  const env = { SHADOWS: "" };
  const base = await run(["run", "--plain", "illumos"], { cwd: tree.root, env });
  assert.equal(base.code, 0, base.stdout + base.stderr);
  tree.keepBase();
  const built = await run(["run", "--plain", "extra"], { cwd: tree.root, env });
  assert.equal(built.code, 0, built.stdout + built.stderr);
  inTurn = tree.protoSum();
  const { stdout } = await run(["audit", "order", "--json"], { cwd: tree.root });
  found = JSON.parse(stdout) as OrderAudit;
});
after(() => {
  tree.remove();
});

describe("the order of the demo's components", () => {
  it("lacks the two needs that its Makefile leaves out on purpose, and nothing else", () => {
    assert.deepEqual(
      found.missing.map(({ component, needs }) => `${component} ${needs}`),
      ["curl libidn", "less bzip2"],
    );
    assert.deepEqual([found.needless, found.cycles, found.topMakefile], [[], [], []]);
    assert.deepEqual(found.makefile, ["curl: libidn libz openssl", "less: bzip2"]);
  });

  it("fails in some order without these needs", () => {
    for (const { component, needs } of found.missing) {
      const others = tree.components.filter((name) => name !== component && name !== needs);
      // One job, since two might come to the last one while the first still waits for what it declares.
      const { status, output } = tree.buildShuffled([component, ...others, needs], [], 1);
      assert.notEqual(status, 0, `${component} was built before ${needs}`);
      const isWhy = /(?:idnmini|bzmini)\.h: No such file|cannot find -l(?:idn|bz2)/.test(output);
      assert.ok(isWhy, output.slice(-2000));
    }
  });

  it("gives the same proto area in every order with them", (t) => {
    const random = new Random(seed);
    for (let round = 0; round < orders; round++) {
      const order = random.shuffle(tree.components);
      const { status, output } = tree.buildShuffled(order, found.makefile, 2);
      assert.equal(status, 0, `${order.join(" ")} (seed ${seed}):\n${output.slice(-4000)}`);
      assert.equal(tree.protoSum(), inTurn, order.join(" "));
      t.diagnostic(`passed: ${order.join(" ")}`);
    }
  });
});
