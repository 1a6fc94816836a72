// Invariant: a stage gets what its asker has, less what npm, Node and make would make of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyChanges,
  commonChanges,
  maskChanges,
  maskLogins,
} from "../../src/engine/process/environment.ts";

const stageOf = (asking: Record<string, string>): Record<string, string> => ({
  ...applyChanges(asking, commonChanges(asking)),
});

void test("npm's, Node's and make's variables are taken away, others stay", () => {
  const asking = {
    npm_config_registry: "x",
    npm_lifecycle_event: "start",
    INIT_CWD: "/",
    NODE: "/n",
    COLOR: "1",
    NODE_OPTIONS: "--inspect",
    MAKEFLAGS: "-j8",
    GNUMAKEFLAGS: "-j8",
    MFLAGS: "-j8",
    MAKELEVEL: "1",
    SMARTBUILD_STAGE: "other",
    MAKE: "/opt/dmake",
    NODE_ENV: "production",
    BUILDSTAMP: "20260101T000000Z",
    USER: "root",
  };
  assert.deepEqual(stageOf(asking), {
    MAKE: "/opt/dmake",
    NODE_ENV: "production",
    BUILDSTAMP: "20260101T000000Z",
    USER: "root",
    LC_MESSAGES: "C",
    GIT_TERMINAL_PROMPT: "0",
  });
});

void test("npm's folders leave PATH, and nothing else does", () => {
  const path = (value: string): string | undefined => stageOf({ PATH: value })["PATH"];
  assert.equal(
    path(
      "/a/node_modules/.bin:/usr/bin:/x/node_modules/npm/bin/node-gyp-bin:/opt/node_modules/bin",
    ),
    "/usr/bin:/opt/node_modules/bin",
  );
  assert.equal(path("/usr/bin::/bin"), "/usr/bin::/bin");
  assert.ok(!("PATH" in commonChanges({ PATH: "/usr/bin" })), "no change, none told");
});

void test("messages are in English, all else stays in the asker's language", () => {
  assert.deepEqual(stageOf({ LC_ALL: "de_DE.UTF-8", LC_CTYPE: "fr_FR", LANG: "C" }), {
    LANG: "de_DE.UTF-8",
    LC_MESSAGES: "C",
    GIT_TERMINAL_PROMPT: "0",
  });
  assert.equal(stageOf({ LC_ALL: "", LC_CTYPE: "fr_FR" })["LC_CTYPE"], "fr_FR");
});

void test("secrets are masked by name, and logins in URLs by form", () => {
  const masked = maskChanges({
    PLATFORM_PASSWORD: "geheim",
    MANTA_KEY_ID: "aa:bb",
    HUDSON_SERVER_COOKIE: "c",
    GIT_TOKEN: "t",
    GET_ILLUMOS: "git clone https://me:pw@host/x.git illumos && curl ftp://a@b/",
    PWD: "/ws",
    GONE: null,
  });
  assert.deepEqual(masked, {
    PLATFORM_PASSWORD: "***",
    MANTA_KEY_ID: "***",
    HUDSON_SERVER_COOKIE: "***",
    GIT_TOKEN: "***",
    GET_ILLUMOS: "git clone https://***@host/x.git illumos && curl ftp://***@b/",
    PWD: "/ws",
    GONE: null,
  });
  assert.equal(
    maskLogins("mail me@host: see http://host/a@b"),
    "mail me@host: see http://host/a@b",
  );
});
