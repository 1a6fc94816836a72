// Invariant: the last line counts every round that was played; a round that was lost is told whole,
// with the seed that plays it again.
import { parseArgs } from "node:util";
import { hindrance, kindOf, kinds } from "./kinds.ts";
import { playRound, type RoundResult } from "./round.ts";
import { inSmallWorld, mounting } from "./small-world.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "45" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "4" },
    // One round, its result as JSON.
    inside: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const results: RoundResult[] = [];

/** Seeds of kinds that can be tried here, from the given one on. */
function* possibleSeeds(from: number): Generator<number, never> {
  for (let seed = from; ; seed++) if (hindrance(kindOf(seed)) === undefined) yield seed;
}

async function play(seed: number): Promise<RoundResult> {
  const needsWorld = kindOf(seed).needs === "disk" && mounting?.length !== 0;
  if (!needsWorld) return playRound(seed);
  const text = await inSmallWorld([import.meta.filename, "--inside", "--seed", String(seed)]);
  return JSON.parse(text) as RoundResult;
}

async function work(seeds: Generator<number, never>): Promise<void> {
  while (begun < rounds) {
    begun++;
    const result = await play(seeds.next().value);
    results.push(result);
    const verdict = result.faults.length > 0 ? "LOST" : result.struck ? "survived" : "missed";
    console.log(`${String(result.seed).padStart(5)}  ${verdict.padEnd(8)}  ${result.kind}`);
    if (result.faults.length === 0) continue;
    for (const line of [...result.faults, ...result.story]) console.log(`       ${line}`);
    console.log(`       again: npm run test:faults -- --rounds 1 --seed ${String(result.seed)}`);
  }
}

let begun = 0;
// Customize scripts of the image want owners that such a namespace does not know.
if (values.inside) console.log(JSON.stringify(await playRound(Number(values.seed), ["world"])));
else {
  const leftOut = [
    ...kinds.flatMap((kind) => {
      const why = hindrance(kind);
      return why === undefined ? [] : [`${kind.name.toUpperCase()} (${why})`];
    }),
    "a child that opens /dev/stderr anew (it truncates its own log on Linux)",
  ];
  console.log(`left out: ${leftOut.join("; ")}`);
  const seeds = possibleSeeds(Number(values.seed));
  await Promise.all(Array.from({ length: Number(values.jobs) }, () => work(seeds)));
  const lost = results.filter(({ faults }) => faults.length > 0).length;
  const missed = results.filter(({ faults, struck }) => faults.length === 0 && !struck).length;
  if (missed > 0) console.log(`of these, ${String(missed)} had ended before the fault came`);
  console.log(
    `rounds ${String(results.length)}, survived ${String(results.length - lost)}, lost ${String(lost)}`,
  );
  process.exitCode = lost === 0 ? 0 : 1;
}
