// Invariant: what configure and preflight fetch, install and look at is refused here.
import type { Injection } from "./injections.ts";

const adjunct = ["build.env", "illumos-adjunct*"];
const closed = ["build.env", "projects/illumos/on-closed-bin*", "projects/illumos/closed"];

/** Failures before the world is built. */
export const configureInjections: readonly Injection[] = [
  {
    rule: "fail=packages:pwgen",
    stage: "configure",
    remove: ["build.env"],
    packages: ["pwgen"],
    cause: /pwgen/,
  },
  {
    rule: "fail=packages:update",
    stage: "configure",
    remove: ["build.env"],
    cause: /Host not found|pkgsrc\.smartos\.org/,
  },
  { rule: "fail=adjunct", stage: "configure", remove: adjunct, cause: /resolve host/ },
  {
    rule: "fail=adjunct:404",
    stage: "configure",
    remove: adjunct,
    cause: /error page|not in gzip|not an archive/,
  },
  {
    rule: "fail=adjunct:corrupt",
    stage: "configure",
    remove: adjunct,
    cause: /cut off|unexpected end|damaged/i,
  },
  { rule: "fail=closed", stage: "configure", remove: closed, cause: /resolve host/ },
  {
    rule: "fail=closed:404",
    stage: "configure",
    remove: closed,
    cause: /error page|not a bzip2|not an archive/,
  },
  {
    rule: "fail=closed:corrupt",
    stage: "configure",
    remove: closed,
    cause: /cut off|ends unexpectedly|unexpected end|damaged/i,
  },
  {
    rule: "fail=network",
    stage: "configure",
    remove: [...adjunct, ...closed],
    cause: /resolve host/,
  },
  {
    rule: "fail=preflight",
    stage: "preflight",
    remove: ["0-preflight-stamp"],
    cause: /OpenSSL/,
  },
];
