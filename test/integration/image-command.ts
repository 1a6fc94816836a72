// Invariant: nothing but the command itself runs here, so that a test sees a real process.
import { imageCommand } from "../../src/commands/image.ts";

const { stdout, stderr, env } = process;
process.exitCode = await imageCommand(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout,
  stderr,
  env,
});
