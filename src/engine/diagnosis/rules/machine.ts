// Invariant: formats that tell of what the machine has too little of, whoever prints them.
import type { Form } from "../form.ts";

/** Disk, memory and processes. */
export const machineForms: readonly Form[] = [
  {
    kind: "disk-full",
    role: "fatal",
    anchors: [
      "left on device",
      "uota exceeded",
      "device full",
      "ile system full",
      "ile system is full",
    ],
    pattern:
      /(?:^|[:\s])(?:(?<file>\/[^\s:]+):? )?.*(?<what>No space left on device|[Dd]isk quota exceeded|device full|[Ff]ile system (?:is )?full)/,
    say: ({ what }) => `There is no room left: ${what ?? ""}`,
    continues: /^: No space left|^file_cp\(\): /,
  },
  {
    kind: "out-of-memory",
    role: "fatal",
    anchors: [
      "memory exhausted",
      "llocate memory",
      "ut of memory",
      "UT OF MEMORY",
      "bad_alloc",
      "heap space",
      "heap out of",
      "emory e",
      "ot enough space",
      "failed to allocate",
      "ut of swap",
    ],
    pattern:
      /(?<what>virtual memory exhausted.*|[Cc]annot allocate memory.*|\b[Oo]ut of memory(?! or)\b.*|OUT OF MEMORY.*|std::bad_alloc.*|Java heap space.*|heap out of memory.*|fork failed: .*|[Ff]ork: Not enough space.*|: Not enough space$)/,
    say: ({ what }) => `The machine ran out of memory: ${what ?? ""}`,
  },
  {
    kind: "out-of-memory",
    role: "fatal",
    anchors: [
      "ource temporarily",
      "oo many open",
      "oo many processes",
      "no more processes",
      "annot fork",
    ],
    pattern:
      /(?<what>(?:fork|vfork|clone|posix_spawn|pthread_create|cannot fork|Cannot fork).*(?:Resource temporarily unavailable|temporarily|no more processes).*|.*Too many open files.*|.*no more processes.*)/,
    say: ({ what }) =>
      `The machine could start no further process or open no further file: ${what ?? ""}`,
  },
  {
    kind: "killed",
    role: "likely",
    anchors: ["Killed", "erminated signal", "illed signal"],
    pattern:
      /^(?:(?:\S+: )?(?:line \d+: )?\s*\d*\s*Killed\b.*|(?:\S+: )?(?:fatal )?error: (?:Killed|Terminated) signal terminated program (?<name>\S+).*)/,
    say: ({ name }) => `${name ?? "A program"} was killed, most often for want of memory`,
  },
];
