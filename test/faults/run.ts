// Invariant: the last line counts every round that was played; a round that was lost is told whole,
// with the seed that plays it again.
import { parseArgs } from "node:util";
import { kinds, possibleKinds } from "./kinds.ts";
import { playRound, type RoundResult } from "./round.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "42" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "4" },
  },
});
const rounds = Number(values.rounds);
const first = Number(values.seed);
const results: RoundResult[] = [];
const left = kinds.filter((kind) => !possibleKinds().includes(kind)).map(({ name }) => name);
const byName = [
  ...left.map((name) => `${name} (only root can mount its disk)`),
  "a child that opens /dev/stderr anew (it truncates its own log on Linux)",
  "a clock that is stepped back (test/unit)",
];
console.log(`left out: ${byName.join("; ")}`);

let next = 0;
async function work(): Promise<void> {
  while (next < rounds) {
    const result = await playRound(first + next++);
    results.push(result);
    const verdict = result.faults.length > 0 ? "LOST" : result.struck ? "survived" : "missed";
    console.log(`${String(result.seed).padStart(5)}  ${verdict.padEnd(8)}  ${result.kind}`);
    if (result.faults.length === 0) continue;
    for (const line of [...result.faults, ...result.story]) console.log(`       ${line}`);
    console.log(`       again: npm run test:faults -- --rounds 1 --seed ${String(result.seed)}`);
  }
}
await Promise.all(Array.from({ length: Number(values.jobs) }, work));

const lost = results.filter(({ faults }) => faults.length > 0).length;
const missed = results.filter(({ faults, struck }) => faults.length === 0 && !struck).length;
if (missed > 0) console.log(`of these, ${String(missed)} had ended before the fault came`);
console.log(
  `rounds ${String(results.length)}, survived ${String(results.length - lost)}, lost ${String(lost)}`,
);
process.exitCode = lost === 0 ? 0 : 1;
