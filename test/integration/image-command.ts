// Invariant: nothing but the command itself runs here, so that a test sees a real process.
import { imageCommand } from "../../src/commands/image.ts";

const { stdout, stderr, env } = process;
const [first, ...rest] = process.argv.slice(2);
const words = first === undefined ? [] : first === "image" ? rest : [first, ...rest];
process.exitCode = await imageCommand(words, {
  ...{ cwd: process.cwd(), stdout, stderr, env },
  program: [process.execPath, ...process.execArgv, import.meta.filename],
});
