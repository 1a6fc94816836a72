// Invariant: the end-to-end tests run one file after the other; it ends with 1 when one failed, and
// with --report also when a check did not pass. Usage: run.ts [--report] [PART OF A FILE'S NAME …]
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { finished } from "node:stream/promises";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { checkNumber, checkResults, reportLines, type Outcome } from "./checks.ts";

const words = process.argv.slice(2);
const isReport = words.includes("--report");
const parts = words.filter((word) => !word.startsWith("--"));
const allFiles = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join(import.meta.dirname, name))
  .sort();
const files = allFiles.filter(
  (file) => parts.length === 0 || parts.some((part) => basename(file).includes(part)),
);

const outcomes: Outcome[] = [];
let failures = 0;
const tests = run({ files, concurrency: 1, timeout: 900_000, execArgv: ["--import", "tsx"] });
tests.on("test:pass", ({ name, file = "", nesting, skip, todo }) => {
  const isLeftOut = skip !== undefined || todo !== undefined;
  outcomes.push(
    isLeftOut
      ? { kind: "skipped", name, file }
      : { kind: "passed", name, file, top: nesting === 0 },
  );
});
tests.on("test:fail", ({ name, file = "" }) => {
  failures++;
  outcomes.push({ kind: "failed", name, file });
});
tests.on("test:diagnostic", ({ message, file = "" }) => {
  if (checkNumber(file) !== undefined) outcomes.push({ kind: "figure", text: message, file });
});
const printed = tests.compose(spec);
printed.pipe(process.stdout, { end: false });
await finished(printed);

if (isReport) {
  const results = checkResults(allFiles, outcomes);
  console.log(`\n${reportLines(results).join("\n")}`);
  if (results.some(({ result }) => result !== "passed")) process.exitCode = 1;
}
if (failures > 0) process.exitCode = 1;
