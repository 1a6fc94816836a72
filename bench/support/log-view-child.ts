// Invariant: what is measured runs alone in this process, in the form that is shipped (bundled, its
// worker beside it), and every answer is checked.
import { LogView } from "../../src/engine/logs/log-view.ts";
import type { GeneratedLog } from "../log-generator.ts";

/** Figures of one run; milliseconds unless named otherwise. */
export interface ViewFigures {
  readonly screen: number;
  readonly indexed: number;
  /** Longest time from a key (g or G in turn) to its lines, while the index is built. */
  readonly jump: number;
  readonly window: number;
  readonly firstHit: number;
  readonly count: number;
  readonly denseHit: number;
  readonly denseCount: number;
  readonly filter: number;
  readonly memoryMb: number;
}

const rows = 40;
const columns = { maxColumns: 200 };
/** The console looks so often. */
const frameMs = 16;

async function frame(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, frameMs));
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`wrong: ${what}`);
}

async function searchFor(
  view: LogView,
  text: string,
): Promise<{ readonly first: number; readonly all: number; readonly count: number }> {
  const started = performance.now();
  const search = view.search(text);
  if (!search.ok) throw new Error(search.failure.message);
  const hit = await search.value.next(1, 1, true);
  const first = performance.now() - started;
  check(hit !== undefined, `a hit for ${text}`);
  while (search.value.complete < 1) await frame();
  return { first, all: performance.now() - started, count: search.value.count };
}

async function measure(path: string, log: GeneratedLog, rareWord: string): Promise<ViewFigures> {
  let started = performance.now();
  const opened = LogView.open(path);
  if (!opened.ok) throw new Error(opened.failure.message);
  const view = opened.value;
  check(view.tail(rows, columns).length === rows, "last screen");
  const screen = performance.now() - started;

  let jump = 0;
  for (let keys = 0; view.complete < 1; keys++) {
    const key = performance.now();
    view.poll();
    const lines = keys % 2 === 0 ? view.from(0, rows, columns) : view.tail(rows, columns);
    check(lines.length === rows, "a jump");
    jump = Math.max(jump, performance.now() - key);
    await frame();
  }
  const indexed = performance.now() - started;
  check(view.lines === log.lines, "lines");

  const windows = 2000;
  started = performance.now();
  for (let i = 0; i < windows; i++) {
    const first = 1 + Math.floor((i / windows) * (log.lines - rows));
    check(view.window(first, rows, columns)[0]?.number === first, "a window");
  }
  const window = (performance.now() - started) / windows;

  view.prepareSearch();
  await frame();
  const rare = await searchFor(view, rareWord);
  check(rare.count === 1, "rare word");
  const dense = await searchFor(view, "gcc.*file");
  started = performance.now();
  const filter = view.filter({ include: ["warning", "error"], exclude: ["file9"], context: 2 });
  if (!filter.ok) throw new Error(filter.failure.message);
  while (filter.value.complete < 1) await frame();
  const filterMs = performance.now() - started;
  check(filter.value.window(1, rows).length === rows, "filtered lines");
  await view.close();
  return {
    screen,
    indexed,
    jump,
    window,
    firstHit: rare.first,
    count: rare.all,
    denseHit: dense.first,
    denseCount: dense.all,
    filter: filterMs,
    memoryMb: process.resourceUsage().maxRSS / 1024,
  };
}

const [path = "", log = "{}", word = ""] = process.argv.slice(2);
console.log(JSON.stringify(await measure(path, JSON.parse(log) as GeneratedLog, word)));
