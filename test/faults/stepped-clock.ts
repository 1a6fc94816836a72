// Invariant: a process with this library sees the system's clock moved by the seconds that a file
// names; timers and the monotonic clock stay as they are. Needs a C compiler.
import { spawnSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long moved(void) {
  char text[32] = "";
  const char *path = getenv("FAULTS_CLOCK");
  int file = path == 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
  close(file);
  return atol(text);
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  int result = syscall(SYS_clock_gettime, clock, at);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) at->tv_sec += moved();
  return result;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  (void)zone;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at != 0) *at = now.tv_sec;
  return now.tv_sec;
}
`;

let library: string | undefined;

/** The library's path, made once; undefined where there is no compiler. */
export function clockLibrary(): string | undefined {
  if (library !== undefined) return library;
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-clock-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, "clock.c"), source);
  const path = join(folder, "clock.so");
  const words = ["-shared", "-fPIC", "-O1", "-o", path, join(folder, "clock.c")];
  if (spawnSync("cc", words, { stdio: "ignore" }).status !== 0) return undefined;
  library = path;
  return path;
}

/** Moves the clock of the processes that were given this file, all at once. */
export function moveClock(file: string, seconds: number): void {
  writeFileSync(`${file}.new`, `${String(seconds)}\n`);
  renameSync(`${file}.new`, file);
}

/** The environment of a process whose clock the file moves. */
export function clockEnvironment(file: string): Readonly<Record<string, string>> {
  return { LD_PRELOAD: clockLibrary() ?? "", FAULTS_CLOCK: file };
}
