// Invariant: a command that cannot be handed over is an expected failure with the reason in words.
import { dirname } from "node:path";
import { fail, ok, type Result } from "../result.ts";
import { sendCommand, type HostCommand } from "./commands.ts";
import { fullDiskAdvice, fullDiskSentence, isDiskFull, mountPoint } from "./disk.ts";
import { signalStop, stopSignal } from "./stop-signal.ts";

/**
 * Puts a command into the build's folder and returns its id; failure `cannot-write`. A stop needs no
 * room on the disk: it is then a signal to the host.
 */
export function passCommand(buildFolder: string, command: HostCommand): Result<string> {
  try {
    return ok(sendCommand(buildFolder, command));
  } catch (error) {
    const isStop = command.command === "stop";
    if (isStop && isDiskFull(error) && signalStop(buildFolder)) return ok(stopSignal);
    const { code, message } = error as NodeJS.ErrnoException;
    const refused = `The ${command.command} cannot be handed to the build's host`;
    if (isDiskFull(error)) {
      const advice = fullDiskAdvice(dirname(buildFolder), `smartbuild ${command.command}`);
      return fail("cannot-write", `${refused}: ${fullDiskSentence(buildFolder)}`, advice);
    }
    if (code === "EROFS") {
      const disk = `the disk at ${mountPoint(buildFolder)} is read-only`;
      return fail("cannot-write", `${refused}: ${disk}.`, "Make it writable, then try again.");
    }
    if (code === "EACCES" || code === "EPERM") {
      const advice = "A build is stopped and retried by the user who started it.";
      return fail("cannot-write", `${refused}: its folder is not yours.`, advice);
    }
    if (code === "ENOENT") {
      const advice = "`smartbuild status` names the newest build.";
      return fail("bad-input", `${refused}: the build's folder is gone.`, advice);
    }
    return fail("cannot-write", `${refused}: ${message}`);
  }
}
