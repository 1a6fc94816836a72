// Invariant: the order depends on the graph alone; where it leaves a choice, the graph's own order
// decides.
import { fail, ok, type Result } from "../result.ts";
import type { Graph, Stage } from "./stage.ts";

/** What is wrong with a graph: unknown or doubled names, and cycles. Empty when it is sound. */
export function checkGraph(graph: Graph): string[] {
  const names = graph.map(({ name }) => name);
  const known = new Set(names);
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  const unknown = graph.flatMap((stage) =>
    before(stage)
      .filter((name) => !known.has(name))
      .map((name) => `${stage.name} comes after ${name}, which does not exist`),
  );
  const ordered = new Set(inOrder(graph).map(({ name }) => name));
  const cyclic = names.filter((name) => !ordered.has(name));
  return [
    ...doubled.map((name) => `there are two stages named ${name}`),
    ...unknown,
    ...(cyclic.length === 0 ? [] : [`these stages wait for each other: ${cyclic.join(", ")}`]),
  ];
}

/** The stages so that each follows all it comes after; stages of a cycle are left out. */
export function inOrder(graph: Graph): Stage[] {
  const names = new Set(graph.map(({ name }) => name));
  const done = new Set<string>();
  const ordered: Stage[] = [];
  for (;;) {
    const next = graph.find(
      (stage) =>
        !done.has(stage.name) && before(stage).every((name) => done.has(name) || !names.has(name)),
    );
    if (next === undefined) return ordered;
    done.add(next.name);
    ordered.push(next);
  }
}

/** The stages that the targets (stages or groups) are made of, and all that those need, in order. */
export function select(graph: Graph, targets: readonly string[]): Result<Stage[]> {
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const stage = graph.find((candidate) => candidate.name === name);
    if (stage === undefined || wanted.has(name)) return;
    wanted.add(name);
    for (const needed of [...stage.needs, ...stage.requires]) want(needed);
  };
  for (const target of targets) {
    const members = graph.filter(
      ({ name, group, onlyWhenNamed }) =>
        name === target || (group === target && onlyWhenNamed !== true),
    );
    if (members.length === 0) {
      return fail("usage", `There is no target ${target}.`, `Targets: ${targetNames(graph)}.`);
    }
    for (const { name } of members) want(name);
  }
  return ok(inOrder(graph).filter(({ name }) => wanted.has(name)));
}

/** Every name that can be asked for; components shortened to one example. */
function targetNames(graph: Graph): string {
  const groups = new Set(graph.flatMap(({ group }) => (group === undefined ? [] : [group])));
  const plain = graph.filter(({ onlyWhenNamed }) => onlyWhenNamed !== true);
  const components = graph.filter(({ onlyWhenNamed }) => onlyWhenNamed === true);
  return [
    ...plain.map(({ name }) => name),
    ...[...groups].filter((group) => !plain.some(({ name }) => name === group)),
    ...components.map(({ name }) => name),
  ].join(", ");
}

function before(stage: Stage): string[] {
  return [...stage.needs, ...stage.requires, ...stage.after];
}
