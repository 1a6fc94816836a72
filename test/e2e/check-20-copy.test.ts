// Invariant: what was copied is asked of the terminal itself and compared with the log's own bytes.
import assert from "node:assert/strict";
import { readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { endedBuild, numbered, screenFor } from "../support/check-console.ts";

const proof = "curl.c:12:5: \u001b[31merror\u001b[0m: 'foo'\tundeclared password=hunter2\n";
const plain = proof.replaceAll(/\u001b\[\d*m/g, "").trimEnd();
const long = `${"a word ".repeat(60)}end\n`;

test("check 20: y copies a line, a range or a failure as the log has it", async (t) => {
  const screen = screenFor(t);
  const log = numbered(30) + proof + long + numbered(6000);
  endedBuild(screen, log, [{ text: proof, file: "curl.c", line: 12 }]);
  for (const env of [{}, { TMUX: "" }]) {
    const terminal = screen.open([], { env });
    terminal.option("set-clipboard", "on");
    const via = "TMUX" in env ? "OSC 52" : "tmux";
    await terminal.waitFor("›curl.c:12:5");
    terminal.keys("Enter", "y");
    await terminal.waitFor(
      `Copied ${String(Buffer.byteLength(plain))} bytes via ${via}. curl.c:12:5: error:`,
    );
    assert.equal(terminal.buffer(), plain);

    terminal.keys("v", "j", "j");
    await terminal.waitFor("3 lines selected");
    terminal.keys("y");
    const range = `${plain}\n${long}cc -O2 -c file1.c`;
    await terminal.waitFor(`Copied ${String(Buffer.byteLength(range))} bytes via ${via}`);
    assert.equal(terminal.buffer(), range);

    terminal.keys("g");
    await terminal.waitFor("file1.c");
    terminal.keys("e");
    await terminal.waitFor("problem 1/1");
    terminal.keys("Y");
    await terminal.waitFor(/Copied \d{3} bytes via/);
    const failure = terminal.buffer();
    assert.match(failure, /^\*\*curl\.c:12:5: .*error/);
    assert.match(failure, /^```\ncurl\.c:12:5: error: 'foo'\tundeclared password=\*\*\*\n```$/m);
    assert.match(failure, /^ {4}make extra$/m);
    if (via === "tmux") {
      terminal.close();
      continue;
    }

    terminal.keys("g", "v", "G");
    await terminal.waitFor("6,032 lines selected");
    terminal.keys("y");
    const shown = await terminal.waitFor(/Copied \d+ bytes via \//);
    const [, bytes = "", path = ""] = /Copied (\d+) bytes via (\/\S+)/.exec(shown) ?? [];
    const whole = log.replaceAll(/\u001b\[\d*m/g, "").trimEnd();
    assert.equal(readFileSync(path, "utf8"), whole);
    assert.equal(Number(bytes), Buffer.byteLength(whole));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    rmSync(dirname(path), { recursive: true });
    t.diagnostic(`${bytes} bytes went to a file, none was cut`);
  }
});
