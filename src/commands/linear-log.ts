// Invariant: a log is read aloud in small portions, each line with its number first.
import { LogView } from "../engine/logs/log-view.ts";
import type { Dialog } from "../ui/linear/dialog.ts";

const portion = 20;
const longestLine = 300;

/** Reads a log on demand: earlier and later lines, a line by its number, a text. */
export async function readLog(dialog: Dialog, path: string, ascii: boolean): Promise<void> {
  const opened = LogView.open(path);
  if (!opened.ok) {
    dialog.say(opened.failure.message);
    return;
  }
  const log = opened.value;
  try {
    await converse(dialog, log, ascii);
  } finally {
    await log.close();
  }
}

async function converse(dialog: Dialog, log: LogView, ascii: boolean): Promise<void> {
  let first = Math.max(1, (await indexed(log)) - portion + 1);
  say(dialog, log, first, ascii);
  dialog.say(
    "Commands: p earlier lines, n later lines, e the end, a line number, /text to search.",
  );
  for (;;) {
    const answer = await dialog.ask("p, n, e, a number, /text, or nothing to go back:");
    if (answer === undefined || answer === "") return;
    const total = await indexed(log);
    if (answer === "p") first = Math.max(1, first - portion);
    else if (answer === "n") first = Math.min(first + portion, total);
    else if (answer === "e") first = Math.max(1, total - portion + 1);
    else if (/^\d+$/.test(answer)) first = Math.max(1, Math.min(Number(answer), total));
    else if (answer.startsWith("/")) {
      const hit = await find(dialog, log, answer.slice(1), first);
      if (hit === undefined) continue;
      first = hit;
    } else {
      dialog.say(`${answer} is none of the commands.`);
      continue;
    }
    say(dialog, log, first, ascii);
  }
}

function say(dialog: Dialog, log: LogView, first: number, ascii: boolean): void {
  const lines = log.window(first, portion, { maxColumns: longestLine, ascii });
  if (lines.length === 0) dialog.say("The log is empty so far.");
  else {
    const last = first + lines.length - 1;
    dialog.say(`Lines ${String(first)} to ${String(last)} of ${String(log.lines)}:`);
    dialog.say(...lines.map(({ text }, index) => `${String(first + index)}: ${text}`));
  }
}

/** Line of the next hit after the portion's first line. */
async function find(
  dialog: Dialog,
  log: LogView,
  text: string,
  after: number,
): Promise<number | undefined> {
  const search = log.search(text);
  if (!search.ok) {
    dialog.say(search.failure.message);
    return undefined;
  }
  const hit = await search.value.next(after, 1);
  if (hit === undefined) dialog.say(`No line has ${text}.`);
  else if (hit.wrapped) dialog.say("Went on from the start of the log.");
  return hit?.line;
}

/** Lines of the log once all of it is indexed. */
async function indexed(log: LogView): Promise<number> {
  log.poll();
  while (log.complete < 1) {
    await new Promise((resolve) => setImmediate(resolve));
    log.poll();
  }
  return log.lines;
}
