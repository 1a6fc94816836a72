// Invariant: docs/keys.md says what the table of keys says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { keysFile, keysPage } from "../../docs/make-keys.ts";
import { commands } from "../../src/ui/keymap.ts";

void test("docs/keys.md is current; `npm run keys` writes it", async () => {
  assert.equal(readFileSync(keysFile, "utf8"), await keysPage());
});

void test("docs/keys.md names every command", async () => {
  const page = await keysPage();
  for (const { id } of commands) assert.ok(page.includes(`\`${id}\``), id);
});
