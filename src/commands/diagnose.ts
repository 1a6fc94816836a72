// Invariant: reads any log, from anywhere; changes nothing.
import { createReadStream } from "node:fs";
import type { FoundProblem } from "../engine/diagnosis/found-problem.ts";
import { LogScan } from "../engine/diagnosis/log-scan.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { report, type Command, type Io } from "./io.ts";
import { helpText, parse, type Usage } from "./options.ts";
import { problemJson, problemText } from "./problem-lines.ts";

export const diagnoseUsage: Usage = {
  synopsis: "diagnose FILE",
  summary: "Finds what went wrong in a log, the cause first; - reads standard input.",
  options: {
    json: { type: "boolean", help: "one problem a line, as docs/events.md describes it" },
  },
  notes: ["Exit code: 0 no problem found, 1 problems found."],
};

/** `smartbuild diagnose` */
export const diagnoseCommand: Command = async (argv, io) => {
  const parsed = parse(argv, diagnoseUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(diagnoseUsage));
    return 0;
  }
  const [file] = words;
  if (file === undefined || words.length !== 1) {
    return report(
      io,
      fail(
        "usage",
        "Which log? Name one file, or - for standard input.",
        "Usage: smartbuild diagnose FILE",
      ).failure,
    );
  }
  const found = await diagnose(file, io);
  if (!found.ok) return report(io, found.failure);
  const problems = found.value;
  if (flags.has("json")) io.stdout.write(problems.map(problemJson).join(""));
  else if (problems.length === 0) io.stdout.write("No problem was found in this log.\n");
  else io.stdout.write(problems.map(problemText).join("\n"));
  return problems.length === 0 ? 0 : 1;
};

async function diagnose(file: string, io: Io): Promise<Result<readonly FoundProblem[]>> {
  const scan = new LogScan();
  try {
    const stream = file === "-" ? io.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
    for await (const chunk of stream as AsyncIterable<Uint8Array>) scan.push(chunk);
  } catch (error) {
    const name = file === "-" ? "standard input" : file;
    return fail("bad-input", `Cannot read ${name}: ${reasonOf(error)}`);
  }
  return ok(scan.finish());
}

/** Why a file cannot be read, in plain words where they are known. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file.";
    case "EISDIR":
      return "it is a folder; name the log in it.";
    case "EACCES":
      return "you may not read it.";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
