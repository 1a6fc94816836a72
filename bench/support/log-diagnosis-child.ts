// Invariant: the index is built by the log's own worker while this thread diagnoses the same file, as
// console and host do beside each other. Usage: log-diagnosis-child.ts FILE
import { diagnoseFile } from "../../src/engine/diagnosis/diagnose-file.ts";
import { LogView } from "../../src/engine/logs/log-view.ts";

/** Milliseconds and megabytes. */
export interface DiagnosisFigures {
  readonly diagnosed: number;
  readonly both: number;
  readonly problems: number;
  readonly memoryMb: number;
}

async function measure(path: string): Promise<DiagnosisFigures> {
  const started = performance.now();
  const opened = LogView.open(path);
  if (!opened.ok) throw new Error(opened.failure.message);
  const view = opened.value;
  const found = diagnoseFile(path, { failed: true });
  if (!found.ok) throw new Error(found.failure.message);
  const diagnosed = performance.now() - started;
  while (view.complete < 1) {
    await new Promise((resolve) => setTimeout(resolve, 16));
    view.poll();
  }
  const both = performance.now() - started;
  await view.close();
  const memoryMb = process.resourceUsage().maxRSS / 1024;
  return { diagnosed, both, problems: found.value.length, memoryMb };
}

console.log(JSON.stringify(await measure(process.argv[2] ?? "")));
