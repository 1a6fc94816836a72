// Invariant: does what `smartbuild image build` does, and then says how much memory it took.
// Usage: image-child.ts MEMORY-FILE WORDS...; the file gets the peak in KiB.
import { writeFileSync } from "node:fs";
import { imageCommand } from "../../src/commands/image.ts";

const [memoryFile = "", ...words] = process.argv.slice(2);
const { stdout, stderr, env } = process;
process.exitCode = await imageCommand(words, {
  ...{ cwd: process.cwd(), stdout, stderr, env },
  program: [process.execPath, ...process.execArgv, import.meta.filename, memoryFile],
});
writeFileSync(memoryFile, String(process.resourceUsage().maxRSS));
